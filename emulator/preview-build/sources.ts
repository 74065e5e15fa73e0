// The files one build has read: each once, each remembered as something to watch.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { type Problem, placeOf } from './problems'

export interface Sources {
  /** Folder of the project. */
  readonly project: string
  readonly problems: Problem[]
  /** Absolute paths of all that was read or looked for: a file that is missing now may come. */
  readonly watched: Set<string>
  exists(file: string): boolean
  read(file: string): string
  /** Parses JSON; what is no object becomes a problem and an empty object. */
  json(file: string): Record<string, unknown>
  /** Path from the project's folder, with forward slashes. */
  name(file: string): string
  complain(file: string, place: { line: number; column: number }, message: string): void
}

export const createSources = (project: string): Sources => {
  const texts = new Map<string, string>()
  const problems: Problem[] = []
  const watched = new Set<string>()
  const name = (file: string): string => relative(project, file).split(sep).join('/')

  const sources: Sources = {
    project,
    problems,
    watched,
    name,
    exists(file) {
      watched.add(file)
      return existsSync(file) && statSync(file).isFile()
    },
    read(file) {
      watched.add(file)
      const known = texts.get(file)
      if (known !== undefined) return known
      const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
      texts.set(file, text)
      return text
    },
    json(file) {
      if (!sources.exists(file)) {
        sources.complain(file, { line: 1, column: 1 }, 'this file is missing')
        return {}
      }
      const text = sources.read(file)
      try {
        const value: unknown = JSON.parse(text)
        if (isRecord(value)) return value
        sources.complain(file, { line: 1, column: 1 }, 'this file must hold a JSON object')
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        // V8 tells the offset in its words; at the end of the text it tells nothing.
        const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
        sources.complain(file, placeOf(text, offset), `this is not JSON: ${message}`)
      }
      return {}
    },
    complain(file, place, message) {
      const problem = { file: name(file), line: place.line, column: place.column, message }
      const isKnown = problems.some((it) => JSON.stringify(it) === JSON.stringify(problem))
      if (!isKnown) problems.push(problem)
    },
  }
  return sources
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const stringsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** The path of a file with one of these endings, if there is one. */
export const withExtension = (sources: Sources, base: string, extensions: string[]): string | undefined =>
  extensions.map((extension) => base + extension).find((file) => sources.exists(file))
