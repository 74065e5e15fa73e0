// The stores on the cloud database: core's verbs as documents, and documents as records again.

import type { PhoneClaimRecord, RedemptionRecord } from '../core/records'
import type { Fields } from '../core/shape'
import type {
  CounterStore,
  DeletionProofStore,
  IdentityStore,
  MediaCheckStore,
  PhoneStore,
  PushNonceStore,
  RedemptionStore,
  SessionStore,
  Stores,
  UploadStore,
  UserStore,
} from '../core/stores'
import { createCollection } from './cloud-collection'
import { identityOf, mediaCheckOf, phoneClaimOf, redemptionOf, sessionOf, uploadOf, userOf } from './cloud-records'
import type { CloudCommand, CloudDatabase } from './cloud-sdk'

/** A record as a document: the id under the name the database gives it. */
const stored = <T extends { id: string }>({ id, ...fields }: T) => ({ _id: id, ...fields })

const MOST = 1000 // documents of one read

const found = <T>(document: Fields | undefined, read: (document: Fields) => T): T | undefined =>
  document && read(document)

const sessionStore = (database: CloudDatabase, _: CloudCommand): SessionStore => {
  const sessions = createCollection(database, 'sessions')
  return {
    find: async (id) => found(await sessions.find(id), sessionOf),
    add: (session) => sessions.add(stored(session)),
    slide: async (id, seenAt, to) =>
      (await sessions.updateWhere({ _id: id, lastSeenAt: seenAt, revokedAt: _.exists(false) }, to)) > 0,
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
    unmarked: async (userId) =>
      (await sessions.page({ userId, revokedAt: _.exists(false) }, '_id', MOST)).map(sessionOf),
    ofDevice: async (userId, deviceId) =>
      (await sessions.page({ userId, 'device.id': deviceId }, '_id', MOST)).map(sessionOf),
    revoke: async (id, userId, mark) =>
      (await sessions.updateWhere({ _id: id, userId, revokedAt: _.exists(false) }, mark)) > 0,
    revokeOthers: (userId, keep, mark) =>
      sessions.updateWhere({ userId, _id: _.neq(keep), revokedAt: _.exists(false) }, mark),
    removeAll: (userId) => sessions.removeWhere({ userId }),
    removeExpired: (now, limit) => sessions.removePage({ expiresAt: _.lt(now) }, 'expiresAt', limit),
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
    keepOpenid: async (id, userId, openid) => (await identities.updateWhere({ _id: id, userId }, { openid })) > 0,
    ofUser: async (userId) => (await identities.page({ userId }, '_id', MOST)).map(identityOf),
    release: async (id, userId) => (await identities.removeWhere({ _id: id, userId })) > 0,
  }
}

const userStore = (database: CloudDatabase, _: CloudCommand): UserStore => {
  const users = createCollection(database, 'users')
  return {
    find: async (id) => found(await users.find(id), userOf),
    add: (user) => users.add(stored(user)),
    link: (id, union) => users.update(id, { union }),
    point: async (id, expected, phone) => {
      const standing = expected === undefined ? { phone: _.exists(false) } : { 'phone.attempt': expected }
      const condition = { _id: id, deletedAt: _.exists(false), barred: _.neq(phone.attempt), ...standing }
      return (await users.updateWhere(condition, { phone: _.set(phone) })) > 0
    },
    unpoint: async (id, attempt) =>
      (await users.updateWhere({ _id: id, 'phone.attempt': attempt }, { phone: _.remove() })) > 0,
    bar: async (id, attempt) =>
      (await users.updateWhere({ _id: id, 'phone.attempt': _.neq(attempt) }, { barred: attempt })) > 0,
    saveProfile: async (id, { nickname, nicknameAt, avatar }, expected, named) => {
      const standing = expected === undefined ? { avatar: _.exists(false) } : { 'avatar.path': expected }
      const condition = {
        _id: id,
        deletedAt: _.exists(false),
        ...(avatar !== undefined && standing),
        ...(named && { nicknameAt: named.nicknameAt ?? _.exists(false) }),
      }
      const fields = {
        // A write that changes nothing may count as none: this one always does.
        saves: _.inc(1),
        ...(nickname !== undefined && {
          nickname: nickname ?? _.remove(),
          nicknameAt: (nickname === null ? undefined : nicknameAt) ?? _.remove(),
        }),
        ...(avatar !== undefined && { avatar: avatar ? _.set(avatar) : _.remove(), avatarRejected: _.remove() }),
      }
      return (await users.updateWhere(condition, fields)) > 0
    },
    judgeAvatar: async (id, path, verdict, copy) => {
      // Field by field: when the picture was saved does not change by what is said of it.
      const place = copy && { 'avatar.path': copy.path, 'avatar.fileID': copy.fileID }
      const fields =
        verdict === 'passed' ? { 'avatar.state': 'passed', ...place } : { avatar: _.remove(), avatarRejected: true }
      return (await users.updateWhere({ _id: id, 'avatar.path': path }, fields)) > 0
    },
    markDeleted: async (id, at, proof) => {
      await users.updateWhere({ _id: id, deletedAt: _.exists(false) }, { deletedAt: at, proof })
      const user = found(await users.find(id), userOf)
      return user && (user.proof ?? proof)
    },
    halfDeleted: async (limit) => (await users.page({ deletedAt: _.gt(0) }, 'deletedAt', limit)).map(userOf),
    remove: (id) => users.remove(id),
  }
}

const phoneStore = (database: CloudDatabase, _: CloudCommand): PhoneStore => {
  const phones = createCollection(database, 'phones')
  const fieldsOf = ({ owner, attempt, until }: PhoneClaimRecord) => ({ owner, attempt, until: until ?? _.remove() })
  return {
    find: async (id) => found(await phones.find(id), phoneClaimOf),
    add: (claim) => phones.add(stored(claim)),
    replace: async (claim, expected) =>
      (await phones.updateWhere({ _id: claim.id, attempt: expected }, fieldsOf(claim))) > 0,
    settle: async (id, attempt) => (await phones.updateWhere({ _id: id, attempt }, { until: _.remove() })) > 0,
    takeBack: async (id, attempt) => (await phones.removeWhere({ _id: id, attempt })) > 0,
    forget: (owner) => phones.removeWhere({ owner }),
    unsettled: async (before, limit) => (await phones.page({ until: _.lt(before) }, 'until', limit)).map(phoneClaimOf),
  }
}

const counterStore = (database: CloudDatabase, _: CloudCommand): CounterStore => {
  const counters = createCollection(database, 'counters')
  return {
    take: async (id, limit, expiresAt) => {
      if (limit > 0 && (await counters.add({ _id: id, count: 1, expiresAt })) === 'added') return true
      return (await counters.updateWhere({ _id: id, count: _.lt(limit) }, { count: _.inc(1) })) > 0
    },
    giveBack: async (id) => {
      await counters.updateWhere({ _id: id, count: _.gt(0) }, { count: _.inc(-1) })
    },
    removeExpired: (now, limit) => counters.removePage({ expiresAt: _.lt(now) }, 'expiresAt', limit),
  }
}

const PHONE_CODE = 'phoneCode' // what kind of job a redemption is among the others

const redemptionStore = (database: CloudDatabase, _: CloudCommand): RedemptionStore => {
  const jobs = createCollection(database, 'jobs')
  const fieldsOf = ({ id: _id, sealed, ...fields }: RedemptionRecord) => ({ ...fields, sealed: sealed ?? _.remove() })
  return {
    find: async (id) => found(await jobs.find(id), redemptionOf),
    add: (redemption) => jobs.add({ ...stored(redemption), kind: PHONE_CODE }),
    replace: async (redemption, expected) =>
      (await jobs.updateWhere({ _id: redemption.id, attempt: expected }, fieldsOf(redemption))) > 0,
    remove: async (id, attempt) => (await jobs.removeWhere({ _id: id, attempt })) > 0,
    forget: (identity) => jobs.removeWhere({ kind: PHONE_CODE, identity }),
    removeExpired: (now, limit) => jobs.removePage({ kind: PHONE_CODE, expiresAt: _.lt(now) }, 'expiresAt', limit),
  }
}

const UPLOAD = 'upload'

const uploadStore = (database: CloudDatabase, _: CloudCommand): UploadStore => {
  const jobs = createCollection(database, 'jobs')
  return {
    find: async (id) => found(await jobs.find(id), uploadOf),
    add: (upload) => jobs.add({ ...stored(upload), kind: UPLOAD }),
    fill: async (id, at) =>
      (await jobs.updateWhere({ _id: id, state: 'issued', filledAt: _.exists(false) }, { filledAt: at })) > 0,
    move: async (id, from, to, expiresAt) =>
      (await jobs.updateWhere({ _id: id, state: from }, { state: to, expiresAt })) > 0,
    doom: async (id, expiresAt) =>
      (await jobs.update(id, { state: 'doomed', userId: _.remove(), expiresAt })) ||
      // Doomed by somebody else in the same millisecond: a write that changes nothing may count as none.
      (await jobs.find(id)) !== undefined,
    ofUser: async (userId, limit) => (await jobs.page({ kind: UPLOAD, userId }, '_id', limit)).map(uploadOf),
    due: async (now, limit) =>
      (await jobs.page({ kind: UPLOAD, expiresAt: _.lt(now) }, 'expiresAt', limit)).map(uploadOf),
    remove: (id) => jobs.remove(id),
  }
}

const MEDIA_CHECK = 'mediaCheck'

const mediaCheckStore = (database: CloudDatabase, _: CloudCommand): MediaCheckStore => {
  const jobs = createCollection(database, 'jobs')
  return {
    find: async (id) => found(await jobs.find(id), mediaCheckOf),
    add: (check) => jobs.add({ ...stored(check), kind: MEDIA_CHECK }),
    putOff: async (id, expected, expiresAt) =>
      (await jobs.updateWhere({ _id: id, expiresAt: expected }, { expiresAt, attempts: _.inc(1) })) > 0,
    due: async (now, limit, appid) => {
      const overdue = { kind: MEDIA_CHECK, expiresAt: _.lt(now) }
      const condition = appid === undefined ? overdue : _.and([overdue, _.or([{ appid }, { appid: _.exists(false) }])])
      return (await jobs.page(condition, 'expiresAt', limit)).map(mediaCheckOf)
    },
    remove: (id) => jobs.remove(id),
    forget: (userId) => jobs.removeWhere({ kind: MEDIA_CHECK, userId }),
  }
}

const PUSH_NONCE = 'pushNonce'

const pushNonceStore = (database: CloudDatabase, _: CloudCommand): PushNonceStore => {
  const jobs = createCollection(database, 'jobs')
  return {
    seen: async (id) => (await jobs.find(id)) !== undefined,
    add: (id, expiresAt) => jobs.add({ _id: id, kind: PUSH_NONCE, expiresAt }),
    removeExpired: (now, limit) => jobs.removePage({ kind: PUSH_NONCE, expiresAt: _.lt(now) }, 'expiresAt', limit),
  }
}

const DELETION = 'deletion'

const deletionProofStore = (database: CloudDatabase): DeletionProofStore => {
  const jobs = createCollection(database, 'jobs')
  return { add: (id, at) => jobs.add({ _id: id, kind: DELETION, at }) }
}

/** The same database, asked nothing once `mayGoOn` throws: some verbs of a store are two requests. */
export const heldBack = (database: CloudDatabase, mayGoOn: () => void): CloudDatabase => ({
  command: database.command,
  collection(name) {
    mayGoOn()
    return database.collection(name)
  },
})

export const createStores = (database: CloudDatabase): Stores => ({
  sessions: sessionStore(database, database.command),
  identities: identityStore(database, database.command),
  users: userStore(database, database.command),
  phones: phoneStore(database, database.command),
  counters: counterStore(database, database.command),
  redemptions: redemptionStore(database, database.command),
  pushNonces: pushNonceStore(database, database.command),
  deletionProofs: deletionProofStore(database),
  uploads: uploadStore(database, database.command),
  mediaChecks: mediaCheckStore(database, database.command),
})
