// The stores in memory: twins of the ones on the cloud database, held to the same suites.
import type {
  Added,
  CounterStore,
  IdentityStore,
  PhoneStore,
  RedemptionStore,
  SessionStore,
  Stores,
  UserStore,
} from '../../cloudfunctions/core/ports'
import type {
  IdentityRecord,
  PhoneClaimRecord,
  RedemptionRecord,
  SessionRecord,
  UserRecord,
} from '../../cloudfunctions/core/records'

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
  }
}

export const createMemoryStores = (): MemoryStores => {
  const sessions = createTable<SessionRecord>()
  const identities = createTable<IdentityRecord>()
  const users = createTable<UserRecord>()
  const phones = createTable<PhoneClaimRecord>()
  const counters = createTable<CounterRow>()
  const redemptions = createTable<RedemptionRecord>()
  const sessionStore: SessionStore = {
    find: sessions.find,
    add: sessions.add,
    slide: (id, to) => sessions.change(id, (row) => ({ ...row, ...to })),
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
    removeOthers: (userId, keep) => sessions.remove((row) => row.userId === userId && row.id !== keep),
  }
  const identityStore: IdentityStore = {
    find: identities.find,
    add: identities.add,
    replaceKeys: (id, expected, keys) =>
      identities.change(id, ({ key, previousKey: _dropped, ...row }) =>
        key?.sealed === expected ? { ...row, ...keys } : undefined,
      ),
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
    remove: async (id) => {
      await users.remove((row) => row.id === id)
    },
  }
  const phoneStore: PhoneStore = {
    find: phones.find,
    add: phones.add,
    replace: (claim, expected) => phones.change(claim.id, (row) => (row.attempt === expected ? claim : undefined)),
    settle: (id, attempt) =>
      phones.change(id, ({ until: _over, ...row }) => (row.attempt === attempt ? row : undefined)),
    takeBack: async (id, attempt) => (await phones.remove((row) => row.id === id && row.attempt === attempt)) > 0,
  }
  const counterStore: CounterStore = {
    take: async (id, limit, expiresAt) => {
      if (limit > 0 && (await counters.add({ id, count: 1, expiresAt })) === 'added') return true
      return counters.change(id, (row) => (row.count < limit ? { ...row, count: row.count + 1 } : undefined))
    },
    giveBack: async (id) => {
      await counters.change(id, (row) => (row.count > 0 ? { ...row, count: row.count - 1 } : undefined))
    },
  }
  const redemptionStore: RedemptionStore = {
    find: redemptions.find,
    add: redemptions.add,
    replace: (redemption, expected) =>
      redemptions.change(redemption.id, (row) => (row.attempt === expected ? redemption : undefined)),
    remove: async (id, attempt) => (await redemptions.remove((row) => row.id === id && row.attempt === attempt)) > 0,
    forget: (identity) => redemptions.remove((row) => row.identity === identity),
  }
  return {
    sessions: sessionStore,
    identities: identityStore,
    users: userStore,
    phones: phoneStore,
    counters: counterStore,
    redemptions: redemptionStore,
    all: () => ({
      sessions: [...sessions.rows.values()],
      identities: [...identities.rows.values()],
      users: [...users.rows.values()],
      phones: [...phones.rows.values()],
      counters: [...counters.rows.values()],
      redemptions: [...redemptions.rows.values()],
    }),
  }
}
