// Many callers, one login.
import { createSingleFlight } from '../../miniprogram/auth/core/single-flight'
import { createWorld, gate, grant, ok, refuse } from '../support/client-world'

test('ten calls at once with no session cost one wx.login', async () => {
  const world = createWorld()

  await Promise.all(Array.from({ length: 10 }, () => world.auth.call('profile', {})))

  expect(world.logins()).toBe(1)
  expect(world.sent.filter(({ code }) => code)).toHaveLength(1)
  expect(world.sent).toHaveLength(10)
})

test('the code rides with the call that leads; the others wait and carry the token', async () => {
  const world = createWorld()

  await Promise.all([world.auth.call('profile', {}), world.auth.call('profile', {})])

  expect(world.sent[0]).toMatchObject({ call: 'profile', code: 'code-1' })
  expect(world.sent[1]).toMatchObject({ call: 'profile', token: 't-code-1' })
})

test('three refusals of one dead token, at 10, 70 and 200 ms, cost one login', async () => {
  const refusals = [gate(), gate(), gate()]
  let arrived = 0
  const world = createWorld({
    server: async ({ code, token }) => {
      if (code) return ok({ user: {} }, grant(code === 'code-1' ? 'dead' : 'fresh'))
      if (token !== 'dead') return ok({})
      await refusals[arrived++]?.opened
      return refuse('SESSION_EXPIRED')
    },
  })
  await world.auth.signIn()

  const calls = [1, 2, 3].map(() => world.auth.call('profile', {}))
  for (const [index, pause] of [10, 60, 130].entries()) {
    await world.advance(pause)
    refusals[index]?.open()
  }
  await Promise.all(calls)

  expect(world.logins()).toBe(2) // the first sign-in, and one renewal
})

test('a login that fails while five wait fails all five, and the next call tries anew', async () => {
  let broken = true
  const world = createWorld({ server: ({ code }) => (broken ? refuse('USER_BLOCKED') : ok({}, grant(`t-${code}`))) })

  const five = await Promise.allSettled(Array.from({ length: 5 }, () => world.auth.call('profile', {})))
  broken = false
  await world.auth.call('profile', {})

  expect(five.map((result) => result.status === 'rejected' && result.reason.code)).toEqual(
    Array(5).fill('USER_BLOCKED'),
  )
  expect(world.logins()).toBe(2)
})

test('a flight forgets only itself: an abandoned one that lands late leaves its successor in the air', async () => {
  const flights = createSingleFlight<string>()
  const first = gate()
  const old = flights.run(() => first.opened.then(() => 'old'))
  flights.abandon()
  const second = gate()
  const next = flights.run(() => second.opened.then(() => 'next'))

  first.open()
  await expect(old).resolves.toBe('old')

  expect(flights.busy()).toBe(true)
  expect(flights.run(() => Promise.resolve('third'))).toBe(next)
  second.open()
  await next
})
