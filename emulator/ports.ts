// The joints between the emulator's own rooms. Types only.

import type { Hop } from './types'

/** What remembers: one record per id, kept in memory and, with a data folder, on disk before `set` returns. */
export interface Table<T> {
  get(id: string): T | undefined
  has(id: string): boolean
  set(id: string, record: T): void
  delete(id: string): boolean
  entries(): IterableIterator<[id: string, record: T]>
  readonly size: number
}

/** How a record becomes a line of the journal and back; JSON unless said (documents need Extended JSON). */
export interface Codec<T> {
  encode(record: T): string
  decode(text: string): T
}

export interface Tables {
  table<T>(name: string, codec?: Codec<T>): Table<T>
  /** Names of all tables that start with this. */
  names(prefix: string): string[]
  drop(name: string): void
  /** Forgets everything, on disk too. */
  clear(): void
  close(): void
}

/** What a hop is called when it begins. */
export type HopStart = Omit<Hop, 'seq' | 'at' | 'ms' | 'error' | 'reply'>

/** Thrown by a bent operation when the connection is to break without an answer (`cut` before, `lost` after). */
export interface ConnectionLost extends Error {
  readonly lost: 'cut' | 'lost'
}

/**
 * Runs one operation the way a face must: armed faults bend it, the trace keeps it, masked.
 * `refuse` turns an errcode fault into the error this face throws for that errcode; a `fail` fault is thrown as it is
 * by the device's face only. `cut` and `lost` throw ConnectionLost; `silence` never settles.
 */
export interface Stage {
  run<T>(hop: HopStart, operation: () => T | Promise<T>, refuse: (errcode: number) => Error): Promise<T>
}

/** A live invocation of a function: what the SDK's calls are allowed to be, and for whom. */
export interface Invocation {
  id: string
  /** What travels as `wxCloudApiToken`; dies with the invocation. */
  apiToken: string
  function: string
  appid: string
  openid?: string
  account?: string
  /** `wx_client`, `wx_trigger`, …; a chain when functions call functions. */
  source: string
  /** Methods declared in config.json under permissions.openapi. */
  permissions: readonly string[]
}

export type HopSink = (hop: Hop) => void
