// Which collections exist: cloudfunctions/database.json of the project, read again when it changes.
import { readFileSync, statSync } from 'node:fs'
import { isPlainObject } from './documents'

/** Throws when the file is broken: an emulator that guessed would hide a deployment that fails. */
export type Collections = () => ReadonlySet<string>

/**
 * `{ "collections": { "users": { "indexes": [...] }, … } }`; no file means no collections. Indexes only make queries
 * faster, so they change nothing here; a unique one would, and is refused.
 */
export function readCollections(file: string): Collections {
  let seen = ''
  let known: ReadonlySet<string> = new Set()
  return () => {
    const stat = statSync(file, { throwIfNoEntry: false })
    const version = stat === undefined ? 'absent' : `${stat.mtimeMs}/${stat.size}`
    if (version !== seen) {
      known = stat === undefined ? new Set() : parse(file, readFileSync(file, 'utf8'))
      seen = version
    }
    return known
  }
}

function parse(file: string, text: string): ReadonlySet<string> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
  if (!isPlainObject(value) || !isPlainObject(value['collections']))
    throw new Error(`${file}: expected { "collections": { "<name>": { "indexes": [...] } } }`)
  for (const [name, plan] of Object.entries(value['collections'])) {
    const indexes = isPlainObject(plan) ? (plan['indexes'] ?? []) : undefined
    if (!Array.isArray(indexes)) throw new Error(`${file}: "${name}" must be { "indexes": [...] }`)
    if (indexes.some((index) => isPlainObject(index) && index['unique'] === true))
      throw new Error(`${file}: the unique index of "${name}" is not emulated; derive the _id instead`)
  }
  return new Set(Object.keys(value['collections']))
}
