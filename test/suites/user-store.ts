// What every user store must honour.
import type { UserStore } from '../../cloudfunctions/core/ports'
import { SOME_DAY } from '../support/told-clock'

let made = 0
const idOf = () => `person-${made++}`
const phoneOf = (attempt: string) => ({
  claim: 'c'.repeat(64),
  attempt,
  sealed: 'v1.k.number',
  masked: '120****0005',
  countryCode: '86',
  boundAt: SOME_DAY,
})

export const userStoreSuite = (make: () => UserStore): void => {
  it('finds what was added, field by field', async () => {
    const store = make()
    const user = { id: idOf(), createdAt: SOME_DAY, union: `u:${'b'.repeat(64)}`, deletedAt: SOME_DAY + 1 }
    expect(await store.add(user)).toBe('added')
    expect(await store.find(user.id)).toEqual(user)
    expect(await store.find('nobody')).toBeUndefined()
  })

  it('does not replace a user by adding one of the same id', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    expect(await store.add({ id, createdAt: SOME_DAY + 1 })).toBe('exists')
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY })
  })

  it('links a user that is there and makes none that is not', async () => {
    const store = make()
    const id = idOf()
    expect(await store.link(id, 'u:x')).toBe(false)
    expect(await store.find(id)).toBeUndefined()
    await store.add({ id, createdAt: SOME_DAY })
    expect(await store.link(id, 'u:x')).toBe(true)
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY, union: 'u:x' })
  })

  it('points a user to a number, and to another from what was read only', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    expect(await store.point(id, undefined, phoneOf('first'))).toBe(true)
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY, phone: phoneOf('first') })
    expect(await store.point(id, undefined, phoneOf('late'))).toBe(false)
    expect(await store.point(id, 'another', phoneOf('late'))).toBe(false)
    expect(await store.point(id, 'first', phoneOf('second'))).toBe(true)
    expect((await store.find(id))?.phone).toEqual(phoneOf('second'))
  })

  it('points nobody who is gone or going', async () => {
    const store = make()
    const [gone, going] = [idOf(), idOf()]
    await store.add({ id: going, createdAt: SOME_DAY, deletedAt: SOME_DAY })
    for (const id of [gone, going]) expect(await store.point(id, undefined, phoneOf('late'))).toBe(false)
    expect(await store.find(gone)).toBeUndefined()
  })

  it('removes a pointer for the attempt that wrote it, and for no other', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY, phone: phoneOf('first') })
    expect(await store.unpoint(id, 'another')).toBe(false)
    expect(await store.unpoint(id, 'first')).toBe(true)
    expect(await store.unpoint(id, 'first')).toBe(false)
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY })
  })

  it('bars an attempt that has not pointed yet, and only that one', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    expect(await store.bar(id, 'late')).toBe(true)
    expect(await store.point(id, undefined, phoneOf('late'))).toBe(false)
    expect(await store.point(id, undefined, phoneOf('next'))).toBe(true)
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY, barred: 'late', phone: phoneOf('next') })
  })

  it('bars nobody who has pointed, and makes nobody by barring', async () => {
    const store = make()
    const [id, nobody] = [idOf(), idOf()]
    await store.add({ id, createdAt: SOME_DAY, phone: phoneOf('first') })
    expect([await store.bar(id, 'first'), await store.bar(nobody, 'first')]).toEqual([false, false])
    expect(await store.find(id)).not.toHaveProperty('barred')
    expect(await store.find(nobody)).toBeUndefined()
  })

  it('removes a user', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    await store.remove(id)
    expect(await store.find(id)).toBeUndefined()
  })
}
