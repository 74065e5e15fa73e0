// One collection of the cloud database: documents in and out, failures translated.
import { Refusal } from '../core/errors'
import { type Fields, isObject } from '../core/shape'
import type { Added } from '../core/stores'
import type { CloudDatabase } from './cloud-sdk'

export interface Collection {
  find(id: string): Promise<Fields | undefined>
  /** The first `limit` (1000 at most) by this field, the smallest first. */
  page(condition: unknown, by: string, limit: number): Promise<Fields[]>
  /** Never replaces a document. */
  add<T extends { _id: string }>(document: T): Promise<Added>
  /** Says whether the document was there; never makes one. */
  update(id: string, fields: object): Promise<boolean>
  updateWhere(condition: unknown, fields: object): Promise<number>
  remove(id: string): Promise<boolean>
  removeWhere(condition: unknown): Promise<number>
  /** Removes the first `limit` by this field, the smallest first; says how many. */
  removePage(condition: unknown, by: string, limit: number): Promise<number>
}

const MISSING_COLLECTION = -502005
/** The cloud is busy or cut off; the next try may well find it. */
const PASSING: readonly unknown[] = [-501001, -501002, -501003, -501004]

export const createCollection = (database: CloudDatabase, name: string): Collection => {
  const collection = () => database.collection(name)
  const asked = async <T>(verb: string, operation: () => Promise<T>): Promise<T> => {
    try {
      return await operation()
    } catch (cause) {
      throw refusalOf(cause, name, verb)
    }
  }
  const page = (condition: unknown, by: string, limit: number) =>
    asked('get', async () => {
      const { data } = await collection().where(condition).orderBy(by, 'asc').limit(limit).get()
      return data.filter(isObject)
    })
  const removeWhere = (condition: unknown) =>
    asked('remove', async () => (await collection().where(condition).remove()).stats.removed)
  return {
    find: (id) =>
      asked('get', async () => {
        const { data } = await collection().doc(id).get()
        return isObject(data) ? data : undefined
      }),
    page,
    add: async (document) => {
      try {
        await collection().add({ data: document })
        return 'added'
      } catch (cause) {
        if (isDuplicate(cause)) return 'exists'
        throw refusalOf(cause, name, 'add')
      }
    },
    update: (id, fields) =>
      asked('update', async () => (await collection().doc(id).update({ data: fields })).stats.updated > 0),
    updateWhere: (condition, fields) =>
      asked('update', async () => (await collection().where(condition).update({ data: fields })).stats.updated),
    remove: (id) => asked('remove', async () => (await collection().doc(id).remove()).stats.removed > 0),
    removeWhere,
    removePage: async (condition, by, limit) => {
      const ids = (await page(condition, by, limit)).map((document) => document['_id'])
      // Asked again with the ids: what slid on meanwhile stays.
      return ids.length === 0 ? 0 : removeWhere(database.command.and([condition, { _id: database.command.in(ids) }]))
    },
  }
}

const said = (cause: unknown): { errCode: unknown; errMsg: string } => {
  const { errCode, errMsg, message } = isObject(cause) ? cause : {}
  const text = typeof errMsg === 'string' ? errMsg : message
  return { errCode, errMsg: typeof text === 'string' ? text : '' }
}

/** The cloud has no number of its own for this: MongoDB's name for it is in the text. */
const isDuplicate = (cause: unknown): boolean => /\bE11000\b|duplicate key/i.test(said(cause).errMsg)

const refusalOf = (cause: unknown, collection: string, verb: string): Refusal => {
  if (cause instanceof Refusal) return cause // the time was up before the database was asked
  const { errCode, errMsg } = said(cause)
  const detail = `${collection}.${verb}: ${String(errCode)} ${errMsg}`
  if (errCode === MISSING_COLLECTION) {
    return new Refusal('MISCONFIGURED', `the database has no collection ${collection}: create it in the console`, {
      detail,
    })
  }
  if (PASSING.includes(errCode)) return new Refusal('WECHAT_BUSY', 'the database did not answer', { detail })
  return new Refusal('INTERNAL', 'the database failed: the log of the function has the reason', { detail })
}
