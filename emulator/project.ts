// The project the emulator serves: its project.config.json, where its built functions lie.

import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EmulatorError } from './errors'

export interface Project {
  /** Absolute. */
  folder: string
  /** Absolute folder of the built functions. */
  functions: string
}

/** Throws PROJECT_BROKEN with one line that names the file. */
export function readProject(folder: string): Project {
  const file = join(resolve(folder), 'project.config.json')
  const config = parse(file)
  const root = config['cloudfunctionRoot']
  if (typeof root !== 'string' || root === '') throw broken(file, '"cloudfunctionRoot" is missing')
  if (typeof config['appid'] !== 'string') throw broken(file, '"appid" is missing')
  return { folder: resolve(folder), functions: resolve(folder, root) }
}

/** Throws NOT_BUILT when there is nothing to run. */
export function assertBuilt(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return
  throw new EmulatorError('NOT_BUILT', `${folder} is missing: the functions are not built, run \`npm run build\``)
}

function parse(file: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw broken(file, 'the file cannot be read')
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    throw broken(file, 'the file is not JSON')
  }
  throw broken(file, 'the file is not a JSON object')
}

const broken = (file: string, why: string) => new EmulatorError('PROJECT_BROKEN', `${file}: ${why}`)
