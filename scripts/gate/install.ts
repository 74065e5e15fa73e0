// WeChat's tools in a folder of their own: nobody who only signs users in has to download them.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GateError } from './finding'

export const TOOLS = join(__dirname, 'official')

/** Written last, so that an install that was cut short is done again. */
const stampOf = (tools: string) => join(tools, 'node_modules', '.installed-from')

const isInstalled = (tools: string): boolean => {
  const stamp = stampOf(tools)
  const lock = readFileSync(join(tools, 'package-lock.json'), 'utf8')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
}

/**
 * Installs what the lock file names unless it stands there already.
 * @throws GateError when npm could not, with what npm said last.
 */
export const installTools = (say: (line: string) => void, tools = TOOLS): void => {
  if (isInstalled(tools)) return
  say('installing WeChat’s compiler (once, about 280 MB, into scripts/gate/official/node_modules) …')
  // No install script of it is needed, and nobody wants to run the scripts of a thousand packages.
  const { status, stderr, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: tools,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status === 0) {
    writeFileSync(stampOf(tools), readFileSync(join(tools, 'package-lock.json')))
    return
  }
  const said = (error?.message ?? stderr ?? '').trim().split('\n')
  const why = said.find((line) => /npm (?:error|ERR!) (?!code|errno|syscall)/.test(line)) ?? said.at(-1) ?? ''
  throw new GateError(
    `WeChat’s compiler could not be installed; the gate needs npm’s registry for its first run.\n  ${why}\n  Try again with: npm ci --ignore-scripts --prefix scripts/gate/official`,
  )
}
