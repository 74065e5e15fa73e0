// What every session store must honour, wherever it keeps its documents.

import type { SessionRecord } from '../../cloudfunctions/core/records'
import type { SessionStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0

const sessionOf = (parts: Partial<SessionRecord> = {}): SessionRecord => ({
  id: String(made++).padStart(64, '0'),
  userId: `user-${made}`,
  identity: `o:${'a'.repeat(64)}`,
  transport: 'cloud',
  createdAt: SOME_DAY,
  lastSeenAt: SOME_DAY,
  expiresAt: SOME_DAY + 1000,
  endsAt: SOME_DAY + 2000,
  ...parts,
})
const device = (id: string) => ({ id, model: 'Pixel', platform: 'android' })
const markOf = (at: number) => ({ revokedAt: at, expiresAt: at + 5000 })
const byId = (a: SessionRecord, b: SessionRecord) => (a.id < b.id ? -1 : 1)

export const sessionStoreSuite = (make: () => SessionStore): void => {
  it('finds what was added, field by field, and nothing under another id', async () => {
    const store = make()
    const session = sessionOf({ device: device('device-1') })
    expect(await store.add(session)).toBe('added')
    expect(await store.find(session.id)).toEqual(session)
    expect(await store.find('nobody')).toBeUndefined()
  })

  it('keeps a session without a device without one', async () => {
    const store = make()
    const session = sessionOf()
    await store.add(session)
    expect(await store.find(session.id)).toEqual(session)
  })

  it('does not replace a session by adding one of the same id', async () => {
    const store = make()
    const session = sessionOf()
    await store.add(session)
    expect(await store.add({ ...session, userId: 'somebody-else' })).toBe('exists')
    expect((await store.find(session.id))?.userId).toBe(session.userId)
  })

  it('slides a session that is there', async () => {
    const store = make()
    const session = sessionOf()
    await store.add(session)
    const to = { lastSeenAt: SOME_DAY + 5, expiresAt: SOME_DAY + 1500 }
    expect(await store.slide(session.id, session.lastSeenAt, to)).toBe(true)
    expect(await store.find(session.id)).toEqual({ ...session, ...to })
  })

  it('slides a session once for all who saw it last at the same time', async () => {
    const store = make()
    const session = sessionOf()
    await store.add(session)
    const ends = [1500, 1501, 1502].map((ms) => ({ lastSeenAt: SOME_DAY + 5, expiresAt: SOME_DAY + ms }))
    const slid = await Promise.all(ends.map((to) => store.slide(session.id, SOME_DAY, to)))
    expect(slid.filter(Boolean)).toHaveLength(1)
    expect(await store.find(session.id)).toEqual({ ...session, ...ends[slid.indexOf(true)] })
  })

  it('does not bring a removed session back by sliding it', async () => {
    const store = make()
    const session = sessionOf()
    await store.add(session)
    await store.remove(session.id)
    expect(await store.slide(session.id, SOME_DAY, { lastSeenAt: 1, expiresAt: 2 })).toBe(false)
    expect(await store.find(session.id)).toBeUndefined()
  })

  it('removes a session that is not there without complaint', async () => {
    await expect(make().remove('nobody')).resolves.toBeUndefined()
  })

  it('replaces the earlier sessions of a device and leaves later ones, other devices and other users', async () => {
    const store = make()
    const mine = { userId: `replacing-${made}`, device: device('device-1') }
    const [first, second, third] = [1, 2, 3].map((at) => sessionOf({ ...mine, createdAt: SOME_DAY + at }))
    if (!first || !second || !third) throw new Error('three were made')
    const elsewhere = sessionOf({ ...mine, device: device('device-2'), createdAt: SOME_DAY })
    const foreign = sessionOf({ ...mine, userId: `other-${made}`, createdAt: SOME_DAY })
    for (const session of [first, second, third, elsewhere, foreign]) await store.add(session)
    expect(await store.removeEarlier(second)).toBe(1)
    expect(await store.find(first.id)).toBeUndefined()
    for (const { id } of [second, third, elsewhere, foreign]) expect(await store.find(id)).toBeDefined()
  })

  it('leaves exactly one of two sessions that began in the same millisecond, whoever removes first', async () => {
    const store = make()
    const mine = { userId: `twins-${made}`, device: device('device-1') }
    const twins = [sessionOf(mine), sessionOf(mine)]
    for (const session of twins) await store.add(session)
    const removed = await Promise.all(twins.map((session) => store.removeEarlier(session)))
    expect(removed.toSorted()).toEqual([0, 1])
    expect((await Promise.all(twins.map(({ id }) => store.find(id)))).filter(Boolean)).toHaveLength(1)
  })

  it('replaces nothing for a session without a device', async () => {
    const store = make()
    const userId = `nameless-${made}`
    const [earlier, later] = [sessionOf({ userId }), sessionOf({ userId, createdAt: SOME_DAY + 1 })]
    await store.add(earlier)
    await store.add(later)
    expect(await store.removeEarlier(later)).toBe(0)
    expect(await store.find(earlier.id)).toBeDefined()
  })

  it('marks all the other sessions of a user, on every device, and nobody else, and says how many', async () => {
    const store = make()
    const userId = `leaving-${made}`
    const sessions = ['device-1', 'device-2', 'device-3'].map((id) => sessionOf({ userId, device: device(id) }))
    const foreign = sessionOf()
    for (const session of [...sessions, foreign]) await store.add(session)
    const kept = sessions[1]?.id ?? ''
    const mark = markOf(SOME_DAY + 7)
    expect(await store.revokeOthers(userId, kept, mark)).toBe(2)
    const now = await Promise.all(sessions.map(({ id }) => store.find(id)))
    expect(now).toEqual(sessions.map((session) => (session.id === kept ? session : { ...session, ...mark })))
    expect((await store.find(foreign.id))?.revokedAt).toBeUndefined()
    expect(await store.revokeOthers(userId, kept, markOf(SOME_DAY + 9))).toBe(0)
  })

  it('marks one session of its owner, once', async () => {
    const store = make()
    const session = sessionOf()
    await store.add(session)
    expect(await store.revoke(session.id, 'somebody-else', markOf(SOME_DAY))).toBe(false)
    expect(await store.revoke(session.id, session.userId, markOf(SOME_DAY))).toBe(true)
    expect(await store.revoke(session.id, session.userId, markOf(SOME_DAY + 1))).toBe(false)
    expect(await store.find(session.id)).toEqual({ ...session, ...markOf(SOME_DAY) })
  })

  it('lists what of a user is not marked, on every device, and nobody else’s', async () => {
    const store = make()
    const userId = `listed-${made}`
    const living = [sessionOf({ userId }), sessionOf({ userId, device: device('device-1') })]
    const marked = sessionOf({ userId, device: device('device-1'), revokedAt: SOME_DAY })
    for (const session of [...living, marked, sessionOf()]) await store.add(session)
    expect((await store.unmarked(userId)).toSorted(byId)).toEqual(living)
    expect(await store.unmarked('nobody')).toEqual([])
  })

  it('lists all of a user on one device, marked ones too', async () => {
    const store = make()
    const mine = { userId: `on-one-${made}`, device: device('device-1') }
    const sessions = [sessionOf(mine), sessionOf({ ...mine, revokedAt: SOME_DAY })]
    const others = [sessionOf({ ...mine, device: device('device-2') }), sessionOf({ ...mine, userId: 'somebody-else' })]
    for (const session of [...sessions, ...others, sessionOf({ userId: mine.userId })]) await store.add(session)
    expect((await store.ofDevice(mine.userId, 'device-1')).toSorted(byId)).toEqual(sessions)
  })

  it('removes all of a user, marked ones too, and nobody else', async () => {
    const store = make()
    const userId = `removed-${made}`
    const sessions = [sessionOf({ userId }), sessionOf({ userId, revokedAt: SOME_DAY })]
    const foreign = sessionOf()
    for (const session of [...sessions, foreign]) await store.add(session)
    expect(await store.removeAll(userId)).toBe(2)
    for (const { id } of sessions) expect(await store.find(id)).toBeUndefined()
    expect(await store.find(foreign.id)).toEqual(foreign)
  })

  it('removes what is over in pages, and nothing that is not', async () => {
    const store = make()
    const over = Array.from({ length: 5 }, (_, n) => sessionOf({ expiresAt: 100 + n }))
    const living = sessionOf({ expiresAt: 200 })
    for (const session of [...over, living]) await store.add(session)
    expect(await store.removeExpired(150, 3)).toBe(3)
    expect(await store.removeExpired(150, 3)).toBe(2)
    expect(await store.removeExpired(150, 3)).toBe(0)
    expect(await store.find(living.id)).toEqual(living)
  })

  it('does not prolong a marked session', async () => {
    const store = make()
    const session = sessionOf({ revokedAt: SOME_DAY })
    await store.add(session)
    expect(await store.slide(session.id, SOME_DAY, { lastSeenAt: SOME_DAY + 5, expiresAt: SOME_DAY + 1500 })).toBe(
      false,
    )
    expect(await store.find(session.id)).toEqual(session)
  })

  it('removes the mark of a device with its earlier sessions', async () => {
    const store = make()
    const mine = { userId: `back-again-${made}`, device: device('device-1') }
    const marked = sessionOf({ ...mine, revokedAt: SOME_DAY })
    const fresh = sessionOf({ ...mine, createdAt: SOME_DAY + 1 })
    for (const session of [marked, fresh]) await store.add(session)
    expect(await store.removeEarlier(fresh)).toBe(1)
    expect(await store.ofDevice(mine.userId, 'device-1')).toEqual([fresh])
  })
}
