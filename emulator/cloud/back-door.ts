// The back door into the database for tests and the panel: the same engine, the same strictness, no invocation.
import type { Emulator, StoredDocument as SeenDocument } from '../types'
import type { Database } from './database'
import type { PlainObject } from './documents'

/** Ids that are numbers are shown as text. */
const seen = (document: PlainObject): SeenDocument => ({ ...document, _id: String(document['_id']) })

/** Throws a WireError like the cloud's, for a missing collection or an operator that is not emulated. */
export function createBackDoor(database: Database): Emulator['database'] {
  const find = (collection: string, query: object = {}) => database.find(collection, query).map(seen)
  return {
    find,
    update: (collection, query, update) => database.update(collection, query, update, { multi: true }),
    remove: (collection, query) => database.remove(collection, query, { multi: true }),
    everything: () => Object.fromEntries(database.names().map((name) => [name, find(name)])),
    dropCollection: (collection) => database.drop(collection),
  }
}
