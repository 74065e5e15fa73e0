// Pictures WeChat was asked about, and owes a verdict for.

import { randomBytes } from 'node:crypto'
import type { Table, Tables } from '../ports'

export interface MediaCheck {
  appid: string
  account: string
  url: string
  /** When the verdict is due, on the emulated clock; absent when none will come. */
  dueAt?: number
  /** Asked about again before this: 87020. */
  repeatableAt: number
}

export interface MediaChecks {
  /** Returns the trace_id. */
  add(check: MediaCheck): string
  find(traceId: string): MediaCheck | undefined
  isPending(url: string, appid: string, now: number): boolean
  delete(traceId: string): void
  entries(): [traceId: string, check: MediaCheck][]
  /** Told of every one that is added. */
  follow(listener: (traceId: string, check: MediaCheck) => void): void
}

/** As seen in answers: three groups of hex. */
export const newTraceId = (): string => [4, 4, 4].map((bytes) => randomBytes(bytes).toString('hex')).join('-')

export function createMediaChecks(tables: Tables): MediaChecks {
  const table: Table<MediaCheck> = tables.table('weixin.media-checks')
  const listeners: ((traceId: string, check: MediaCheck) => void)[] = []
  return {
    add(check) {
      const traceId = newTraceId()
      table.set(traceId, check)
      for (const listen of listeners) listen(traceId, check)
      return traceId
    },
    find: (traceId) => table.get(traceId),
    isPending: (url, appid, now) =>
      [...table.entries()].some(([, check]) => check.url === url && check.appid === appid && check.repeatableAt > now),
    delete: (traceId) => void table.delete(traceId),
    entries: () => [...table.entries()],
    follow: (listener) => void listeners.push(listener),
  }
}
