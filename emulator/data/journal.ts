// The journal: what must survive a crash, one JSON line per change, written before anyone is told it happened.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { EmulatorError } from '../errors'

/** `[table, id, text]` sets, `[table, id]` deletes, `[table]` drops, `[]` forgets everything. */
export type Entry = [table: string, id: string, text: string] | [table: string, id: string] | [table: string] | []

/** Every table's records as text, as the journal left them. */
export type Contents = Map<string, Map<string, string>>

export interface Journal {
  readonly contents: Contents
  /** On disk, as far as a killed process is concerned, when it returns: the write is synchronous. */
  append(entry: Entry): void
  close(): void
}

/** Opens `<folder>/journal.jsonl`: reads it, drops a torn last line, and writes it anew without what was overwritten. */
export function openJournal(folder: string): Journal {
  const file = join(folder, 'journal.jsonl')
  const contents: Contents = new Map()
  if (existsSync(file)) replay(file, contents)
  compact(file, contents)
  const handle = openSync(file, 'a', 0o600)
  let open = true
  return {
    contents,
    append(entry) {
      if (!open) throw new EmulatorError('CLOSED', 'the emulator is closed; nothing is kept any more')
      const line = Buffer.from(`${JSON.stringify(entry)}\n`)
      for (let written = 0; written < line.length; ) written += writeSync(handle, line, written)
    },
    close() {
      if (open) closeSync(handle)
      open = false
    },
  }
}

/** The table `name`, made when it is not there. */
export function rows(contents: Contents, name: string): Map<string, string> {
  const found = contents.get(name)
  if (found !== undefined) return found
  const made = new Map<string, string>()
  contents.set(name, made)
  return made
}

function replay(file: string, contents: Contents): void {
  const lines = readFileSync(file, 'utf8').split('\n')
  // Whole lines end in a newline, so what follows the last one was torn by a kill: it was never acknowledged.
  lines.pop()
  for (const [index, line] of lines.entries()) {
    const entry = parse(line)
    if (entry === undefined)
      throw new EmulatorError('DATA_DAMAGED', `${file}: line ${index + 1} is damaged; start with --reset to begin anew`)
    const [table, id, text] = entry
    if (table === undefined) contents.clear()
    else if (id === undefined) contents.delete(table)
    else if (text === undefined) contents.get(table)?.delete(id)
    else rows(contents, table).set(id, text)
  }
}

function parse(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line)
    const valid = Array.isArray(value) && value.length <= 3 && value.every((part) => typeof part === 'string')
    return valid ? (value as Entry) : undefined
  } catch {
    return undefined
  }
}

function compact(file: string, contents: Contents): void {
  const draft = `${file}.new`
  const handle = openSync(draft, 'w', 0o600)
  for (const [table, records] of contents)
    for (const [id, text] of records) writeSync(handle, `${JSON.stringify([table, id, text])}\n`)
  fsyncSync(handle)
  closeSync(handle)
  renameSync(draft, file)
}
