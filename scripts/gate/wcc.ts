// WeChat's template and style compilers, wcc and wcsc: what they say about WXML, WXS and WXSS.

import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { placeOfText } from '../../emulator/preview-build/problems'
import { type Finding, GateError } from './finding'
import { TOOLS } from './install'
import { findingIn, type MiniProgram } from './mini-program'

const FOLDERS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'mac', win32: 'windows' }

/** A template of ours takes it 50 ms. */
const LIMIT_MS = 60_000

export const compileTemplates = (mini: MiniProgram): Finding[] => {
  const templates = pathsOf(mini, /\.(?:wxml|wxs)$/)
  const words = run('wcc', ['-d', '-cb', ...templates, '-gn', '$gwx'], mini.root)
  return words.map((line) => templateFinding(mini, line))
}

export const compileStyles = (mini: MiniProgram): Finding[] => {
  const styles = pathsOf(mini, /\.wxss$/)
  if (styles.length === 0) return []
  const words = run('wcsc', ['-lc', '-db', '-pc', String(styles.length), ...styles], mini.root)
  // It counts errors, and counts none.
  return words.filter((line) => !line.startsWith('error file count')).map((line) => styleFinding(mini, line))
}

const pathsOf = ({ files, root }: MiniProgram, pattern: RegExp): string[] =>
  files.filter((file) => pattern.test(file)).map((file) => `./${relative(root, file).split(sep).join('/')}`)

/** The lines of complaint; none when it compiled. Throws GateError when it did neither. */
const run = (name: 'wcc' | 'wcsc', args: readonly string[], cwd: string): string[] => {
  const folder = FOLDERS[process.platform]
  if (folder === undefined)
    throw new GateError(`${name} exists for Linux, macOS and Windows, not for ${process.platform}`)
  const suffix = folder === 'windows' ? '.exe' : ''
  const file = join(TOOLS, 'node_modules', 'miniprogram-compiler', 'bin', folder, name + suffix)
  chmodSync(file, 0o755) // the package carries it without the right to run
  const { stdout, stderr, error } = spawnSync(file, args, { cwd, encoding: 'utf8', timeout: LIMIT_MS })
  if (error) throw new GateError(`${name} could not be run: ${error.message}`)
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  // Its exit code is 0 after a refusal; what it leaves out is the code it should have made.
  if (lines.length === 0 && stdout.trim() === '') throw new GateError(`${name} made nothing and said nothing`)
  return lines
}

/** `./pages/a.wxml:3:9: unexpected character` */
const templateFinding = (mini: MiniProgram, words: string): Finding => {
  const [, path, line, column, message] = /^\.\/(.+?):(\d+):(\d+):\s*(.*)$/.exec(words) ?? []
  if (path === undefined) return unplaced(mini, 'wcc', words)
  const place = { line: Number(line), column: Number(column) }
  return findingIn('wcc', mini.sources)(join(mini.root, path), place, message ?? words)
}

/** ``ERR: ./a.wxss(130:18): error at token `}` `` or ``ERR: path `./b.wxss` not found from `./a.wxss`.`` */
const styleFinding = (mini: MiniProgram, words: string): Finding => {
  const said = findingIn('wcsc', mini.sources)
  const [, path, line, column, message] = /^ERR: \.\/(.+?)\((\d+):(\d+)\):\s*(.*)$/.exec(words) ?? []
  if (path !== undefined) {
    return said(join(mini.root, path), { line: Number(line), column: Number(column) }, message ?? words)
  }
  const [, missing, from] = /path `\.?\/?(.+?)` not found from `\.\/(.+?)`/.exec(words) ?? []
  if (missing === undefined || from === undefined) return unplaced(mini, 'wcsc', words)
  const file = join(mini.root, from)
  return said(file, placeOfText(mini.sources.read(file), missing), `@import: "${missing}" is not found`)
}

/** What we cannot place is told all the same: better a vague refusal than a lost one. */
const unplaced = (mini: MiniProgram, check: 'wcc' | 'wcsc', words: string): Finding =>
  findingIn(check, mini.sources)(mini.root, { line: 1, column: 1 }, words)
