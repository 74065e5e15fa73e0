// Sign-out wins, and lasts.
import { authError } from '../../miniprogram/auth/core/errors'
import { anna, createWorld, gate, grant, ok } from '../support/client-world'

test('signing out during a login stays signed out, and the session that was under way is revoked', async () => {
  const exchange = gate()
  const world = createWorld({
    server: async ({ call, code }) => {
      if (call === 'signOut') return ok()
      await exchange.opened
      return ok({ user: anna }, grant(`t-${code}`))
    },
  })
  const signingIn = world.auth.signIn()
  await world.advance(0)

  await world.auth.signOut()
  exchange.open()

  await expect(signingIn).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
  expect(world.sentCalls('signOut')).toEqual([expect.objectContaining({ token: 't-code-1', data: { which: 'this' } })])
  expect(world.stored.has('auth.session')).toBe(false)
})

test('signing out before the code is spent spends no code', async () => {
  const login = gate()
  const world = createWorld({ takeCode: () => login.opened.then(() => 'late-code') })
  const signingIn = world.auth.signIn()
  await world.advance(0)

  await world.auth.signOut()
  login.open()

  await expect(signingIn).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  expect(world.sent).toEqual([])
})

test('after a relaunch it is still signed out: resume is quiet, a call answers SIGNED_OUT', async () => {
  const world = createWorld()
  await world.auth.signIn()
  await world.auth.signOut()
  const logins = world.logins()

  const auth = world.relaunch()
  await auth.resume()

  expect(auth.state).toEqual({ status: 'signedOut', by: 'user' })
  await expect(auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT', remedy: 'ask' })
  await expect(auth.prepareSealed()).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  expect(world.logins()).toBe(logins)
})

test('a tap on sign in ends it, for this launch and the next', async () => {
  const world = createWorld()
  await world.auth.signIn()
  await world.auth.signOut()

  await world.auth.signIn()
  const auth = world.relaunch()
  await auth.resume()

  expect(auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('signing out with no network still signs out here', async () => {
  const world = createWorld({
    server: ({ call, code }) => {
      if (call === 'signOut') throw authError('NETWORK', 'offline')
      return ok({}, grant(`t-${code}`))
    },
  })
  await world.auth.signIn()

  await world.auth.signOut()
  await world.advance(5_000)

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
  expect(world.sentCalls('signOut')).toHaveLength(3)
})

test('signing out, then in again while the old login is still landing, keeps the new session only', async () => {
  const first = gate()
  const world = createWorld({
    server: async ({ call, code }) => {
      if (call === 'signOut') return ok()
      if (code === 'code-1') await first.opened
      return ok({}, grant(`t-${code}`))
    },
  })
  const old = world.auth.signIn()
  await world.advance(0)
  await world.auth.signOut()

  await world.auth.signIn()
  first.open()

  await expect(old).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  expect(world.stored.get('auth.session')).toMatchObject({ token: 't-code-2' })
  expect(world.sentCalls('signOut').at(-1)).toMatchObject({ token: 't-code-1' })
})

test('signing out the other devices keeps this one', async () => {
  const world = createWorld()
  await world.auth.signIn()

  await world.auth.signOut({ which: 'others' })

  expect(world.sentCalls('signOut')).toEqual([
    expect.objectContaining({ data: { which: 'others' }, token: 't-code-1' }),
  ])
  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('a crash between the mark and the removal still means signed out', async () => {
  const world = createWorld()
  await world.auth.signIn()
  world.stored.set('auth.marks', { v: 1, deviceId: 'device-0001', signedOut: true })

  const auth = world.relaunch()
  await auth.resume()

  expect(auth.state).toEqual({ status: 'signedOut', by: 'user' })
})

test('a slow write of the session never lands after the sign-out that followed it', async () => {
  const slow = gate()
  const stored = new Map<string, unknown>()
  const world = createWorld({
    stored,
    storage: {
      set: async (key, value) => {
        if (key === 'auth.session') await slow.opened
        stored.set(key, value)
      },
    },
  })
  const signingIn = world.auth.signIn()
  await world.advance(0)

  const signedOut = world.auth.signOut()
  await world.advance(0)
  slow.open()
  await Promise.all([signingIn, signedOut])

  expect(stored.has('auth.session')).toBe(false)
  expect(stored.get('auth.marks')).toMatchObject({ signedOut: 'user' })
})

test.each(['prepareSealed', 'signIn'] as const)('a sign-out during the checkSession of %s wins', async (door) => {
  const check = gate()
  let slow = false
  const world = createWorld({
    checkSession: async () => {
      if (slow) await check.opened
      return !slow
    },
  })
  await world.auth.signIn()
  await world.advance(600_000)
  slow = true
  const entering = expect(world.auth[door]()).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  await world.advance(0)

  await world.auth.signOut()
  check.open()

  await entering
  expect(world.logins()).toBe(1)
  expect(world.stored.get('auth.marks')).toMatchObject({ signedOut: 'user' })
})

test('a note stuck in a slow flash never lands on top of the sign-out mark', async () => {
  const stuck = gate()
  const stored = new Map<string, unknown>()
  let first = true
  const world = createWorld({
    stored,
    storage: {
      set: async (key, value) => {
        const copy = structuredClone(value)
        if (key === 'auth.marks' && first) {
          first = false
          await stuck.opened
        }
        stored.set(key, copy)
      },
    },
  })
  const signingIn = world.auth.signIn()
  await world.advance(4_000)
  await signingIn
  const signedOut = world.auth.signOut()
  await world.advance(0)

  stuck.open()
  await signedOut

  expect(stored.get('auth.marks')).toMatchObject({ signedOut: 'user' })
})

test('a sign-out that the device cannot remember says so', async () => {
  const world = createWorld({
    storage: {
      set: async (key) => {
        if (key === 'auth.marks') throw authError('INTERNAL', 'flash is full')
      },
    },
  })
  await world.auth.signIn()

  await expect(world.auth.signOut()).rejects.toMatchObject({ code: 'INTERNAL' })

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
})
