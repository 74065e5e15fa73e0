// Blobs: bytes under random names, in memory or, with a data folder, one file each.

import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** In the data folder. */
export const BLOBS_FOLDER = 'files'

export interface Blobs {
  /** On disk, as far as a killed process is concerned, when it answers with the name. */
  put(bytes: Uint8Array): string
  get(name: string): Buffer | undefined
  delete(name: string): void
  /** Forgets all others: a crash between two writes leaves bytes that no record names. */
  keep(names: ReadonlySet<string>): void
}

/** What a name looks like; nothing that anybody chose ever becomes part of a path. */
const NAME = /^[0-9a-f]{32}$/
const newName = () => randomBytes(16).toString('hex')

export function createBlobs(data?: string): Blobs {
  return data === undefined ? inMemory() : inFolder(join(data, BLOBS_FOLDER))
}

function inMemory(): Blobs {
  const blobs = new Map<string, Buffer>()
  return {
    put(bytes) {
      const name = newName()
      blobs.set(name, Buffer.from(bytes))
      return name
    },
    get(name) {
      const found = blobs.get(name)
      return found === undefined ? undefined : Buffer.from(found)
    },
    delete: (name) => void blobs.delete(name),
    keep(names) {
      for (const name of [...blobs.keys()]) if (!names.has(name)) blobs.delete(name)
    },
  }
}

function inFolder(folder: string): Blobs {
  const fileOf = (name: string) => {
    if (!NAME.test(name)) throw new Error(`no blob is called ${JSON.stringify(name)}`)
    return join(folder, name)
  }
  return {
    put(bytes) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const name = newName()
      const draft = `${fileOf(name)}.new`
      writeFileSync(draft, bytes, { mode: 0o600 })
      // A name is there with all its bytes or not at all.
      renameSync(draft, fileOf(name))
      return name
    },
    get(name) {
      try {
        return readFileSync(fileOf(name))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    delete: (name) => rmSync(fileOf(name), { force: true }),
    keep(names) {
      for (const name of listed(folder)) if (!names.has(name)) rmSync(join(folder, name), { force: true })
    },
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
