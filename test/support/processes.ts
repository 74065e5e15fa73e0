// Given for tests of whole processes: scripts started as a user starts them, killed as a crash kills them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '..', '..')

/** A test that fails half way must not leave a process behind: jest would wait for it for ever. */
const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
})

export interface Running {
  child: ChildProcess
  /** Resolves with the first line it prints; rejects when it ends without one. */
  firstLine: Promise<string>
  /** Resolves with its end. */
  ended: Promise<Ended>
}

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** Runs `scripts/<name>.ts` the way npm does, in its own process (no shell, no wrapper between us and it). */
export const runScript = (name: string, args: string[] = [], { cwd = ROOT, env = {} } = {}): Running => {
  const tsx = createRequire(__filename).resolve('tsx')
  const script = join(ROOT, 'scripts', `${name}.ts`)
  const child = spawn(process.execPath, ['--import', tsx, script, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
  })
  children.add(child)
  const printed = { stdout: '', stderr: '' }
  const firstLine = new Promise<string>((resolveLine, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed.stdout += chunk.toString()
      const [line, rest] = printed.stdout.split('\n', 2)
      if (line !== undefined && rest !== undefined) resolveLine(line)
    })
    child.once('close', () => reject(new Error(`${name} ended without a line: ${printed.stderr}`)))
  })
  firstLine.catch(() => undefined)
  child.stderr.on('data', (chunk: Buffer) => {
    printed.stderr += chunk.toString()
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...printed }) as Ended)
  return { child, firstLine, ended }
}

/** A folder that goes away after the test. */
export const temporaryFolder = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'emulator-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** The address and key of a started emulator. */
export const doorOf = async ({ firstLine }: Running, data: string): Promise<{ url: string; key: string }> => {
  const url = await firstLine
  return { url, key: readFileSync(join(data, 'key'), 'utf8') }
}
