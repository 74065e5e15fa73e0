// The stores on the cloud database: core's verbs as documents, and documents as records again.
import type { DeviceInfo } from '../../typings/contract'
import { Refusal } from '../core/errors'
import type { IdentityStore, SessionStore, Stores, UserStore } from '../core/ports'
import type { IdentityRecord, SealedKey, SessionRecord, UserRecord } from '../core/records'
import { type Fields, isObject } from '../core/shape'
import { createCollection } from './cloud-collection'
import type { CloudCommand, CloudDatabase } from './cloud-sdk'

/** A record as a document: the id under the name the database gives it. */
const stored = <T extends { id: string }>({ id, ...fields }: T) => ({ _id: id, ...fields })

/** Reads one kind of document; one that somebody damaged by hand is INTERNAL naming the field, not a crash later on. */
const reader = (kind: string, document: Fields) => {
  const wrong = (field: string) =>
    new Refusal('INTERNAL', 'a stored document is damaged', { detail: `${kind}.${field}` })
  const text = (field: string, of = document): string => {
    const value = of[field]
    if (typeof value !== 'string') throw wrong(field)
    return value
  }
  const number = (field: string, of = document): number => {
    const value = of[field]
    if (typeof value !== 'number') throw wrong(field)
    return value
  }
  const object = (field: string): Fields | undefined => {
    const value = document[field]
    if (value === undefined || value === null) return undefined
    if (!isObject(value)) throw wrong(field)
    return value
  }
  return { text, number, object, wrong }
}

const sessionOf = (document: Fields): SessionRecord => {
  const { text, number, object, wrong } = reader('session', document)
  const transport = text('transport')
  if (transport !== 'cloud' && transport !== 'https') throw wrong('transport')
  const from = object('device')
  const device: DeviceInfo | undefined = from && {
    id: text('id', from),
    model: text('model', from),
    platform: text('platform', from),
  }
  return {
    id: text('_id'),
    userId: text('userId'),
    identity: text('identity'),
    transport,
    ...(device && { device }),
    createdAt: number('createdAt'),
    lastSeenAt: number('lastSeenAt'),
    expiresAt: number('expiresAt'),
    endsAt: number('endsAt'),
  }
}

const identityOf = (document: Fields): IdentityRecord => {
  const { text, number, object } = reader('identity', document)
  const keyOf = (field: string): SealedKey | undefined => {
    const from = object(field)
    return from && { sealed: text('sealed', from), at: number('at', from) }
  }
  const key = keyOf('key')
  const previousKey = keyOf('previousKey')
  return {
    id: text('_id'),
    userId: text('userId'),
    createdAt: number('createdAt'),
    ...(key && { key }),
    ...(previousKey && { previousKey }),
  }
}

const userOf = (document: Fields): UserRecord => {
  const { text, number } = reader('user', document)
  return {
    id: text('_id'),
    createdAt: number('createdAt'),
    ...(document['union'] !== undefined && { union: text('union') }),
    ...(document['deletedAt'] !== undefined && { deletedAt: number('deletedAt') }),
  }
}

const found = <T>(document: Fields | undefined, read: (document: Fields) => T): T | undefined =>
  document && read(document)

const sessionStore = (database: CloudDatabase, _: CloudCommand): SessionStore => {
  const sessions = createCollection(database, 'sessions')
  return {
    find: async (id) => found(await sessions.find(id), sessionOf),
    add: (session) => sessions.add(stored(session)),
    slide: (id, to) => sessions.update(id, to),
    remove: async (id) => {
      await sessions.remove(id)
    },
    removeEarlier: async ({ id, userId, device, createdAt }) =>
      device === undefined
        ? 0
        : sessions.removeWhere(
            _.and([
              { userId, 'device.id': device.id },
              // Of two that began in the same millisecond one must stay: the ids decide.
              _.or([{ createdAt: _.lt(createdAt) }, { createdAt, _id: _.lt(id) }]),
            ]),
          ),
    removeOthers: (userId, keep) => sessions.removeWhere({ userId, _id: _.neq(keep) }),
  }
}

const identityStore = (database: CloudDatabase, _: CloudCommand): IdentityStore => {
  const identities = createCollection(database, 'identities')
  return {
    find: async (id) => found(await identities.find(id), identityOf),
    add: (identity) => identities.add(stored(identity)),
    replaceKeys: async (id, expected, { key, previousKey }) => {
      const current = expected === undefined ? { key: _.exists(false) } : { 'key.sealed': expected }
      // `set` of the command replaces the one field whole; without it the SDK would merge key by key.
      const fields = { key: _.set(key), previousKey: previousKey ? _.set(previousKey) : _.remove() }
      return (await identities.updateWhere({ _id: id, ...current }, fields)) > 0
    },
    release: async (id, userId) => (await identities.removeWhere({ _id: id, userId })) > 0,
  }
}

const userStore = (database: CloudDatabase): UserStore => {
  const users = createCollection(database, 'users')
  return {
    find: async (id) => found(await users.find(id), userOf),
    add: (user) => users.add(stored(user)),
    link: (id, union) => users.update(id, { union }),
    remove: async (id) => {
      await users.remove(id)
    },
  }
}

export const createStores = (database: CloudDatabase): Stores => ({
  sessions: sessionStore(database, database.command),
  identities: identityStore(database, database.command),
  users: userStore(database),
})
