// What every user store must honour.

import type { UserAvatar } from '../../cloudfunctions/core/records'
import type { UserStore } from '../../cloudfunctions/core/stores'
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

const avatarOf = (path: string): UserAvatar => ({
  path,
  fileID: `cloud://env.bucket/${path}`,
  state: 'checking',
  savedAt: SOME_DAY + 3,
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

  it('saves a name and a picture in one, leaves what is absent, and removes what is null', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY, phone: phoneOf('first') })
    const bare = await store.find(id)
    expect(await store.saveProfile(id, { nickname: 'A', avatar: avatarOf('1') }, undefined)).toBe(true)
    expect(await store.find(id)).toEqual({ ...bare, nickname: 'A', avatar: avatarOf('1') })
    expect(await store.saveProfile(id, { nickname: 'B' }, 'anything')).toBe(true)
    expect(await store.find(id)).toEqual({ ...bare, nickname: 'B', avatar: avatarOf('1') })
    expect(await store.saveProfile(id, { nickname: null, avatar: null }, '1')).toBe(true)
    expect(await store.find(id)).toEqual(bare)
  })

  it('keeps the time of a name with the name, and none that was not said', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    await store.saveProfile(id, { nickname: 'A', nicknameAt: 5 }, undefined)
    await store.saveProfile(id, { avatar: avatarOf('1') }, undefined)
    expect(await store.find(id)).toMatchObject({ nickname: 'A', nicknameAt: 5 })
    await store.saveProfile(id, { nickname: 'B' }, undefined)
    expect(await store.find(id)).not.toHaveProperty('nicknameAt')
    await store.saveProfile(id, { nickname: 'C', nicknameAt: 6 }, undefined)
    await store.saveProfile(id, { nickname: null, avatar: null }, '1')
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY })
  })

  it('removes a name of the time that was read, and no other', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY, nickname: 'old', avatar: avatarOf('1') })
    const remove = (named: { nicknameAt?: number }) => store.saveProfile(id, { nickname: null }, '1', named)
    expect(await remove({ nicknameAt: 5 })).toBe(false)
    expect(await store.saveProfile(id, { nickname: 'new', nicknameAt: 5 }, '1', {})).toBe(true)
    expect([await remove({}), await remove({ nicknameAt: 4 })]).toEqual([false, false])
    expect(await store.find(id)).toMatchObject({ nickname: 'new' })
    expect(await remove({ nicknameAt: 5 })).toBe(true)
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY, avatar: avatarOf('1') })
  })

  it('says yes to a save that changes nothing', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    for (let n = 0; n < 2; n++) expect(await store.saveProfile(id, { nickname: 'same' }, undefined)).toBe(true)
  })

  it('saves neither name nor picture when the picture before is another than was read', async () => {
    const store = make()
    const id = idOf()
    const user = { id, createdAt: SOME_DAY, nickname: 'A', avatar: avatarOf('1') }
    await store.add(user)
    for (const expected of [undefined, '2']) {
      expect(await store.saveProfile(id, { nickname: 'B', avatar: avatarOf('3') }, expected)).toBe(false)
      expect(await store.saveProfile(id, { nickname: 'B', avatar: null }, expected)).toBe(false)
    }
    expect(await store.find(id)).toEqual(user)
  })

  it('lets exactly one of ten pictures take the place of the one that was read', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY, avatar: avatarOf('old') })
    const saves = Array.from({ length: 10 }, (_, n) =>
      store.saveProfile(id, { nickname: `n${n}`, avatar: avatarOf(`p${n}`) }, 'old'),
    )
    const winner = (await Promise.all(saves)).map((won, n) => (won ? n : -1)).filter((n) => n >= 0)
    expect(winner).toHaveLength(1)
    expect(await store.find(id)).toMatchObject({ nickname: `n${winner[0]}`, avatar: { path: `p${winner[0]}` } })
  })

  it('saves no profile of anybody who is gone or going', async () => {
    const store = make()
    const [gone, going] = [idOf(), idOf()]
    const leaving = { id: going, createdAt: SOME_DAY, deletedAt: SOME_DAY }
    await store.add(leaving)
    for (const id of [gone, going]) expect(await store.saveProfile(id, { nickname: 'late' }, undefined)).toBe(false)
    expect([await store.find(gone), await store.find(going)]).toEqual([undefined, leaving])
  })

  it('judges the picture of this path and no other', async () => {
    const store = make()
    const id = idOf()
    const user = { id, createdAt: SOME_DAY, nickname: 'A', avatar: avatarOf('1') }
    await store.add(user)
    expect(await store.judgeAvatar(id, 'replaced', 'rejected')).toBe(false)
    expect(await store.find(id)).toEqual(user)
    expect(await store.judgeAvatar(id, '1', 'passed')).toBe(true)
    expect(await store.find(id)).toEqual({ ...user, avatar: { ...user.avatar, state: 'passed' } })
    expect(await store.judgeAvatar(id, '1', 'rejected')).toBe(true)
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY, nickname: 'A', avatarRejected: true })
    expect(await store.judgeAvatar('nobody', '1', 'passed')).toBe(false)
  })

  it('puts the copy in the place of a picture that passed, and of no other', async () => {
    const store = make()
    const id = idOf()
    const [user, copy] = [
      { id, createdAt: SOME_DAY, avatar: avatarOf('1') },
      { path: '2', fileID: 'cloud://env.bucket/2' },
    ]
    await store.add(user)
    expect(await store.judgeAvatar(id, 'replaced', 'passed', copy)).toBe(false)
    expect(await store.find(id)).toEqual(user)
    const outcomes = await Promise.all([1, 2].map(() => store.judgeAvatar(id, '1', 'passed', copy)))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await store.find(id)).toEqual({ ...user, avatar: { ...user.avatar, ...copy, state: 'passed' } })
  })

  it('forgets a rejection with the next picture, and not with a name', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY, avatarRejected: true })
    await store.saveProfile(id, { nickname: 'A' }, undefined)
    expect(await store.find(id)).toMatchObject({ avatarRejected: true })
    await store.saveProfile(id, { avatar: avatarOf('1') }, undefined)
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY, nickname: 'A', avatar: avatarOf('1') })
  })

  it('marks a deletion once, keeps its time and its proof, and makes nobody by it', async () => {
    const store = make()
    const id = idOf()
    await store.add({ id, createdAt: SOME_DAY })
    expect([await store.markDeleted(id, 10, 'p'), await store.markDeleted(id, 20, 'q')]).toEqual(['p', 'p'])
    expect(await store.find(id)).toEqual({ id, createdAt: SOME_DAY, deletedAt: 10, proof: 'p' })
    expect(await store.markDeleted('nobody', 10, 'p')).toBeUndefined()
    expect(await store.find('nobody')).toBeUndefined()
  })

  it('finds those whose deletion did not end, the oldest first, and a few at a time', async () => {
    const store = make()
    const ids = [idOf(), idOf(), idOf()]
    for (const [n, id] of ids.entries()) await store.add({ id, createdAt: SOME_DAY, deletedAt: 3 - n })
    await store.add({ id: idOf(), createdAt: SOME_DAY })
    expect((await store.halfDeleted(2)).map(({ id }) => id)).toEqual([ids[2], ids[1]])
    for (const id of ids) expect(await store.remove(id)).toBe(true)
    expect(await store.remove(ids[0] ?? '')).toBe(false)
  })
}
