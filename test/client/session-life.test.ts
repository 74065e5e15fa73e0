// What keeps a session, and what drops it.
import { authError } from '../../miniprogram/auth/core/errors'
import { anna, createWorld, grant, ok, refuse } from '../support/client-world'

test('a warm start costs no wx.login and sends nothing', async () => {
  const first = createWorld()
  await first.auth.signIn()

  const next = createWorld({ stored: first.stored })
  await next.auth.resume()

  expect(next.auth.state).toEqual({ status: 'signedIn', user: anna })
  expect([next.logins(), next.sent.length]).toEqual([0, 0])
})

test('resuming with nothing stored makes no account and asks nobody', async () => {
  const world = createWorld({ checkSession: async () => false })

  await world.auth.resume()

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'never' })
  expect(world.logins()).toBe(0)
})

test('when WeChat’s session_key has died, the next launch renews in silence', async () => {
  const first = createWorld()
  await first.auth.signIn()
  const next = createWorld({ stored: first.stored, checkSession: async () => false })
  const seen: string[] = []
  next.auth.onChange(({ status }) => seen.push(status))

  await next.auth.resume()

  expect(next.sent).toEqual([expect.objectContaining({ call: 'login', code: 'code-1', expectUser: anna.id })])
  expect(seen).toEqual(['signedIn'])
})

test('a session the device believes dead is renewed at launch, showing who it was', async () => {
  const first = createWorld()
  await first.auth.signIn()
  const next = createWorld({ stored: first.stored })
  await next.advance(86_400_000)
  const seen: unknown[] = []
  next.auth.onChange((state) => seen.push(state))

  await next.auth.resume()

  expect(seen).toEqual([
    { status: 'signedIn', user: anna },
    { status: 'signingIn', user: anna },
    { status: 'signedIn', user: anna },
  ])
})

test('a token that is never accepted costs two attempts and a clear error', async () => {
  const world = createWorld({
    server: ({ code }) =>
      code ? refuse('SESSION_EXPIRED', { session: grant(`t-${code}`) }) : refuse('SESSION_EXPIRED'),
  })
  await world.auth.signIn()
  world.sent.length = 0

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'SESSION_EXPIRED', remedy: 'renew' })

  expect(world.sent).toHaveLength(2)
})

test('callers who waited for a renewal that brought nothing give up after their second attempt too', async () => {
  const world = createWorld({
    server: ({ code }) => refuse('SESSION_EXPIRED', code ? { session: grant(`t-${code}`) } : {}),
  })
  await world.auth.signIn()
  world.sent.length = 0

  const calls = await Promise.allSettled([1, 2, 3].map(() => world.auth.call('profile', {})))

  expect(calls.map((call) => call.status === 'rejected' && call.reason.code)).toEqual(Array(3).fill('SESSION_EXPIRED'))
  expect(world.sent).toHaveLength(6)
})

test('a failed renewal keeps a session that the server still accepts', async () => {
  const first = createWorld()
  await first.auth.signIn()
  const next = createWorld({
    stored: first.stored,
    checkSession: async () => false,
    server: ({ code }) => (code ? refuse('USER_BLOCKED') : ok({ user: anna })),
  })

  await next.auth.resume()

  expect(next.auth.state).toEqual({ status: 'signedIn', user: anna })
  await expect(next.auth.call('profile', {})).resolves.toEqual({ user: anna })
})

test('offline at a renewal keeps the session and says so; the next answer puts it right', async () => {
  const first = createWorld()
  await first.auth.signIn()
  let online = false
  const next = createWorld({
    stored: first.stored,
    checkSession: async () => false,
    server: () => {
      if (!online) throw authError('NETWORK', 'offline')
      return ok({ user: anna })
    },
  })
  const resumed = next.auth.resume()
  await next.advance(5_000)
  await resumed
  expect(next.auth.state).toMatchObject({ status: 'failed', code: 'NETWORK', user: anna })

  online = true
  await next.auth.call('profile', {})

  expect(next.auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('a refused session whose renewal fails for good is dropped', async () => {
  let codes = 0
  const world = createWorld({
    server: ({ code }) => {
      if (!code) return refuse('SESSION_EXPIRED')
      codes += 1
      return codes === 1 ? ok({}, grant('t')) : refuse('USER_BLOCKED')
    },
  })
  await world.auth.signIn()

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_BLOCKED' })

  expect(world.auth.state).toMatchObject({ status: 'failed', code: 'USER_BLOCKED' })
  expect(world.stored.has('auth.session')).toBe(false)
})

test('a refused call that carried a code leaves the client signed in: three of them cost one wx.login', async () => {
  const world = createWorld({ server: ({ code }) => refuse('BAD_REQUEST', code ? { session: grant('t') } : {}) })

  for (const _ of [1, 2, 3]) await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'BAD_REQUEST' })

  expect(world.logins()).toBe(1)
  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('a renewal of a refused session that only failed on the network keeps it', async () => {
  let online = true
  const world = createWorld({
    server: ({ code }) => {
      if (!online) throw authError('NETWORK', 'offline')
      return code ? ok({}, grant('t')) : refuse('SESSION_EXPIRED')
    },
    takeCode: async (nth) => {
      online = nth === 1
      return `code-${nth}`
    },
  })
  await world.auth.signIn()

  const failed = expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'NETWORK' })
  await world.advance(5_000)
  await failed

  expect(world.auth.state).toMatchObject({ status: 'failed', code: 'NETWORK', user: anna })
  expect(world.stored.has('auth.session')).toBe(true)
})

test('five logins asked for at once are one', async () => {
  const world = createWorld()

  await Promise.all(Array.from({ length: 5 }, () => world.auth.call('login', {})))

  expect(world.logins()).toBe(1)
})

test('a tap with all alive costs no login; with a dead key, a key in doubt or a session past its time it costs one', async () => {
  let keyAlive = true
  const world = createWorld({ checkSession: async () => keyAlive })
  await world.auth.signIn()
  await world.auth.signIn()
  expect(world.logins()).toBe(1)

  keyAlive = false
  await world.auth.signIn()
  keyAlive = true
  world.stored.set('auth.marks', { v: 1, deviceId: 'device-0001', keyInDoubt: true })
  const auth = world.relaunch()
  await auth.signIn()
  await world.advance(86_400_000)
  await auth.signIn()

  expect(world.logins()).toBe(4)
})

test('a key in doubt is renewed at the next launch', async () => {
  const first = createWorld()
  await first.auth.signIn()
  first.stored.set('auth.marks', { v: 1, deviceId: 'device-0001', keyInDoubt: true })

  await first.relaunch().resume()

  expect(first.logins()).toBe(2)
})

test.each([
  ['text', 'a string'],
  ['another version', { v: 2, token: 't', expiresAt: 1, user: anna }],
  ['no user', { v: 1, token: 't', expiresAt: 1 }],
  ['no end', { v: 1, token: 't', user: anna }],
  ['a token that is none', { v: 1, token: 7, expiresAt: 1, user: anna }],
])('a stored session that is %s counts as none', async (_, kept) => {
  const world = createWorld({ stored: new Map<string, unknown>([['auth.session', kept]]) })

  await world.auth.resume()

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'never' })
})

test('who unsubscribed hears nothing any more, and a listener that throws stops nobody', async () => {
  const world = createWorld()
  const heard: string[] = []
  world.auth.onChange(() => heard.push('gone'))()
  world.auth.onChange(() => {
    throw new Error('a page’s mistake')
  })
  world.auth.onChange(({ status }) => heard.push(status))

  await world.auth.signIn()

  expect(heard).toEqual(['signedOut', 'signingIn', 'signedIn'])
})

test('a session that grew longer on the way is remembered as such', async () => {
  const world = createWorld({
    server: ({ code }) => ok({ user: anna }, code ? grant('t') : { token: 't', expiresIn: 999_999, user: anna }),
  })
  await world.auth.signIn()
  const before = (world.stored.get('auth.session') as { expiresAt: number }).expiresAt

  await world.auth.call('profile', {})
  await world.advance(0)

  expect((world.stored.get('auth.session') as { expiresAt: number }).expiresAt).toBe(before + (999_999 - 86_400) * 1000)
})
