// The mini-program that is judged: its sources as they stand, its parts, and where a complaint about it goes.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../emulator/preview-build/problems'
import { type Project, readProject } from '../../emulator/preview-build/project'
import { createSources, type Sources } from '../../emulator/preview-build/sources'
import type { Check, Finding } from './finding'
import { jsonMistake, type Place } from './json-places'

export interface MiniProgram extends Project {
  sources: Sources
  /** Absolute paths of all files under miniprogramRoot, sorted. */
  files: string[]
  /** Reading found it cannot be a project at all: further checks would only repeat that. */
  broken: Finding[]
}

export const openMiniProgram = (folder: string): MiniProgram => {
  const sources = createSources(folder)
  const project = readProject(sources)
  const broken = sources.problems.map(
    (problem): Finding => ({ check: 'project', ...problem, ...placeOfMistake(folder, problem) }),
  )
  return { ...project, sources, broken, files: filesUnder(project.root) }
}

/** V8 does not always tell where a text stops being JSON. */
const placeOfMistake = (folder: string, { file, line, column }: Problem): Place => {
  const path = join(folder, file)
  const mistake = file.endsWith('.json') && existsSync(path) ? jsonMistake(readFileSync(path, 'utf8')) : undefined
  return mistake ?? { line, column }
}

const filesUnder = (root: string): string[] => {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Findings of one check about one file. */
export const findingIn =
  (check: Check, sources: Sources) =>
  (file: string, place: Place, message: string): Finding => ({
    check,
    file: sources.name(file),
    ...place,
    message,
  })
