// The cloud database as synchronous operations: each one is atomic, durable when it returns, and refuses as mongod does.
import { randomBytes } from 'node:crypto'
import { update as applyUpdate, Query } from 'mingo'
import type { Table, Tables } from '../ports'
import type { Collections } from './collections'
import {
  cloneValue,
  type DocumentId,
  documentCodec,
  documentSize,
  isPlainObject,
  type PlainObject,
  type StoredDocument,
  show,
  typeName,
} from './documents'
import { collectionMissing, requestFailed } from './errors'
import { checkOrder, checkProjection, checkQuery } from './strict-query'
import { checkUpdate, updateFor } from './strict-update'
import { checkStorable, Refusal, refuse } from './strict-values'

/** MongoDB's limit on one document, bytes; that the cloud has a smaller one is possible and not documented. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

export interface FindOptions {
  order?: unknown
  projection?: unknown
  skip?: number
  limit?: number
}

/** All throw a WireError: the collection is missing, or the operation is refused. */
export interface Database {
  find(collection: string, query: unknown, options?: FindOptions): PlainObject[]
  count(collection: string, query: unknown): number
  /** Ids of what was added, in order; stops at the first that exists. */
  insert(collection: string, documents: readonly unknown[]): DocumentId[]
  /** Replaces the document with this id or creates it. */
  replace(collection: string, id: unknown, document: unknown): { created: boolean }
  /** How many documents matched. */
  update(collection: string, query: unknown, modifier: unknown, options: { multi: boolean }): number
  remove(collection: string, query: unknown, options: { multi: boolean }): number
  /** Collections that exist, by name. */
  names(): string[]
  drop(collection: string): void
}

export function createDatabase({ tables, collections }: { tables: Tables; collections: Collections }): Database {
  // A dropped collection stays away until the tables are cleared, although the project still lists it.
  const dropped = () => tables.table<true>('db-dropped')
  const names = () => [...collections()].filter((name) => !dropped().has(name))

  const open = (collection: string): Table<StoredDocument> => {
    if (!collections().has(collection) || dropped().has(collection)) throw collectionMissing(collection)
    return tables.table(`db:${collection}`, documentCodec)
  }

  const insertOne = (table: Table<StoredDocument>, collection: string, value: unknown): DocumentId => {
    if (!isPlainObject(value)) return refuse('a document must be an object')
    checkStorable(value)
    const { _id = newId(), ...rest } = value
    const id = checkId(_id)
    // The cloud's text around mongod's, as the SDK's own tests know it.
    if (table.has(keyOf(id)))
      refuse(
        `multiple write errors: [{write errors: [{E11000 duplicate key error collection: ${collection} index: _id_ dup key: { _id: ${show(id)} }}]}, {<nil>}]`,
      )
    table.set(keyOf(id), sized({ _id: id, ...rest }))
    return id
  }

  return {
    names,
    find: (collection, query, { order, projection, skip = 0, limit } = {}) =>
      guarded('Find', () => {
        const table = open(collection)
        checkQuery(query)
        const fields = projection ?? {}
        checkProjection(fields)
        const cursor = new Query(query).find<PlainObject>(matching(table, query), fields)
        if (order !== undefined) {
          checkOrder(order)
          cursor.sort(order)
        }
        cursor.skip(skip)
        if (limit !== undefined) cursor.limit(limit)
        return cursor.all().map((document) => cloneValue(document))
      }),
    count: (collection, query) =>
      guarded('Find', () => {
        const table = open(collection)
        checkQuery(query)
        return matching(table, query).length
      }),
    insert: (collection, documents) =>
      guarded('Insert', () => {
        const table = open(collection)
        return documents.map((document) => insertOne(table, collection, document))
      }),
    replace: (collection, id, document) =>
      guarded('Update', () => {
        const table = open(collection)
        const known = checkId(id)
        if (!isPlainObject(document)) return refuse('a document must be an object')
        if ('_id' in document) refuse("the field '_id' cannot be set")
        checkStorable(document)
        const created = !table.has(keyOf(known))
        table.set(keyOf(known), sized({ _id: known, ...document }))
        return { created }
      }),
    update: (collection, query, modifier, { multi }) =>
      guarded('Update', () => {
        const table = open(collection)
        checkQuery(query)
        checkUpdate(modifier)
        const hits = matching(table, query)
        const wanted = multi ? hits : hits.slice(0, 1)
        // As mongod: documents before the one that fails keep the change.
        for (const document of wanted) {
          const changed = cloneValue(document)
          applyUpdate(changed, updateFor(document, modifier), [], {}, { cloneMode: 'deep' })
          table.set(keyOf(document._id), sized(changed))
        }
        return wanted.length
      }),
    remove: (collection, query, { multi }) =>
      guarded('Remove', () => {
        const table = open(collection)
        checkQuery(query)
        const hits = matching(table, query)
        const wanted = multi ? hits : hits.slice(0, 1)
        for (const { _id } of wanted) table.delete(keyOf(_id))
        return wanted.length
      }),
    drop(collection) {
      open(collection)
      tables.drop(`db:${collection}`)
      dropped().set(collection, true)
    },
  }
}

/** Documents that match, in the order they were added; by id without looking at the others. */
function matching(table: Table<StoredDocument>, query: PlainObject): StoredDocument[] {
  const test = new Query<StoredDocument>(query as Record<string, never>)
  const id = query['_id']
  const known = typeof id === 'string' || typeof id === 'number' ? [table.get(keyOf(id))] : undefined
  const candidates = known ?? [...table.entries()].map(([, document]) => document)
  return candidates.filter((document) => document !== undefined && test.test(document)) as StoredDocument[]
}

/** Rules that were broken become the wire's refusal; mingo's own complaints too. */
function guarded<T>(kind: 'Find' | 'Insert' | 'Update' | 'Remove', operation: () => T): T {
  try {
    return operation()
  } catch (error) {
    if (error instanceof Refusal || (error instanceof Error && error.name === 'MingoError'))
      throw requestFailed(kind, error.message)
    throw error
  }
}

/** The cloud hands out 32 hexadecimal digits. */
const newId = () => randomBytes(16).toString('hex')

/** `'1'` and `1` are two ids. */
const keyOf = (id: DocumentId) => JSON.stringify(id)

function checkId(id: unknown): DocumentId {
  if (typeof id === 'string' && id !== '') return id
  if (typeof id === 'number' && Number.isFinite(id)) return id
  return refuse(`an _id must be a string or a number, not ${typeName(id)}`)
}

/** What goes into the table: a copy of its own, and not too large. */
function sized(value: StoredDocument): StoredDocument {
  const document = cloneValue(value)
  const size = documentSize(document)
  if (size > MAX_DOCUMENT_BYTES)
    refuse(`object to insert too large. size in bytes: ${size}, max size: ${MAX_DOCUMENT_BYTES}`)
  return document
}
