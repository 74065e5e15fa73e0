// Everything ends: what never answers becomes a typed error, and nothing failed is remembered.
import { authError } from '../../miniprogram/auth/core/errors'
import { withTimeout } from '../../miniprogram/auth/core/timeout'
import { anna, createWorld, grant, ok } from '../support/client-world'

const never = <T>(): Promise<T> => new Promise<T>(() => {})

test('wx.login that never answers ends in TIMEOUT after three tries', async () => {
  const world = createWorld({ takeCode: never })

  const ended = expect(world.auth.signIn()).rejects.toMatchObject({ code: 'TIMEOUT', remedy: 'retry' })
  await world.advance(20_000)
  await ended

  expect(world.logins()).toBe(3)
})

test('a function that never answers ends in TIMEOUT', async () => {
  const world = createWorld({ server: never })

  const ended = expect(world.auth.signIn()).rejects.toMatchObject({ code: 'TIMEOUT' })
  await world.advance(40_000)

  await ended
})

test('checkSession that never answers holds up a launch for three seconds at most, and signs nobody in', async () => {
  const first = createWorld()
  await first.auth.signIn()
  const next = createWorld({ stored: first.stored, checkSession: never })

  const resumed = next.auth.resume()
  await next.advance(3_000)
  await resumed

  expect(next.auth.state).toEqual({ status: 'signedIn', user: anna })
  expect(next.logins()).toBe(0)
})

test('storage that never answers is a typed error for a call and no obstacle to a tap', async () => {
  const world = createWorld({ storage: { get: never, set: never } })

  const called = expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'TIMEOUT' })
  await world.advance(3_000)
  await called
  const signedIn = world.auth.signIn()
  await world.advance(20_000)
  await signedIn

  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('storage that never answers is waited for once, not at every step', async () => {
  const world = createWorld({ storage: { get: never, set: never } })

  const signedIn = world.auth.signIn()
  await world.advance(6_000)
  await signedIn

  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('signing out does not wait for the server', async () => {
  const world = createWorld({ server: ({ call, code }) => (call === 'signOut' ? never() : ok({}, grant(`t-${code}`))) })
  await world.auth.signIn()

  await world.auth.signOut()

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
})

test('a call by token that never answers ends in TIMEOUT', async () => {
  const world = createWorld({ server: ({ code }) => (code ? ok({}, grant('t')) : never()) })
  await world.auth.signIn()

  const ended = expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'TIMEOUT' })
  await world.advance(40_000)

  await ended
})

test('a session that no longer opens counts as none: nobody is locked out by it', async () => {
  const world = createWorld({
    storage: {
      get: async (key) => {
        if (key === 'auth.session') throw authError('INTERNAL', 'decryption failed')
        return undefined
      },
    },
  })

  await expect(world.auth.call('profile', {})).resolves.toEqual({ user: anna })
})

test('storage that failed once is read again by the next caller', async () => {
  let failures = 1
  const world = createWorld({
    server: () => ok({ user: anna }),
    storage: {
      get: async (key) => {
        if (key === 'auth.marks' && failures-- > 0) throw authError('INTERNAL', 'flash is busy')
        return key === 'auth.session'
          ? { v: 1, token: 't', expiresAt: Number.MAX_SAFE_INTEGER, user: anna }
          : { v: 1, deviceId: 'device-0001' }
      },
    },
  })
  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'INTERNAL' })

  await expect(world.auth.call('profile', {})).resolves.toEqual({ user: anna })
})

test.each(['an answer', 'a failure'])('after %s nobody waits for the time any more', async (what) => {
  const waiting = new Set<() => void>()
  const clock = {
    now: () => 0,
    after: (_ms: number, run: () => void) => {
      waiting.add(run)
      return () => waiting.delete(run)
    },
  }
  const work = what === 'an answer' ? Promise.resolve(1) : Promise.reject(authError('NETWORK', 'cut'))

  await withTimeout(clock, 1_000, 'it', work).catch(() => undefined)
  await Promise.resolve()

  expect(waiting.size).toBe(0)
})
