// What every store of picture checks must honour: one instance takes an overdue one, and a user's all go at once.

import type { MediaCheckRecord } from '../../cloudfunctions/core/records'
import type { MediaCheckStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0

const checkOf = (parts: Partial<MediaCheckRecord> = {}): MediaCheckRecord => ({
  id: `mediaCheck:trace-${made++}`,
  userId: `user-${made}`,
  path: `avatars/${String(made).padStart(32, '0')}.png`,
  attempts: 1,
  expiresAt: SOME_DAY,
  ...parts,
})

export const mediaCheckStoreSuite = (make: () => MediaCheckStore): void => {
  it('finds what was added, field by field, and adds nothing twice', async () => {
    const store = make()
    for (const check of [checkOf(), checkOf({ copy: `copies/${'c'.repeat(32)}/avatars/x.png`, appid: 'wx-a' })]) {
      expect([await store.add(check), await store.add({ ...check, userId: 'other' })]).toEqual(['added', 'exists'])
      expect(await store.find(check.id)).toEqual(check)
    }
    expect(await store.find('mediaCheck:nobody')).toBeUndefined()
  })

  it('lets one of ten put off what is overdue, and counts it', async () => {
    const store = make()
    const check = checkOf()
    await store.add(check)
    const taken = await Promise.all(Array.from({ length: 10 }, () => store.putOff(check.id, SOME_DAY, SOME_DAY + 5)))
    expect(taken.filter(Boolean)).toHaveLength(1)
    expect(await store.find(check.id)).toEqual({ ...check, attempts: 2, expiresAt: SOME_DAY + 5 })
    expect(await store.putOff('mediaCheck:nobody', SOME_DAY, SOME_DAY)).toBe(false)
  })

  it('lists what is overdue, the oldest first, and removes once', async () => {
    const store = make()
    const [late, early] = [checkOf({ expiresAt: 102 }), checkOf({ expiresAt: 101 })]
    for (const check of [late, early, checkOf()]) await store.add(check)
    expect(await store.due(101, 10, undefined)).toEqual([])
    expect(await store.due(150, 10, undefined)).toEqual([early, late])
    expect(await store.due(150, 1, undefined)).toEqual([early])
    for (const { id } of [late, early]) expect([await store.remove(id), await store.remove(id)]).toEqual([true, false])
  })

  it('lists what is overdue of one mini-program, and what bears the name of none', async () => {
    const store = make()
    const [here, there, old] = [
      checkOf({ expiresAt: 101, appid: 'wx-a' }),
      checkOf({ expiresAt: 102, appid: 'wx-b' }),
      checkOf({ expiresAt: 103 }),
    ]
    for (const check of [here, there, old]) await store.add(check)
    expect(await store.due(150, 10, 'wx-a')).toEqual([here, old])
    expect(await store.due(150, 1, 'wx-b')).toEqual([there])
    expect(await store.due(150, 10, undefined)).toEqual([here, there, old])
    for (const { id } of [here, there, old]) await store.remove(id)
  })

  it('forgets all of a user and nothing of another', async () => {
    const store = make()
    const userId = `leaving-${made}`
    const foreign = checkOf()
    for (const check of [checkOf({ userId }), checkOf({ userId }), foreign]) await store.add(check)
    expect(await store.forget(userId)).toBe(2)
    expect(await store.find(foreign.id)).toEqual(foreign)
  })
}
