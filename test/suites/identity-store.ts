// What every identity store must honour: claims are made once, keys change only from what was read.

import type { IdentityRecord } from '../../cloudfunctions/core/records'
import type { IdentityStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0

const identityOf = (parts: Partial<IdentityRecord> = {}): IdentityRecord => ({
  id: `o:${String(made++).padStart(64, '0')}`,
  userId: `user-${made}`,
  createdAt: SOME_DAY,
  key: { sealed: 'v1.k.first', at: SOME_DAY },
  ...parts,
})
const next = {
  key: { sealed: 'v1.k.second', at: SOME_DAY + 1 },
  previousKey: { sealed: 'v1.k.first', at: SOME_DAY + 1 },
}

export const identityStoreSuite = (make: () => IdentityStore): void => {
  it('finds what was added, field by field', async () => {
    const store = make()
    const identity = identityOf({ previousKey: { sealed: 'v1.k.zeroth', at: SOME_DAY } })
    const { key: _none, ...union } = identityOf({ id: `u:${String(made).padStart(64, '0')}`, joins: true })
    await store.add(identity)
    await store.add(union)
    expect(await store.find(identity.id)).toEqual(identity)
    expect(await store.find(union.id)).toEqual(union)
  })

  it('lets exactly one of twenty claims of one id win', async () => {
    const store = make()
    const id = identityOf().id
    const claims = Array.from({ length: 20 }, (_, n) => identityOf({ id, userId: `claimant-${n}` }))
    const outcomes = await Promise.all(claims.map((identity) => store.add(identity)))
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1)
    expect((await store.find(id))?.userId).toBe(`claimant-${outcomes.indexOf('added')}`)
  })

  it('replaces the keys when the current one is the one that was read', async () => {
    const store = make()
    const identity = identityOf()
    await store.add(identity)
    expect(await store.replaceKeys(identity.id, 'v1.k.first', next)).toBe(true)
    expect(await store.find(identity.id)).toEqual({ ...identity, ...next })
  })

  it('drops the previous key when the next keys have none', async () => {
    const store = make()
    const identity = identityOf(next)
    await store.add(identity)
    await store.replaceKeys(identity.id, 'v1.k.second', { key: { sealed: 'v1.k.third', at: SOME_DAY + 2 } })
    expect((await store.find(identity.id))?.previousKey).toBeUndefined()
  })

  it('leaves the keys alone when somebody else changed them first', async () => {
    const store = make()
    const identity = identityOf()
    await store.add(identity)
    expect(await store.replaceKeys(identity.id, 'v1.k.read-long-ago', next)).toBe(false)
    expect(await store.find(identity.id)).toEqual(identity)
  })

  it('gives keys to an identity that has none, once', async () => {
    const store = make()
    const { key: _none, ...bare } = identityOf()
    await store.add(bare)
    expect(await store.replaceKeys(bare.id, undefined, next)).toBe(true)
    expect(await store.replaceKeys(bare.id, undefined, next)).toBe(false)
  })

  it('makes no identity by replacing the keys of one that is gone', async () => {
    const store = make()
    const { id } = identityOf()
    expect(await store.replaceKeys(id, 'v1.k.first', next)).toBe(false)
    expect(await store.find(id)).toBeUndefined()
  })

  it('releases a claim for its holder only', async () => {
    const store = make()
    const { id, userId } = identityOf()
    await store.add(identityOf({ id, userId }))
    expect(await store.release(id, 'somebody-else')).toBe(false)
    expect(await store.find(id)).toBeDefined()
    expect(await store.release(id, userId)).toBe(true)
    expect(await store.find(id)).toBeUndefined()
  })

  it('keeps a sealed openid for the holder of the claim, and for nobody else', async () => {
    const store = make()
    const identity = identityOf()
    await store.add(identity)
    expect(await store.keepOpenid(identity.id, 'somebody-else', 'v1.k.theirs')).toBe(false)
    expect(await store.find(identity.id)).toEqual(identity)
    expect(await store.keepOpenid(identity.id, identity.userId, 'v1.k.openid')).toBe(true)
    expect(await store.find(identity.id)).toEqual({ ...identity, openid: 'v1.k.openid' })
  })

  it('makes no identity by keeping the openid of one that is gone', async () => {
    const store = make()
    const { id, userId } = identityOf()
    expect(await store.keepOpenid(id, userId, 'v1.k.openid')).toBe(false)
    expect(await store.find(id)).toBeUndefined()
  })

  it('lists all that lead to a user, of every kind, and nothing else', async () => {
    const store = make()
    const userId = `known-twice-${made}`
    const { key: _none, ...union } = identityOf({ id: `u:${String(made).padStart(64, '0')}`, userId })
    const mine = [identityOf({ userId }), identityOf({ userId, openid: 'v1.k.openid' }), union]
    for (const identity of [...mine, identityOf()]) await store.add(identity)
    const byId = (a: IdentityRecord, b: IdentityRecord) => (a.id < b.id ? -1 : 1)
    expect((await store.ofUser(userId)).sort(byId)).toEqual(mine.sort(byId))
    expect(await store.ofUser('nobody')).toEqual([])
  })
}
