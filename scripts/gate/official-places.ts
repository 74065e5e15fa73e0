// The words of WeChat's compiler and analyser, put at the source line they are about.

import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { placeOfText } from '../../emulator/preview-build/problems'
import type { Finding } from './finding'
import { jsonMistake, type Place, placeInJson, placeOfKey } from './json-places'
import { findingIn, type MiniProgram } from './mini-program'
import type { Unresolved } from './official-words'

const START: Place = { line: 1, column: 1 }

/** The compiler stops at its first error, and has a shape of words per kind of file. */
export const placeOfRefusal = (
  mini: MiniProgram,
  refusal: { message: string; path: string; code: string },
): Finding => {
  const { message, code } = refusal
  const named = /^file: (.+)$/m.exec(message)?.[1] ?? refusal.path.split(' or ')[0] ?? ''
  const file = sourceFile(mini, named)
  const place = existsSync(file) ? placeIn(mini.sources.read(file), file, message) : START
  return findingIn('compiler', mini.sources)(file, place, `${summary(message, named)} (${code})`)
}

/** Some names come from the project's folder, some from miniprogramRoot. */
const sourceFile = ({ root, sources }: MiniProgram, named: string): string => {
  const candidates = [join(root, named), join(sources.project, named)]
  return candidates.find((file) => named !== '' && existsSync(file)) ?? join(root, 'app.json')
}

const placeIn = (text: string, file: string, message: string): Place => {
  if (file.endsWith('.json')) return placeInWords(text, message)
  const exact = /\((\d+):(\d+)\)/.exec(message) // Babel counts columns from 0
  if (exact) return { line: Number(exact[1]), column: Number(exact[2]) + 1 }
  const styled = /\.wxss:(\d+):(\d+):/.exec(message)
  if (styled) return { line: Number(styled[1]), column: Number(styled[2]) }
  const framed = /^> *(\d+) \|/m.exec(message)
  return framed ? { line: Number(framed[1]), column: 1 } : START
}

/** `["pages"][1] could not …` or `darkmode field needs …` */
const placeInWords = (text: string, message: string): Place => {
  const mistake = jsonMistake(text)
  if (mistake) return mistake // the compiler says line 1 of every text that is no JSON
  const steps = /:\s*((?:\[[^\]]+\])+)/.exec(message)?.[1]
  if (steps)
    return placeInJson(
      text,
      [...steps.matchAll(/\["?([^\]"]+)"?\]/g)].map((step) => step[1] ?? ''),
    )
  const field = /(\w+) field /.exec(message)?.[1]
  return field ? placeOfKey(text, field) : START
}

/** The sentence without the file it repeats and the picture of the code under it. */
const summary = (message: string, named: string): string => {
  const lines = message
    .split('\n')
    .filter((line) => !/^\s*>?\s*\d* *\|/.test(line))
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== `file: ${named}`)
  // A line that is only the name of the file says nothing new.
  const said = lines
    .map((line) => line.replace(/^\S+?\.\w+(?: or [^:]+)?(?::\d+:\d+)?:\s*/, ''))
    .filter((line) => !line.endsWith(named))
  return (said.join(' ') || message).replaceAll(/[^\s"]*\/project\//g, '')
}

/** `Couldn't resolve the Js file "./x" relative to "/pages/a.js:1:20"`: compiled place, so the words are looked up. */
export const placeOfUnresolved = (mini: MiniProgram, { from, message }: Unresolved): Finding => {
  const file = sourceOfCompiled(mini, from)
  const target = /file "(.+?)" relative to/.exec(message)?.[1]
  if (target === undefined || !existsSync(file)) return findingIn('analysis', mini.sources)(file, START, message)
  const text = mini.sources.read(file)
  const name = posix.basename(target).replace(/\.\w+$/, '')
  const pieces = [`'${target}'`, `"${target}"`, target, name]
  const piece = pieces.find((it) => text.includes(it)) ?? ''
  return findingIn('analysis', mini.sources)(
    file,
    placeOfText(text, piece),
    `"${target}" is not found in the compiled mini-program`,
  )
}

const sourceOfCompiled = ({ root }: MiniProgram, path: string): string => {
  const script = join(root, path.replace(/\.js$/, '.ts'))
  return existsSync(script) ? script : join(root, path)
}
