// What every store of push nonces must honour: one that was added is known from then on, and no other.
import type { PushNonceStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0
const idOf = () => `pushNonce:${made++}`

export const pushNonceStoreSuite = (make: () => PushNonceStore): void => {
  it('knows what was added, and nothing else', async () => {
    const store = make()
    const [id, other] = [idOf(), idOf()]
    await expect(store.add(id, SOME_DAY)).resolves.toBe('added')
    await expect(store.seen(id)).resolves.toBe(true)
    await expect(store.seen(other)).resolves.toBe(false)
  })

  it('lets one of thirty at once be the first', async () => {
    const store = make()
    const id = idOf()
    const added = await Promise.all(Array.from({ length: 30 }, () => store.add(id, SOME_DAY)))
    expect(added.filter((outcome) => outcome === 'added')).toHaveLength(1)
  })

  it('removes what is over in pages, the oldest first, and nothing that is not', async () => {
    const store = make()
    const ids = [idOf(), idOf(), idOf(), idOf()]
    for (const [n, id] of ids.entries()) await store.add(id, n < 3 ? 100 + n : SOME_DAY)
    expect(await store.removeExpired(150, 2)).toBe(2)
    expect(await store.removeExpired(150, 2)).toBe(1)
    expect(await store.removeExpired(150, 2)).toBe(0)
    expect(await Promise.all(ids.map((id) => store.seen(id)))).toEqual([false, false, false, true])
  })
}
