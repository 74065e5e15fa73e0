// What every store of phone claims must honour: made once, changed only by whom they belong to.

import type { PhoneClaimRecord } from '../../cloudfunctions/core/records'
import type { PhoneStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0

const claimOf = (parts: Partial<PhoneClaimRecord> = {}): PhoneClaimRecord => ({
  id: String(made++).padStart(64, '0'),
  owner: `owner-${made}`,
  attempt: `attempt-${made}`,
  until: SOME_DAY,
  ...parts,
})

export const phoneStoreSuite = (make: () => PhoneStore): void => {
  it('finds what was added, field by field', async () => {
    const store = make()
    const { until: _over, ...settled } = claimOf()
    const making = claimOf()
    for (const claim of [settled, making]) expect(await store.add(claim)).toBe('added')
    expect(await store.find(settled.id)).toEqual(settled)
    expect(await store.find(making.id)).toEqual(making)
    expect(await store.find('nobody')).toBeUndefined()
  })

  it('tells the claims that should have been settled before a time, the oldest first', async () => {
    const store = make()
    const [late, early, coming] = [claimOf({ until: 20 }), claimOf({ until: 10 }), claimOf({ until: 30 })]
    const { until: _over, ...settled } = claimOf()
    for (const claim of [late, early, coming, settled]) await store.add(claim)
    expect(await store.unsettled(30, 10)).toEqual([early, late])
    expect(await store.unsettled(30, 1)).toEqual([early])
    for (const { id } of [late, early, coming]) await store.settle(id, (await store.find(id))?.attempt ?? '')
    expect(await store.unsettled(30, 10)).toEqual([])
  })

  it('lets exactly one of twenty claims of one number win', async () => {
    const store = make()
    const { id } = claimOf()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.add(claimOf({ id }))))
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1)
  })

  it('lets exactly one of twenty replace a dead claim', async () => {
    const store = make()
    const dead = claimOf()
    await store.add(dead)
    const next = Array.from({ length: 20 }, () => claimOf({ id: dead.id }))
    const outcomes = await Promise.all(next.map((claim) => store.replace(claim, dead.attempt)))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await store.find(dead.id)).toEqual(next[outcomes.indexOf(true)])
  })

  it('replaces nothing that is gone', async () => {
    const store = make()
    const claim = claimOf()
    expect(await store.replace(claim, 'long-ago')).toBe(false)
    expect(await store.find(claim.id)).toBeUndefined()
  })

  it('settles a claim for the attempt that wrote it, and drops its time', async () => {
    const store = make()
    const claim = claimOf()
    await store.add(claim)
    expect(await store.settle(claim.id, 'another')).toBe(false)
    expect(await store.settle(claim.id, claim.attempt)).toBe(true)
    expect(await store.find(claim.id)).not.toHaveProperty('until')
  })

  it('gives a settled claim a time again when it is replaced', async () => {
    const store = make()
    const { until: _over, ...settled } = claimOf()
    const next = claimOf({ id: settled.id, until: SOME_DAY + 5 })
    await store.add(settled)
    await store.replace(next, settled.attempt)
    expect(await store.find(settled.id)).toEqual(next)
  })

  it('lets an attempt take back its own claim and no other', async () => {
    const store = make()
    const claim = claimOf()
    await store.add(claim)
    expect(await store.takeBack(claim.id, 'another')).toBe(false)
    expect(await store.takeBack(claim.id, claim.attempt)).toBe(true)
    expect(await store.find(claim.id)).toBeUndefined()
  })

  it('forgets every claim of one owner and none of another', async () => {
    const store = make()
    const owner = `leaving-${made}`
    const foreign = claimOf()
    for (const claim of [claimOf({ owner }), claimOf({ owner }), foreign]) await store.add(claim)
    expect(await store.forget(owner)).toBe(2)
    expect(await store.forget(owner)).toBe(0)
    expect(await store.find(foreign.id)).toEqual(foreign)
  })
}
