// The stores in memory: twins of the ones on the cloud database, held to the same suites.

import type {
  IdentityRecord,
  MediaCheckRecord,
  PhoneClaimRecord,
  RedemptionRecord,
  SessionRecord,
  UploadRecord,
  UserRecord,
} from '../../cloudfunctions/core/records'
import type {
  Added,
  CounterStore,
  IdentityStore,
  MediaCheckStore,
  PhoneStore,
  PushNonceStore,
  RedemptionStore,
  SessionStore,
  Stores,
  UploadStore,
  UserStore,
} from '../../cloudfunctions/core/stores'

export interface CounterRow {
  id: string
  count: number
  expiresAt: number
}

export interface MemoryStores extends Stores {
  /** What is stored, by collection. */
  all(): {
    sessions: SessionRecord[]
    identities: IdentityRecord[]
    users: UserRecord[]
    phones: PhoneClaimRecord[]
    counters: CounterRow[]
    redemptions: RedemptionRecord[]
    uploads: UploadRecord[]
    mediaChecks: MediaCheckRecord[]
    pushNonces: Array<{ id: string; expiresAt: number }>
    deletionProofs: Array<{ id: string; at: number }>
  }
}

/** Every verb takes one turn of the event loop before it acts, and one before it answers: races are possible. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const slowly = async <T>(act: () => T): Promise<T> => {
  await turn()
  const value = act()
  await turn()
  return value
}

const createTable = <T extends { id: string }>() => {
  const rows = new Map<string, T>()
  const copy = (row: T | undefined) => row && structuredClone(row)
  return {
    rows,
    find: (id: string) => slowly(() => copy(rows.get(id))),
    add: (row: T) =>
      slowly((): Added => {
        if (rows.has(row.id)) return 'exists'
        rows.set(row.id, structuredClone(row))
        return 'added'
      }),
    change: (id: string, next: (row: T) => T | undefined) =>
      slowly(() => {
        const row = rows.get(id)
        const changed = row && next(row)
        if (changed) rows.set(id, structuredClone(changed))
        return changed !== undefined
      }),
    remove: (doomed: (row: T) => boolean) =>
      slowly(() => {
        const ids = [...rows.values()].filter(doomed).map(({ id }) => id)
        for (const id of ids) rows.delete(id)
        return ids.length
      }),
    removeSome: (doomed: (row: T) => boolean, limit: number) =>
      slowly(() => {
        const ids = [...rows.values()].filter(doomed).slice(0, limit)
        for (const { id } of ids) rows.delete(id)
        return ids.length
      }),
  }
}

export const createMemoryStores = (): MemoryStores => {
  const sessions = createTable<SessionRecord>()
  const identities = createTable<IdentityRecord>()
  const users = createTable<UserRecord>()
  const phones = createTable<PhoneClaimRecord>()
  const counters = createTable<CounterRow>()
  const redemptions = createTable<RedemptionRecord>()
  const uploads = createTable<UploadRecord>()
  const mediaChecks = createTable<MediaCheckRecord>()
  const pushNonces = createTable<{ id: string; expiresAt: number }>()
  const deletionProofs = createTable<{ id: string; at: number }>()
  const sessionStore: SessionStore = {
    find: sessions.find,
    add: sessions.add,
    slide: (id, seenAt, to) =>
      sessions.change(id, (row) =>
        row.revokedAt === undefined && row.lastSeenAt === seenAt ? { ...row, ...to } : undefined,
      ),
    remove: async (id) => {
      await sessions.remove((row) => row.id === id)
    },
    removeEarlier: ({ id, userId, device, createdAt }) =>
      sessions.remove(
        (row) =>
          device !== undefined &&
          row.userId === userId &&
          row.device?.id === device.id &&
          (row.createdAt < createdAt || (row.createdAt === createdAt && row.id < id)),
      ),
    unmarked: (userId) =>
      slowly(() =>
        structuredClone([...sessions.rows.values()]).filter(
          (row) => row.userId === userId && row.revokedAt === undefined,
        ),
      ),
    ofDevice: (userId, deviceId) =>
      slowly(() =>
        structuredClone([...sessions.rows.values()]).filter(
          (row) => row.userId === userId && row.device?.id === deviceId,
        ),
      ),
    revoke: (id, userId, mark) =>
      sessions.change(id, (row) =>
        row.userId === userId && row.revokedAt === undefined ? { ...row, ...mark } : undefined,
      ),
    revokeOthers: async (userId, keep, mark) => {
      const others = [...sessions.rows.values()].filter((row) => row.userId === userId && row.id !== keep)
      const marked = await Promise.all(others.map(({ id }) => sessionStore.revoke(id, userId, mark)))
      return marked.filter(Boolean).length
    },
    removeAll: (userId) => sessions.remove((row) => row.userId === userId),
    removeExpired: (now, limit) => sessions.removeSome((row) => row.expiresAt < now, limit),
  }
  const identityStore: IdentityStore = {
    find: identities.find,
    add: identities.add,
    replaceKeys: (id, expected, keys) =>
      identities.change(id, ({ key, previousKey: _dropped, ...row }) =>
        key?.sealed === expected ? { ...row, ...keys } : undefined,
      ),
    keepOpenid: (id, userId, openid) =>
      identities.change(id, (row) => (row.userId === userId ? { ...row, openid } : undefined)),
    ofUser: (userId) =>
      slowly(() => structuredClone([...identities.rows.values()].filter((row) => row.userId === userId))),
    release: async (id, userId) => (await identities.remove((row) => row.id === id && row.userId === userId)) > 0,
  }
  const userStore: UserStore = {
    find: users.find,
    add: users.add,
    link: (id, union) => users.change(id, (row) => ({ ...row, union })),
    point: (id, expected, phone) =>
      users.change(id, (row) =>
        row.phone?.attempt === expected && row.barred !== phone.attempt && row.deletedAt === undefined
          ? { ...row, phone }
          : undefined,
      ),
    bar: (id, attempt) =>
      users.change(id, (row) => (row.phone?.attempt === attempt ? undefined : { ...row, barred: attempt })),
    unpoint: (id, attempt) => users.change(id, ({ phone, ...row }) => (phone?.attempt === attempt ? row : undefined)),
    saveProfile: (id, { nickname, nicknameAt, avatar }, expected, named) =>
      users.change(id, (row) => {
        if (row.deletedAt !== undefined || (avatar !== undefined && row.avatar?.path !== expected)) return undefined
        if (named && row.nicknameAt !== named.nicknameAt) return undefined
        const { nickname: name, nicknameAt: at, avatar: face, avatarRejected, ...rest } = row
        const nextName = nickname === undefined ? name : (nickname ?? undefined)
        const nextAt = nickname === undefined ? at : nicknameAt
        const nextFace = avatar === undefined ? face : (avatar ?? undefined)
        return {
          ...rest,
          ...(nextName !== undefined && { nickname: nextName }),
          ...(nextName !== undefined && nextAt !== undefined && { nicknameAt: nextAt }),
          ...(nextFace !== undefined && { avatar: nextFace }),
          ...(avatar === undefined && avatarRejected && { avatarRejected }),
        }
      }),
    judgeAvatar: (id, path, verdict, copy) =>
      users.change(id, ({ avatar, ...row }) => {
        if (avatar?.path !== path) return undefined
        return verdict === 'passed'
          ? { ...row, avatar: { ...avatar, ...copy, state: verdict } }
          : { ...row, avatarRejected: true }
      }),
    markDeleted: async (id, at, proof) => {
      await users.change(id, (row) => (row.deletedAt === undefined ? { ...row, deletedAt: at, proof } : undefined))
      const user = await users.find(id)
      return user && (user.proof ?? proof)
    },
    halfDeleted: (limit) =>
      slowly(() =>
        structuredClone([...users.rows.values()])
          .filter((row) => row.deletedAt !== undefined)
          .sort((a, b) => (a.deletedAt ?? 0) - (b.deletedAt ?? 0))
          .slice(0, limit),
      ),
    remove: async (id) => (await users.remove((row) => row.id === id)) > 0,
  }
  const phoneStore: PhoneStore = {
    find: phones.find,
    add: phones.add,
    replace: (claim, expected) => phones.change(claim.id, (row) => (row.attempt === expected ? claim : undefined)),
    settle: (id, attempt) =>
      phones.change(id, ({ until: _over, ...row }) => (row.attempt === attempt ? row : undefined)),
    takeBack: async (id, attempt) => (await phones.remove((row) => row.id === id && row.attempt === attempt)) > 0,
    forget: (owner) => phones.remove((row) => row.owner === owner),
    unsettled: (before, limit) =>
      slowly(() =>
        structuredClone([...phones.rows.values()])
          .filter(({ until = before }) => until < before)
          .sort((a, b) => (a.until ?? 0) - (b.until ?? 0))
          .slice(0, limit),
      ),
  }
  const counterStore: CounterStore = {
    take: async (id, limit, expiresAt) => {
      if (limit > 0 && (await counters.add({ id, count: 1, expiresAt })) === 'added') return true
      return counters.change(id, (row) => (row.count < limit ? { ...row, count: row.count + 1 } : undefined))
    },
    giveBack: async (id) => {
      await counters.change(id, (row) => (row.count > 0 ? { ...row, count: row.count - 1 } : undefined))
    },
    removeExpired: (now, limit) => counters.removeSome((row) => row.expiresAt < now, limit),
  }
  const redemptionStore: RedemptionStore = {
    find: redemptions.find,
    add: redemptions.add,
    replace: (redemption, expected) =>
      redemptions.change(redemption.id, (row) => (row.attempt === expected ? redemption : undefined)),
    remove: async (id, attempt) => (await redemptions.remove((row) => row.id === id && row.attempt === attempt)) > 0,
    forget: (identity) => redemptions.remove((row) => row.identity === identity),
    removeExpired: (now, limit) => redemptions.removeSome((row) => row.expiresAt < now, limit),
  }
  const dueOf = <T extends { expiresAt: number }>(rows: Iterable<T>, now: number, limit: number): T[] =>
    [...rows]
      .filter(({ expiresAt }) => expiresAt < now)
      .sort((a, b) => a.expiresAt - b.expiresAt)
      .slice(0, limit)
      .map((row) => structuredClone(row))
  const uploadStore: UploadStore = {
    find: uploads.find,
    add: uploads.add,
    fill: (id, at) =>
      uploads.change(id, (row) =>
        row.state === 'issued' && row.filledAt === undefined ? { ...row, filledAt: at } : undefined,
      ),
    move: (id, from, to, expiresAt) =>
      uploads.change(id, (row) => (row.state === from ? { ...row, state: to, expiresAt } : undefined)),
    doom: (id, expiresAt) =>
      uploads.change(id, ({ userId: _nobodys, ...row }) => ({ ...row, state: 'doomed', expiresAt })),
    ofUser: (userId, limit) =>
      slowly(() => [...uploads.rows.values()].filter((row) => row.userId === userId).slice(0, limit)),
    due: (now, limit) => slowly(() => dueOf(uploads.rows.values(), now, limit)),
    remove: async (id) => (await uploads.remove((row) => row.id === id)) > 0,
  }
  const mediaCheckStore: MediaCheckStore = {
    find: mediaChecks.find,
    add: mediaChecks.add,
    putOff: (id, expected, expiresAt) =>
      mediaChecks.change(id, (row) =>
        row.expiresAt === expected ? { ...row, expiresAt, attempts: row.attempts + 1 } : undefined,
      ),
    due: (now, limit, own) => {
      const isOwn = ({ appid = own }: MediaCheckRecord) => own === undefined || appid === own
      return slowly(() => dueOf([...mediaChecks.rows.values()].filter(isOwn), now, limit))
    },
    remove: async (id) => (await mediaChecks.remove((row) => row.id === id)) > 0,
    forget: (userId) => mediaChecks.remove((row) => row.userId === userId),
  }
  const pushNonceStore: PushNonceStore = {
    seen: async (id) => (await pushNonces.find(id)) !== undefined,
    add: (id, expiresAt) => pushNonces.add({ id, expiresAt }),
    removeExpired: (now, limit) => pushNonces.removeSome((row) => row.expiresAt < now, limit),
  }
  return {
    sessions: sessionStore,
    identities: identityStore,
    users: userStore,
    phones: phoneStore,
    counters: counterStore,
    redemptions: redemptionStore,
    uploads: uploadStore,
    mediaChecks: mediaCheckStore,
    pushNonces: pushNonceStore,
    deletionProofs: { add: (id, at) => deletionProofs.add({ id, at }) },
    all: () => ({
      sessions: [...sessions.rows.values()],
      identities: [...identities.rows.values()],
      users: [...users.rows.values()],
      phones: [...phones.rows.values()],
      counters: [...counters.rows.values()],
      redemptions: [...redemptions.rows.values()],
      uploads: [...uploads.rows.values()],
      mediaChecks: [...mediaChecks.rows.values()],
      pushNonces: [...pushNonces.rows.values()],
      deletionProofs: [...deletionProofs.rows.values()],
    }),
  }
}
