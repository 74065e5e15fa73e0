// The wire of wx-server-sdk's database: each action read, performed and answered as the cloud spells it.
import type { Action } from './actions'
import type { Database, FindOptions } from './database'
import { encodeValue, isPlainObject } from './documents'
import { notEmulated, WireError } from './errors'
import type { Parameters } from './parameters'

/** The SDK sends 100 unless the function says otherwise, and never more than 1000. */
const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

/** -602001 above this; that it counts the Extended JSON text is a guess. */
const MAX_RESULT_BYTES = 1024 * 1024

/** `queryType` DOC asks for one document by id, WHERE for all that match. */
const isWhere = (parameters: Parameters) => {
  const type = parameters.text('queryType')
  if (type !== 'DOC' && type !== 'WHERE') throw notEmulated(`the queryType ${type}`)
  return type === 'WHERE'
}

/** The id a DOC request names. */
function documentId(query: unknown): unknown {
  if (isPlainObject(query) && Object.keys(query).length === 1 && '_id' in query) return query['_id']
  throw new WireError('INVALID_PARAM', 'a request for one document must name its _id and nothing else')
}

function encodeResult(documents: readonly unknown[]): string[] {
  const list = documents.map(encodeValue)
  const size = list.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (size > MAX_RESULT_BYTES)
    throw new WireError(
      'WX_DATABASE_QUERY_SIZE_EXCEED_LIMIT',
      `-602001 database query result size exceed limit (1MB): ${size} bytes`,
    )
  return list
}

export const databaseActions = (database: Database): Record<string, Action> => ({
  'database.getDocument': (parameters) => {
    parameters.only('collectionName', 'queryType', 'query', 'multi', 'order', 'offset', 'limit', 'projection')
    const collection = parameters.text('collectionName')
    const where = isWhere(parameters)
    const query = parameters.value('query', {})
    if (!where) documentId(query)
    const skip = parameters.count('offset') ?? 0
    const limit = where ? Math.min(parameters.count('limit') || DEFAULT_LIMIT, MAX_LIMIT) : 1
    const options: FindOptions = { skip, limit }
    if (parameters.has('order')) options.order = parameters.value('order')
    if (parameters.has('projection')) options.projection = parameters.value('projection')
    return {
      op: `${collection}.${where ? 'where' : 'get'}`,
      request: { query, ...options },
      perform: async (through) => {
        let list: string[] = []
        // The trace is shown the documents, the function gets their text.
        await through(() => {
          const found = database.find(collection, query, options)
          list = encodeResult(found)
          return found
        })
        return { data: { list, offset: skip, limit } }
      },
    }
  },

  'database.insertDocument': (parameters) => {
    parameters.only('collectionName', 'data')
    const collection = parameters.text('collectionName')
    const documents = parameters.values('data')
    return {
      op: `${collection}.add`,
      request: documents.length === 1 ? documents[0] : documents,
      perform: async (through) => ({
        data: { insertedIds: await through(() => database.insert(collection, documents)) },
      }),
    }
  },

  'database.modifyDocument': (parameters) => {
    parameters.only('collectionName', 'queryType', 'query', 'data', 'multi', 'merge', 'upsert')
    const collection = parameters.text('collectionName')
    const where = isWhere(parameters)
    const query = parameters.value('query', {})
    const data = parameters.value('data')
    const multi = parameters.flag('multi')
    const merge = parameters.flag('merge')
    if (!where && multi) throw new WireError('INVALID_PARAM', 'one document cannot be modified many times')
    if (parameters.flag('upsert') === merge || (where && !merge))
      throw notEmulated(`modifying with merge ${String(merge)} and this upsert`)
    if (!merge) {
      const id = documentId(query)
      return {
        op: `${collection}.set`,
        request: { _id: id, data },
        perform: async (through) => {
          const { created } = await through(() => database.replace(collection, id, data))
          return { data: created ? { updated: 0, upsert_id: id } : { updated: 1, upsert_id: null } }
        },
      }
    }
    if (!where) documentId(query)
    return {
      op: `${collection}.update`,
      request: { query, update: data, multi },
      perform: async (through) => ({
        data: { updated: await through(() => database.update(collection, query, data, { multi })), upsert_id: null },
      }),
    }
  },

  'database.removeDocument': (parameters) => {
    parameters.only('collectionName', 'queryType', 'query', 'multi')
    const collection = parameters.text('collectionName')
    const query = parameters.value('query', {})
    if (!isWhere(parameters)) documentId(query)
    const multi = parameters.flag('multi')
    return {
      op: `${collection}.remove`,
      request: { query, multi },
      perform: async (through) => ({
        data: { deleted: await through(() => database.remove(collection, query, { multi })) },
      }),
    }
  },

  'database.calculateDocument': (parameters) => {
    parameters.only('collectionName', 'queryType', 'query')
    const collection = parameters.text('collectionName')
    const query = parameters.value('query', {})
    return {
      op: `${collection}.count`,
      request: { query },
      perform: async (through) => ({ data: { total: await through(() => database.count(collection, query)) } }),
    }
  },
})
