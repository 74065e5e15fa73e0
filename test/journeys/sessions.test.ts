// Sessions over the years: devices listed and signed out, ten at most, one read a call, and an end that nothing moves.
import { useEmulator } from '../support/journey'
import { codeOf, type Person, signInOn } from '../support/person'

const DAY = 86_400_000
const WORKERS = 4
const world = useEmulator({ workers: WORKERS })

const on = (device?: string, account = 'v1', model?: string) => signInOn(world.emulator, account, device, model)
const listed = async (person: Person) =>
  ((await person.call('sessions')).data?.['sessions'] ?? []) as Array<Record<string, unknown> & { handle: string }>
const stored = () => world.emulator.database.find('sessions')

describe('the list of devices', () => {
  test('has the one that asks first, then the others by use, each with its model', async () => {
    const phone = await on('phone', 'v1', 'iPhone 17')
    await world.emulator.clock.advance(1000)
    await on('tablet', 'v1', 'iPad')
    await world.emulator.clock.advance(1000)
    await on()

    expect(await listed(phone)).toMatchObject([
      { model: 'iPhone 17', current: true },
      { model: '', platform: '', current: false },
      { model: 'iPad', platform: 'android', current: false },
    ])
  })

  test('has nobody else’s, and nothing that leads to a session', async () => {
    const mine = await on('phone')
    const other = await on('phone', 'v2')

    const list = await listed(mine)
    expect(list).toHaveLength(1)
    const [{ handle = '' } = {}] = list
    expect(codeOf(await other.call('profile', {}, { token: handle }))).toBe('SESSION_EXPIRED')
    expect(await other.call('signOut', { handle })).toMatchObject({ ok: true })
    expect(codeOf(await mine.call('profile'))).toBe('ok')
  })
})

describe('two browsers, one account', () => {
  test('signing out everywhere else signs the other one out at its next call, and tells it so', async () => {
    const phone = await on('phone')
    const tablet = await on('tablet')
    expect(await phone.call('signOut', { which: 'others' })).toMatchObject({ ok: true })

    const refused = { ok: false, error: { code: 'SIGNED_OUT', remedy: 'ask' } }
    expect(await tablet.call('profile')).toMatchObject(refused)
    expect(await tablet.call('sessions')).toMatchObject(refused) // not only the first time
    expect(codeOf(await phone.call('profile'))).toBe('ok')
    expect(await listed(phone)).toHaveLength(1)
  })

  test('one of them is signed out by its handle, and a second time is as well', async () => {
    const [phone, tablet, watch] = [await on('phone'), await on('tablet'), await on('watch')]
    const handle = (await listed(tablet))[0]?.handle
    await phone.call('signOut', { handle })

    expect(await phone.call('signOut', { handle })).toMatchObject({ ok: true })
    expect(codeOf(await tablet.call('profile'))).toBe('SIGNED_OUT')
    expect(codeOf(await watch.call('profile'))).toBe('ok')
  })

  test('only the owner of a session that was ended is told so', async () => {
    const phone = await on('phone')
    const tablet = await on('tablet')
    await phone.call('signOut', { which: 'others' })
    const stranger = await on('phone', 'v2')

    expect(codeOf(await stranger.call('profile', {}, { token: tablet.token }))).toBe('SESSION_EXPIRED')
  })

  test('a device that signs in again is back, and what told it of the end is gone', async () => {
    const phone = await on('phone')
    await on('tablet')
    await phone.call('signOut', { which: 'others' })
    const again = await on('tablet')

    expect(codeOf(await again.call('profile'))).toBe('ok')
    expect(await listed(phone)).toHaveLength(2)
    expect(stored().filter((session) => 'revokedAt' in session)).toEqual([])
  })

  test('a session that is ended while it is being prolonged stays ended', async () => {
    const [phone, tablet] = await Promise.all([on('phone'), on('tablet')]) // two instances, both warm
    await world.emulator.clock.advance(2 * DAY)
    await phone.call('profile')
    const sliding = world.emulator.faults.add({ at: 'sessions.update', answer: 'hold' })
    const late = tablet.call('profile')
    await sliding.held()
    await phone.call('signOut', { which: 'others' })
    sliding.release()

    expect(codeOf(await late)).toBe('SIGNED_OUT')
    expect(codeOf(await tablet.call('profile'))).toBe('SIGNED_OUT')
  })
})

describe('a device that renews itself', () => {
  test('while it is signed out from another one stays signed out', async () => {
    const [phone, tablet] = await Promise.all([on('phone'), on('tablet')]) // two instances, both warm
    const adding = world.emulator.faults.add({ at: 'sessions.add', answer: 'hold' })
    const code = world.emulator.weixin.loginCode('v1')
    const device = { id: 'device-tablet', model: '', platform: '' }
    const renewal = tablet.call('login', {}, { token: undefined, code, device, expectUser: tablet.id })
    await adding.held()
    await phone.call('signOut', { which: 'others' })
    adding.release()

    expect(codeOf(await renewal)).toBe('SIGNED_OUT')
    expect(codeOf(await tablet.call('profile'))).toBe('SIGNED_OUT')
    expect(await listed(phone)).toHaveLength(1)
  })
})

describe('ten devices', () => {
  test('the eleventh ends the one that was not used for the longest time', async () => {
    const people: Person[] = []
    for (let n = 0; n < 10; n++) {
      people.push(await on(`number-${n}`))
      await world.emulator.clock.advance(1000)
    }
    await world.emulator.clock.advance(2 * DAY)
    await people[0]?.call('profile') // the oldest, used a moment ago
    await on('number-10')

    const codes = await Promise.all(people.map(async (person) => codeOf(await person.call('profile'))))
    expect(codes).toEqual(['ok', 'SESSION_EXPIRED', ...Array<string>(8).fill('ok')])
    expect(stored()).toHaveLength(10)
  })

  test('a device that signs in again, or was signed out, takes no other one’s place', async () => {
    const first = await on('number-0')
    for (let n = 1; n < 10; n++) await on(`number-${n}`)
    await on('number-9')
    expect(codeOf(await first.call('profile'))).toBe('ok')
    expect(stored()).toHaveLength(10)

    const last = await on('number-9')
    await last.call('signOut', { handle: (await listed(first))[0]?.handle })
    await on('number-10')
    expect(await listed(last)).toHaveLength(10)
  })

  test('are never more, also when four sign in at the same moment', async () => {
    for (let n = 0; n < 9; n++) await on(`number-${n}`)
    await Promise.all(Array.from({ length: WORKERS }, () => on('number-0'))) // as many instances, all warm
    const adding = world.emulator.faults.add({ at: 'sessions.add', answer: 'hold', times: WORKERS })
    const arrivals = Array.from({ length: WORKERS }, (_, n) => on(`late-${n}`))
    await adding.held(WORKERS)
    adding.release()
    await Promise.all(arrivals)

    expect(stored().length).toBeLessThanOrEqual(10)
    expect(stored().length).toBeGreaterThan(8)
  })
})

describe('what a session costs', () => {
  const asked = () => world.emulator.trace.hops.filter(({ to }) => to === 'database').map(({ op }) => op)

  test('is one read by id and no write, except once a day', async () => {
    const phone = await on('phone')
    const cost = async () => {
      world.emulator.trace.clear()
      // Refused only after it is known who asks: nothing but that is paid for.
      expect(codeOf(await phone.call('noSuchCall'))).toBe('BAD_REQUEST')
      return asked()
    }
    expect(await cost()).toEqual(['sessions.get'])
    await world.emulator.clock.advance(DAY - 60_000)
    expect(await cost()).toEqual(['sessions.get'])
    await world.emulator.clock.advance(60_000)
    expect(await cost()).toEqual(['sessions.get', 'sessions.update', 'users.get'])
    expect(await cost()).toEqual(['sessions.get'])
  })

  test('is nothing at all for a text that cannot be a token', async () => {
    const phone = await on('phone')
    world.emulator.trace.clear()

    expect(codeOf(await phone.call('profile', {}, { token: 'A'.repeat(42) }))).toBe('SESSION_EXPIRED')
    expect(asked()).toEqual([])
  })
})

test('used every day, a session lives a hundred and eighty days and not a moment longer', async () => {
  const phone = await on('phone')
  const start = world.emulator.clock.now()
  for (let days = 29; days < 180; days += 29) {
    await world.emulator.clock.advance(29 * DAY)
    expect(codeOf(await phone.call('profile'))).toBe('ok')
  }
  await world.emulator.clock.advance(start + 180 * DAY - world.emulator.clock.now() - 1000)
  expect(codeOf(await phone.call('profile'))).toBe('ok')
  await world.emulator.clock.advance(1000)

  expect(codeOf(await phone.call('profile'))).toBe('SESSION_EXPIRED')
})
