// Limits: what one user and one address may do, who is not meant, and what is written down of an address.
import { createLimits, networkOf } from '../../cloudfunctions/core/limits'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createMemoryStores } from '../support/memory-stores'
import { refusedBy } from '../support/refused'
import { createToldClock } from '../support/told-clock'

const world = () => {
  const clock = createToldClock()
  const stores = createMemoryStores()
  const key = () => createSecret('index key', Buffer.alloc(32, 8).toString('base64'))
  const limits = (address?: string) =>
    createLimits({ clock, counters: stores.counters, key }, address === undefined ? {} : { address })
  return { clock, stores, limits }
}
const times = async (count: number, act: () => Promise<void>) => {
  for (let n = 0; n < count; n++) await act()
}

it('a user is refused beyond their number, and told when the window ends', async () => {
  const { limits, clock } = world()
  clock.advance(60_000 - (clock.now() % 60_000) + 15_000)
  await times(20, () => limits().ofUser('login', 'alice'))
  await expect(refusedBy(limits().ofUser('login', 'alice'))).resolves.toMatchObject({
    code: 'RATE_LIMITED',
    retryAfterMs: 45_000,
  })
})

it('nobody else is meant, no other kind, and not the next window', async () => {
  const { limits, clock } = world()
  await times(20, () => limits().ofUser('login', 'alice'))
  await limits().ofUser('login', 'bob')
  await limits().ofUser('phone', 'alice')
  clock.advance(60_000)
  await expect(limits().ofUser('login', 'alice')).resolves.toBeUndefined()
})

it('an address is refused whoever stands behind it', async () => {
  const { limits } = world()
  await times(120, () => limits('192.0.2.1').ofAddress('refused'))
  await expect(refusedBy(limits('192.0.2.1').ofAddress('refused'))).resolves.toMatchObject({ code: 'RATE_LIMITED' })
  await expect(limits('192.0.2.2').ofAddress('refused')).resolves.toBeUndefined()
})

it('two hundred at once are no more than one after the other', async () => {
  const { limits } = world()
  const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => limits('192.0.2.1').ofAddress('login')))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(120)
})

it('without an address everybody is not one', async () => {
  const { limits, stores } = world()
  await times(200, () => limits().ofAddress('login'))
  expect(stores.all().counters).toHaveLength(0)
})

it('neither address nor user is written down, and every window has another name for them', async () => {
  const { limits, stores, clock } = world()
  const step = async () => {
    await limits('192.0.2.1').ofAddress('login')
    await limits('192.0.2.1').ofUser('login', 'o:alice')
  }
  await step()
  clock.advance(60_000)
  await step()
  const { counters } = stores.all()
  expect(JSON.stringify(counters)).not.toMatch(/192\.0\.2\.1|alice/)
  expect(new Set(counters.map(({ id }) => id.split(':').at(-1))).size).toBe(4)
  expect(counters.every(({ expiresAt }) => expiresAt - clock.now() <= 60_000)).toBe(true)
})

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1:a:b:c:d', '2001:db8:0:1::/64'],
  ['2001:0DB8:0000:0001::1', '2001:db8:0:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
