// Temporary addresses of the cloud storage's files: signed, with an end, and worth nothing once the file is gone.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Table, Tables } from '../ports'
import type { Clock } from '../types'
import { encodePath } from './file-path'

/** Below the emulator's own address: `/cos/avatars/1.png?sign=…&t=…`. */
export const FILES_PATH = '/cos/'

export interface FileLinks {
  /** `maxAge` in seconds. */
  to(path: string, maxAge: number): string
  /** The path of the file that such an address still leads to. */
  open(url: string): { path: string } | undefined
}

/** `origin` is `http://127.0.0.1:PORT`. */
export function createFileLinks(
  { tables, clock }: { tables: Tables; clock: Clock },
  { origin }: { origin: () => string },
): FileLinks {
  const table: Table<string> = tables.table('storage.link-key')
  const key = (): string => {
    const kept = table.get('key') ?? randomBytes(32).toString('hex')
    if (!table.has('key')) table.set('key', kept)
    return kept
  }
  const sign = (path: string, until: string) => createHmac('sha256', key()).update(`${until} ${path}`).digest('hex')
  return {
    to(path, maxAge) {
      const until = String(Math.floor(clock.now() / 1000) + Math.max(0, Math.floor(maxAge)))
      return `${origin()}${FILES_PATH}${encodePath(path)}?sign=${sign(path, until)}&t=${until}`
    },
    open(url) {
      const read = URL.canParse(url) ? new URL(url) : undefined
      if (read === undefined || read.origin !== origin() || !read.pathname.startsWith(FILES_PATH)) return undefined
      const path = decoded(read.pathname.slice(FILES_PATH.length))
      const until = read.searchParams.get('t') ?? ''
      if (path === undefined || !/^\d{1,15}$/.test(until) || Number(until) * 1000 <= clock.now()) return undefined
      return sameText(read.searchParams.get('sign') ?? '', sign(path, until)) ? { path } : undefined
    },
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function sameText(a: string, b: string): boolean {
  const [given, wanted] = [Buffer.from(a), Buffer.from(b)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
