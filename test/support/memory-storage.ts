// Cloud storage in memory: the twin of the one on the SDK, with what is stored to be looked at.
import type { Storage } from '../../cloudfunctions/core/ports'

const PREFIX = 'cloud://emulated-env.bucket/'
const ADDRESS = 'https://files.example/'

export interface MemoryStorage extends Storage {
  /** What is stored, by path. */
  readonly files: Map<string, { bytes: Buffer; type: string }>
}

export const createMemoryStorage = (): MemoryStorage => {
  const files: MemoryStorage['files'] = new Map()
  const pathOf = (fileID: string) => fileID.slice(PREFIX.length)
  return {
    files,
    fileIDOf: async (path) => `${PREFIX}${path}`,
    urlOf: async (fileID) => (files.has(pathOf(fileID)) ? `${ADDRESS}${pathOf(fileID)}` : undefined),
    head: async (url, { bytes }) => {
      const file = files.get(url.slice(ADDRESS.length))
      return file && { size: file.bytes.length, start: file.bytes.subarray(0, bytes) }
    },
    upload: async (path, bytes, type) => {
      files.set(path, { bytes, type })
      return `${PREFIX}${path}`
    },
    remove: async (fileID) => {
      files.delete(pathOf(fileID))
    },
  }
}
