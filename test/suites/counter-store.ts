// What every store of counters must honour: never more than the limit, however many ask at once.
import type { CounterStore } from '../../cloudfunctions/core/stores'
import { SOME_DAY } from '../support/told-clock'

let made = 0
const idOf = () => `tries:somebody:${made++}`
const LATER = SOME_DAY + 1000

export const counterStoreSuite = (make: () => CounterStore): void => {
  it('lets as many through as the limit says', async () => {
    const store = make()
    const id = idOf()
    const taken = [await store.take(id, 2, LATER), await store.take(id, 2, LATER), await store.take(id, 2, LATER)]
    expect(taken).toEqual([true, true, false])
  })

  it('lets as many through when thirty ask at once', async () => {
    const store = make()
    const id = idOf()
    const taken = await Promise.all(Array.from({ length: 30 }, () => store.take(id, 5, LATER)))
    expect(taken.filter(Boolean)).toHaveLength(5)
  })

  it('lets one more through for each that was given back', async () => {
    const store = make()
    const id = idOf()
    await store.take(id, 1, LATER)
    await store.giveBack(id)
    expect([await store.take(id, 1, LATER), await store.take(id, 1, LATER)]).toEqual([true, false])
  })

  it('does not count below nothing', async () => {
    const store = make()
    const id = idOf()
    await store.giveBack(id)
    await store.take(id, 1, LATER)
    for (let n = 0; n < 3; n++) await store.giveBack(id)
    expect([await store.take(id, 1, LATER), await store.take(id, 1, LATER)]).toEqual([true, false])
  })

  it('keeps one subject apart from another', async () => {
    const store = make()
    await store.take(idOf(), 1, LATER)
    expect(await store.take(idOf(), 1, LATER)).toBe(true)
  })

  it('removes what is over in pages, the oldest first, and nothing that is not', async () => {
    const store = make()
    const ids = [idOf(), idOf(), idOf(), idOf()]
    for (const [n, id] of ids.entries()) await store.take(id, 1, n < 3 ? 100 + n : LATER)
    expect(await store.removeExpired(150, 2)).toBe(2)
    expect(await store.removeExpired(150, 2)).toBe(1)
    expect(await store.removeExpired(150, 2)).toBe(0)
    expect(await Promise.all(ids.map((id) => store.take(id, 1, LATER)))).toEqual([true, true, true, false])
  })
}
