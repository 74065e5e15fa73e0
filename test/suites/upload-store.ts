// What every store of uploads must honour: a path is filled once, moves only from where it was, and is found until erased.

import type { UploadRecord } from '../../cloudfunctions/core/records'
import type { UploadStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0

type Owned = UploadRecord & { userId: string }
const uploadOf = (parts: Partial<Owned> = {}): Owned => {
  const name = String(made++).padStart(32, '0')
  return {
    id: `upload:${name}`,
    userId: `user-${made}`,
    path: `avatars/${name}.png`,
    type: 'png',
    state: 'issued',
    createdAt: SOME_DAY,
    expiresAt: SOME_DAY + 1000,
    ...parts,
  }
}
const pathsOf = (uploads: UploadRecord[]) => uploads.map(({ path }) => path).toSorted((a, b) => (a < b ? -1 : 1))

export const uploadStoreSuite = (make: () => UploadStore): void => {
  it('finds what was added, field by field', async () => {
    const store = make()
    const { userId: _nobodys, ...doomed } = uploadOf({ state: 'doomed' })
    const filled = uploadOf({ filledAt: SOME_DAY + 1, ours: true })
    for (const upload of [doomed, filled]) {
      expect(await store.add(upload)).toBe('added')
      expect(await store.find(upload.id)).toEqual(upload)
      expect(await store.add(upload)).toBe('exists')
    }
    expect(await store.find('upload:nobody')).toBeUndefined()
  })

  it('lets one of ten fill a path, and nobody one that is not issued any more', async () => {
    const store = make()
    const [issued, saved] = [uploadOf(), uploadOf({ state: 'saved' })]
    for (const upload of [issued, saved]) await store.add(upload)
    const filled = await Promise.all(Array.from({ length: 10 }, () => store.fill(issued.id, SOME_DAY + 1)))
    expect(filled.filter(Boolean)).toHaveLength(1)
    expect([await store.fill(saved.id, SOME_DAY), await store.fill('upload:nobody', SOME_DAY)]).toEqual([false, false])
    expect(await store.find(issued.id)).toEqual({ ...issued, filledAt: SOME_DAY + 1 })
  })

  it('lets one of ten take a path from issued to saved', async () => {
    const store = make()
    const upload = uploadOf()
    await store.add(upload)
    const moves = Array.from({ length: 10 }, (_, n) => store.move(upload.id, 'issued', 'saved', SOME_DAY + 2000 + n))
    expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1)
    expect(await store.find(upload.id)).toMatchObject({ state: 'saved', userId: upload.userId })
    expect(await store.move('upload:nobody', 'issued', 'saved', SOME_DAY)).toBe(false)
  })

  it('dooms whatever the state: nobody’s from then on, due when said', async () => {
    const store = make()
    for (const state of ['issued', 'saved', 'doomed'] as const) {
      const { userId, ...upload } = uploadOf({ state })
      await store.add({ ...upload, userId })
      for (let n = 0; n < 2; n++) expect(await store.doom(upload.id, SOME_DAY + 7)).toBe(true)
      expect(await store.find(upload.id)).toEqual({ ...upload, state: 'doomed', expiresAt: SOME_DAY + 7 })
      expect(await store.ofUser(userId, 10)).toEqual([])
      expect(await store.move(upload.id, 'issued', 'saved', SOME_DAY)).toBe(false)
    }
    expect(await store.doom('upload:nobody', SOME_DAY)).toBe(false)
    expect(await store.find('upload:nobody')).toBeUndefined()
  })

  it('lists those of a user, as many as asked for, and nobody else’s', async () => {
    const store = make()
    const userId = `collector-${made}`
    const mine = [uploadOf({ userId }), uploadOf({ userId, state: 'saved' })]
    for (const upload of [...mine, uploadOf()]) await store.add(upload)
    expect(pathsOf(await store.ofUser(userId, 10))).toEqual(pathsOf(mine))
    expect(await store.ofUser(userId, 1)).toHaveLength(1)
  })

  it('lists what is due, the oldest first, and removes once', async () => {
    const store = make()
    const [late, early] = [uploadOf({ expiresAt: 102 }), uploadOf({ expiresAt: 101 })]
    for (const upload of [late, early, uploadOf()]) await store.add(upload)
    expect(await store.due(101, 10)).toEqual([])
    expect(await store.due(150, 10)).toEqual([early, late])
    expect(await store.due(150, 1)).toEqual([early])
    for (const { id } of [late, early]) expect([await store.remove(id), await store.remove(id)]).toEqual([true, false])
  })
}
