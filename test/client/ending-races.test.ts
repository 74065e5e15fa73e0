// A session ends elsewhere, or an account does, while something else is under way.
import { authError } from '../../miniprogram/auth/core/errors'
import { anna, boris, createWorld, gate, grant, ok, refuse } from '../support/client-world'

const confirm = { confirm: true } as const
const withCode = (code: string | undefined) => ok({ user: anna }, code ? grant(`t-${code}`) : undefined)

test('the word that this device was signed out ends a silent renewal too, and what that one brings is revoked', async () => {
  const renewal = gate()
  const first = createWorld()
  await first.auth.signIn()
  const next = createWorld({
    stored: first.stored,
    checkSession: async () => false,
    server: async ({ call, code }) => {
      if (call === 'profile') return refuse('SIGNED_OUT')
      if (code) await renewal.opened
      return withCode(code && `new-${code}`)
    },
  })
  const resumed = next.auth.resume()
  await next.advance(0)

  await expect(next.auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  renewal.open()
  await resumed

  expect(next.auth.state).toEqual({ status: 'signedOut', by: 'server' })
  expect(next.stored.has('auth.session')).toBe(false)
  expect(next.sentCalls('signOut')).toEqual([expect.objectContaining({ token: 't-new-code-1' })])
})

test('a login that a call already waits for does not let it in any more', async () => {
  const [word, renewal] = [gate(), gate()]
  const world = createWorld({
    server: async ({ call, code }) => {
      if (call === 'phone') {
        await word.opened
        return refuse('SIGNED_OUT')
      }
      if (!code) return refuse('SESSION_EXPIRED')
      if (code !== 'code-1') await renewal.opened
      return withCode(code)
    },
  })
  await world.auth.signIn()
  const phone = expect(world.auth.call('phone', { code: 'p' })).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  const reading = expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  await world.advance(0)

  word.open()
  await phone
  renewal.open()
  await reading

  expect(world.logins()).toBe(2)
  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'server' })
})

test('three calls that hear it are all told, and the pages hear it once', async () => {
  const world = createWorld({ server: ({ code }) => (code ? withCode(code) : refuse('SIGNED_OUT')) })
  await world.auth.signIn()
  const seen: unknown[] = []
  world.auth.onChange((state) => seen.push(state))

  const calls = await Promise.allSettled([1, 2, 3].map(() => world.auth.call('profile', {})))

  expect(calls.map((call) => call.status === 'rejected' && call.reason.code)).toEqual(Array(3).fill('SIGNED_OUT'))
  expect(seen).toEqual([{ status: 'signedOut', by: 'server' }])
  expect(world.logins()).toBe(1)
})

test('the refusal is the server’s own, with its request id', async () => {
  const world = createWorld({ server: ({ code }) => (code ? withCode(code) : refuse('SIGNED_OUT')) })
  await world.auth.signIn()

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT', requestId: 'r' })
})

test('a device that cannot write it down is signed out all the same, until it is closed', async () => {
  const world = createWorld({
    server: ({ code }) => (code ? withCode(code) : refuse('SIGNED_OUT')),
    storage: {
      set: async (key) => {
        if (key === 'auth.marks') throw authError('INTERNAL', 'flash is full')
      },
    },
  })
  await world.auth.signIn()
  await world.auth.call('profile', {}).catch(() => undefined)

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  expect(world.sentCalls('profile')).toHaveLength(1)
})

test.each([
  [true, 'user'],
  ['user', 'user'],
  ['server', 'server'],
  ['nobody we know', 'user'],
])('a stored mark %j is a sign-out by the %s', async (signedOut, by) => {
  const stored = new Map<string, unknown>([['auth.marks', { v: 1, deviceId: 'device-0001', signedOut }]])
  const world = createWorld({ stored })

  await world.auth.resume()

  expect(world.auth.state).toEqual({ status: 'signedOut', by })
})

test('an account that is gone before the answer to its deletion comes ends as the user’s own doing', async () => {
  const answer = gate()
  let gone = false
  const world = createWorld({
    server: async ({ call, code, expectUser }) => {
      if (call === 'deleteAccount') {
        gone = true
        await answer.opened
        return ok()
      }
      if (!gone) return withCode(code)
      return refuse(code && expectUser ? 'USER_CHANGED' : 'SESSION_EXPIRED')
    },
  })
  await world.auth.signIn()
  const deleting = world.auth.call('deleteAccount', confirm)
  await world.advance(0)
  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_CHANGED' })

  answer.open()
  await deleting

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
  expect(world.stored.get('auth.marks')).toMatchObject({ signedOut: 'user' })
})

test('the late answer to a deletion leaves whoever signed in meanwhile alone', async () => {
  const answer = gate()
  const world = createWorld({
    server: async ({ call, code }) => {
      if (call === 'deleteAccount') await answer.opened
      if (call !== 'login') return ok()
      return ok({}, grant(`t-${code}`, code === 'code-1' ? anna : boris))
    },
  })
  await world.auth.signIn()
  const deleting = world.auth.call('deleteAccount', confirm)
  await world.advance(0)
  await world.auth.signOut()
  await world.auth.signIn()

  answer.open()
  await deleting

  expect(world.auth.state).toEqual({ status: 'signedIn', user: boris })
  expect(world.stored.get('auth.session')).toMatchObject({ user: boris })
})

test('a login that begins while the account is being deleted does not bring a session back', async () => {
  const [answer, login] = [gate(), gate()]
  const world = createWorld({
    server: async ({ call, code }) => {
      if (call === 'deleteAccount') await answer.opened
      if (code === 'code-3') await login.opened
      return withCode(call === 'login' ? code : undefined)
    },
  })
  await world.auth.signIn()
  const deleting = world.auth.call('deleteAccount', confirm)
  await world.advance(0)
  const signingIn = expect(world.auth.call('login', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  await world.advance(0)

  answer.open()
  await deleting
  login.open()
  await signingIn

  expect(world.stored.has('auth.session')).toBe(false)
  expect(world.sentCalls('signOut')).toEqual([expect.objectContaining({ token: 't-code-3' })])
})

test('a deletion waits for a renewal under way, though the session still stands', async () => {
  const renewal = gate()
  const first = createWorld()
  await first.auth.signIn()
  const next = createWorld({
    stored: first.stored,
    checkSession: async () => false,
    server: async ({ call, code }) => {
      if (call === 'login') await renewal.opened
      return withCode(call === 'login' ? `new-${code}` : undefined)
    },
  })
  const resumed = next.auth.resume()
  await next.advance(0)
  const deleting = next.auth.call('deleteAccount', confirm)
  await next.advance(0)
  expect(next.logins()).toBe(1)

  renewal.open()
  await Promise.all([resumed, deleting])

  expect(next.sentCalls('deleteAccount')).toEqual([expect.objectContaining({ token: 't-new-code-1', code: 'code-2' })])
  expect(next.stored.has('auth.session')).toBe(false)
})

test('without a code nothing is deleted, and the session stands', async () => {
  const world = createWorld({
    takeCode: async (nth) => {
      if (nth === 1) return 'code-1'
      throw authError('NETWORK', 'offline')
    },
  })
  await world.auth.signIn()

  await expect(world.auth.call('deleteAccount', confirm)).rejects.toMatchObject({ code: 'NETWORK' })

  expect(world.sentCalls('deleteAccount')).toEqual([])
  await expect(world.auth.call('profile', {})).resolves.toEqual({ user: anna })
})

test('a code that deleted nothing leaves the key in doubt: sealed data waits for a login', async () => {
  const world = createWorld({
    server: ({ call, code }) => (call === 'deleteAccount' ? refuse('DATA_MISMATCH') : withCode(code)),
  })
  await world.auth.signIn()
  await world.auth.call('deleteAccount', confirm).catch(() => undefined)

  await world.auth.prepareSealed()

  expect(world.logins()).toBe(3)
})

test('a deletion that the device cannot write down succeeded nevertheless', async () => {
  let full = false
  const world = createWorld({
    storage: {
      set: async () => {
        if (full) throw authError('INTERNAL', 'flash is full')
      },
    },
  })
  await world.auth.signIn()
  full = true

  await expect(world.auth.call('deleteAccount', confirm)).resolves.toBeDefined()
  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
})

test('a session that ended before its account could be deleted is said to have ended: no second code', async () => {
  const world = createWorld({
    server: ({ call, code }) => (call === 'deleteAccount' ? refuse('SESSION_EXPIRED') : withCode(code)),
  })
  await world.auth.signIn()

  await expect(world.auth.call('deleteAccount', confirm)).rejects.toMatchObject({ code: 'SESSION_EXPIRED' })

  expect(world.sentCalls('deleteAccount')).toHaveLength(1)
})

test('an empty profile is read and may be retried; one with anything in it is a save, sent once and never on a code', async () => {
  const world = createWorld({
    server: ({ call, code }) => {
      if (call === 'profile') throw authError('NETWORK', 'cut')
      return withCode(code)
    },
  })
  const saved = expect(world.auth.call('profile', { nickname: null })).rejects.toMatchObject({ code: 'NETWORK' })
  await world.advance(10_000)
  await saved
  const read = expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'NETWORK' })
  await world.advance(10_000)
  await read

  expect(world.sentCalls('profile').map(({ code, data }) => [code, data])).toEqual([
    [undefined, { nickname: null }],
    [undefined, {}],
    [undefined, {}],
    [undefined, {}],
  ])
})
