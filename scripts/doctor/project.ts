// The project as it stands on the disk, read once for all checks.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export type Json = Readonly<Record<string, unknown>>

export interface Project {
  /** Absolute. */
  folder: string
  /** Text of a file, named from the project's folder; undefined when there is none. */
  read(file: string): string | undefined
  /** The JSON object in a file; undefined when there is no file, or no object in it. */
  json(file: string): Json | undefined
  /** Files under a folder with one of these endings, named from the project's folder, sorted. */
  files(under: string, ...endings: string[]): string[]
  /** project.config.json; empty when it is missing or broken, which the first check says. */
  config: Json
  /** First-level folders of cloudfunctions/ that are functions. */
  functions: string[]
  /** Folder of the mini-program, named from the project's. */
  client: string
}

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const openProject = (folder: string): Project => {
  const read = (file: string): string | undefined => {
    try {
      return readFileSync(join(folder, file), 'utf8')
    } catch {
      return undefined
    }
  }
  const json = (file: string): Json | undefined => {
    try {
      const value: unknown = JSON.parse(read(file) ?? '')
      return isJson(value) ? value : undefined
    } catch {
      return undefined
    }
  }
  const files = (under: string, ...endings: string[]): string[] => {
    const top = join(folder, under)
    if (statSync(top, { throwIfNoEntry: false })?.isDirectory() !== true) return []
    return readdirSync(top, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((file) => !file.includes('node_modules/'))
      .sort()
  }
  const config = json('project.config.json') ?? {}
  const root = config['miniprogramRoot']
  const functions = files('cloudfunctions', 'index.ts')
    .map((file) => /^cloudfunctions\/([^/]+)\/index\.ts$/.exec(file)?.[1])
    .filter((name): name is string => name !== undefined && read(`cloudfunctions/${name}/package.json`) !== undefined)
  const client = typeof root === 'string' ? root.replace(/\/+$/, '') : 'miniprogram'
  return { folder, read, json, files, config, functions, client }
}

/** The value of `export const NAME = '…'` in the client's config.ts; undefined when it is not such a line. */
export const constantOf = ({ read, client }: Project, name: string): string | undefined =>
  new RegExp(`^export const ${name}\\b[^=]*=\\s*'([^']*)'`, 'm').exec(read(`${client}/config.ts`) ?? '')?.[1]
