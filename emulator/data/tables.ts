// Tables: what remembers, in memory and, with a data folder, on disk before a change is acknowledged.

import { mkdirSync } from 'node:fs'
import { EmulatorError } from '../errors'
import type { Codec, Table, Tables } from '../ports'
import { type Entry, type Journal, openJournal, rows } from './journal'
import { lockFolder } from './lock'

/** Opens the tables of a data folder; without one they live in memory. Records are values: put a new one, never edit. */
export function createTables(folder?: string): Tables {
  if (folder === undefined) return joinTables({ contents: new Map(), append: () => undefined, close: () => undefined })
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EmulatorError('BAD_REQUEST', `cannot make the data folder ${folder}: ${reason}`)
  }
  const unlock = lockFolder(folder)
  try {
    const journal = openJournal(folder)
    return joinTables({
      ...journal,
      close() {
        journal.close()
        unlock()
      },
    })
  } catch (error) {
    unlock()
    throw error
  }
}

interface OpenTable {
  /** Empties the copy in memory. */
  forget(): void
}

function joinTables(journal: Journal): Tables {
  const open = new Map<string, OpenTable & Table<never>>()
  const append = (entry: Entry) => journal.append(entry)
  return {
    table<T>(name: string, codec?: Codec<T>): Table<T> {
      const found = open.get(name)
      // Whoever opens a table twice names the same record type: names are constants of one room each.
      if (found !== undefined) return found as Table<never> as Table<T>
      const made = createTable<T>(name, codec ?? json(), journal, append)
      open.set(name, made as OpenTable & Table<T> as OpenTable & Table<never>)
      return made
    },
    names(prefix) {
      const used = [...journal.contents].filter(([, records]) => records.size > 0).map(([name]) => name)
      return used.filter((name) => name.startsWith(prefix)).sort((a, b) => (a < b ? -1 : 1))
    },
    drop(name) {
      append([name])
      journal.contents.delete(name)
      open.get(name)?.forget()
    },
    clear() {
      append([])
      journal.contents.clear()
      for (const table of open.values()) table.forget()
    },
    close: () => journal.close(),
  }
}

const json = <T>(): Codec<T> => ({
  encode: (record) => JSON.stringify(record),
  decode: (text) => JSON.parse(text) as T,
})

function createTable<T>(name: string, codec: Codec<T>, journal: Journal, append: (entry: Entry) => void) {
  const records = new Map<string, T>()
  for (const [id, text] of journal.contents.get(name) ?? []) records.set(id, codec.decode(text))
  return {
    get: (id: string) => records.get(id),
    has: (id: string) => records.has(id),
    set(id: string, record: T) {
      const text = codec.encode(record)
      append([name, id, text])
      rows(journal.contents, name).set(id, text)
      records.set(id, record)
    },
    delete(id: string) {
      if (!records.has(id)) return false
      append([name, id])
      journal.contents.get(name)?.delete(id)
      return records.delete(id)
    },
    entries: () => records.entries(),
    get size() {
      return records.size
    },
    forget: () => records.clear(),
  }
}
