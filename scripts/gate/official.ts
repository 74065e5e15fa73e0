// WeChat's own compiler and dependency analysis on a snapshot of the project: what they refuse, and what they made.

import { fork } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Finding } from './finding'
import { GateError } from './finding'
import { TOOLS } from './install'
import type { MiniProgram } from './mini-program'
import { placeOfRefusal, placeOfUnresolved } from './official-places'
import type { Order, Outcome } from './official-words'

/** Old phones' JavaScript, minified: what most people are sent. `es6` is WeChat's word for "down to ES5". */
export const OFFICIAL_SETTINGS = { es6: true, es7: true, minify: true, autoPrefixWXSS: true }

/** The compiler takes about five seconds here; a machine ten times slower still passes. */
const LIMIT_MS = 120_000

export interface Compiled {
  findings: Finding[]
  /** Bytes per compiled file, from miniprogramRoot; absent when the compiler refused. */
  sizes?: Record<string, number>
  /** Folder of the compiled mini-program; it lives until `remove`. */
  folder: string
  remove(): void
}

/** Compiles and analyses. Throws GateError when the tools themselves break. */
export const compileOfficially = async (mini: MiniProgram): Promise<Compiled> => {
  const folder = mkdtempSync(join(tmpdir(), 'gate-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    // A snapshot: the compiler watches the folder it is given, and reads a project.private.config.json that is nobody's.
    const project = join(folder, 'project')
    mkdirSync(project)
    cpSync(join(mini.sources.project, 'project.config.json'), join(project, 'project.config.json'))
    cpSync(mini.root, join(project, relative(mini.sources.project, mini.root)), { recursive: true })
    const output = join(folder, 'compiled')
    mkdirSync(join(output, 'miniprogram'), { recursive: true })
    const outcome = await ask({ tools: TOOLS, project, output, settings: OFFICIAL_SETTINGS }, folder)
    if ('failed' in outcome) throw new GateError(`WeChat’s compiler broke:\n${outcome.failed}`)
    if ('refused' in outcome) return { findings: [placeOfRefusal(mini, outcome.refused)], folder: output, remove }
    const findings = outcome.unresolved.map((it) => placeOfUnresolved(mini, it))
    return { findings, sizes: outcome.sizes, folder: join(output, 'miniprogram'), remove }
  } catch (thrown) {
    remove()
    throw thrown
  }
}

const ask = (order: Order, cwd: string): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'official-child.ts'), { cwd, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    const said: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => void said.push(text))
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
    child.once('error', reject)
    child.once('message', (outcome: Outcome) => resolve(outcome))
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      // After a message this changes nothing any more.
      const words = said.join('').trim().split('\n').slice(-8).join('\n')
      reject(new GateError(`WeChat’s compiler ended (${signal ?? code}) without an answer:\n${words}`))
    })
    child.send(order)
  })
