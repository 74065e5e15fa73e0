// The files of the cloud storage: what lies at which path, and whose it is.

import type { Blobs } from '../data/blobs'
import type { Table, Tables } from '../ports'
import type { Clock } from '../types'
import { fileIDOf } from './file-id'

/** A person in a mini-program, who uploaded it as a client. */
export interface FileOwner {
  account: string
  appid: string
}

export interface StoredFile {
  /** `avatars/1.png`; a name, never a place on this machine. */
  path: string
  fileID: string
  /** Media type, by what the uploader or the ending says. */
  type: string
  /** Bytes. */
  size: number
  /** Absent when a function uploaded it. */
  owner?: FileOwner
  /** Milliseconds since 1970. */
  updatedAt: number
}

type FileRecord = Omit<StoredFile, 'path' | 'fileID'> & { blob: string }

/** No permissions and no limits here: whoever lets clients and functions in decides those. */
export interface Files {
  /** Overwrites what lies there. */
  put(path: string, bytes: Uint8Array, about: { type: string; owner?: FileOwner }): StoredFile
  find(path: string): StoredFile | undefined
  bytes(path: string): Buffer | undefined
  delete(path: string): boolean
  list(): StoredFile[]
}

export function createFiles(tables: Tables, clock: Clock, blobs: Blobs): Files & { begin(): void } {
  const table: Table<FileRecord> = tables.table('storage.files')
  const seen = (path: string, { blob: _, ...record }: FileRecord): StoredFile => ({
    path,
    fileID: fileIDOf(path),
    ...record,
  })
  const begin = () => blobs.keep(new Set([...table.entries()].map(([, { blob }]) => blob)))
  begin()
  return {
    begin,
    put(path, bytes, { type, owner }) {
      const before = table.get(path)
      const blob = blobs.put(bytes)
      const record = {
        blob,
        type,
        size: bytes.byteLength,
        updatedAt: clock.now(),
        ...(owner === undefined ? {} : { owner }),
      }
      table.set(path, record)
      // Last: a crash before it leaves bytes that the next start sweeps away, never a record without bytes.
      if (before !== undefined) blobs.delete(before.blob)
      return seen(path, record)
    },
    find(path) {
      const found = table.get(path)
      return found === undefined ? undefined : seen(path, found)
    },
    bytes(path) {
      const found = table.get(path)
      return found === undefined ? undefined : blobs.get(found.blob)
    },
    delete(path) {
      const found = table.get(path)
      if (found === undefined) return false
      table.delete(path)
      blobs.delete(found.blob)
      return true
    },
    list: () => [...table.entries()].map(([path, record]) => seen(path, record)),
  }
}
