// What every store of redeemed phone codes must honour: one spender at a time, and memory only of what was written.

import type { RedemptionRecord } from '../../cloudfunctions/core/records'
import type { RedemptionStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0

const redemptionOf = (parts: Partial<RedemptionRecord> = {}): RedemptionRecord => ({
  id: `phoneCode:${String(made++).padStart(64, '0')}`,
  identity: `o:${'a'.repeat(64)}`,
  attempt: `attempt-${made}`,
  until: SOME_DAY,
  expiresAt: SOME_DAY + 1000,
  ...parts,
})

export const redemptionStoreSuite = (make: () => RedemptionStore): void => {
  it('finds what was added, with and without a number', async () => {
    const store = make()
    const [spending, spent] = [redemptionOf(), redemptionOf({ sealed: 'v1.k.number' })]
    for (const redemption of [spending, spent]) {
      await store.add(redemption)
      expect(await store.find(redemption.id)).toEqual(redemption)
    }
  })

  it('lets exactly one of twenty spend a code', async () => {
    const store = make()
    const { id } = redemptionOf()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.add(redemptionOf({ id }))))
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1)
  })

  it('lets exactly one of twenty replace a spender that died', async () => {
    const store = make()
    const dead = redemptionOf({ sealed: 'v1.k.forgotten' })
    await store.add(dead)
    const next = Array.from({ length: 20 }, () => redemptionOf({ id: dead.id }))
    const outcomes = await Promise.all(next.map((redemption) => store.replace(redemption, dead.attempt)))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await store.find(dead.id)).toEqual(next[outcomes.indexOf(true)])
  })

  it('remembers the number for the attempt that wrote it, and for no other', async () => {
    const store = make()
    const mine = redemptionOf()
    await store.add(mine)
    expect(await store.replace({ ...mine, sealed: 'v1.k.number' }, 'another')).toBe(false)
    expect(await store.replace({ ...mine, sealed: 'v1.k.number' }, mine.attempt)).toBe(true)
    expect((await store.find(mine.id))?.sealed).toBe('v1.k.number')
  })

  it('removes for the attempt that wrote it, and for no other', async () => {
    const store = make()
    const mine = redemptionOf()
    await store.add(mine)
    expect(await store.remove(mine.id, 'another')).toBe(false)
    expect(await store.remove(mine.id, mine.attempt)).toBe(true)
    expect(await store.find(mine.id)).toBeUndefined()
  })

  it('forgets all of one identity and nothing of another', async () => {
    const store = make()
    const identity = `o:leaving-${made}`
    const foreign = redemptionOf()
    for (const one of [redemptionOf({ identity }), redemptionOf({ identity }), foreign]) await store.add(one)
    expect(await store.forget(identity)).toBe(2)
    expect(await store.find(foreign.id)).toBeDefined()
  })

  it('removes what is over in pages, the oldest first, and nothing that is not', async () => {
    const store = make()
    const [a, b, c] = [1, 2, 3].map((n) => redemptionOf({ expiresAt: 100 + n }))
    const living = redemptionOf()
    for (const one of [a, b, c, living]) if (one) await store.add(one)
    expect(await store.removeExpired(150, 2)).toBe(2)
    expect(await store.removeExpired(150, 2)).toBe(1)
    expect(await store.removeExpired(150, 2)).toBe(0)
    expect(await store.find(living.id)).toEqual(living)
  })
}
