// What every user store must honour.
import type { UserStore } from '../../cloudfunctions/core/ports'
import { SOME_DAY } from '../support/told-clock'

let made = 0
const idOf = () => `person-${made++}`

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

  it('removes a user', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    await store.remove(id)
    expect(await store.find(id)).toBeUndefined()
  })
}
