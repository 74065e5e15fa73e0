// A call is sent as the person it was meant for, by permission, or not at all.
import { authError } from '../../miniprogram/auth/core/errors'
import { anna, boris, createWorld, gate, grant, ok, refuse } from '../support/client-world'

test('a renewal that would sign in another person refuses the waiting call and ends the session here', async () => {
  let codes = 0
  const world = createWorld({
    server: ({ code, expectUser }) => {
      if (!code) return refuse('SESSION_EXPIRED')
      codes += 1
      if (codes === 1) return ok({}, grant('t', anna))
      return expectUser === boris.id ? ok({}, grant('t2', boris)) : refuse('USER_CHANGED')
    },
  })
  await world.auth.signIn()

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_CHANGED' })

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'server' })
})

test('a call that waited while somebody else signed in with a tap is not sent in the new name', async () => {
  const tap = gate()
  let keyAlive = true
  let codes = 0
  const world = createWorld({
    checkSession: async () => keyAlive,
    server: async ({ code }) => {
      if (!code) return refuse('SESSION_EXPIRED')
      codes += 1
      if (codes === 1) return ok({}, grant('t-anna', anna))
      await tap.opened
      return ok({}, grant('t-boris', boris))
    },
  })
  await world.auth.signIn()
  keyAlive = false
  const signingIn = world.auth.signIn()
  await world.advance(0)

  const waiting = expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_CHANGED' })
  await world.advance(0)
  tap.open()
  await signingIn

  await waiting
  expect(world.sentCalls('profile').map(({ token }) => token)).toEqual(['t-anna'])
})

test('two first calls at once: the one that waited is not replayed in another person’s name', async () => {
  let codes = 0
  const world = createWorld({
    server: ({ code, token, expectUser }) => {
      if (token) return refuse('SESSION_EXPIRED')
      codes += 1
      if (codes === 1) return ok({ user: anna }, grant(`t-${code}`, anna))
      return expectUser === anna.id ? refuse('USER_CHANGED') : ok({ user: boris }, grant(`t-${code}`, boris))
    },
  })

  const [, second] = await Promise.allSettled([world.auth.call('profile', {}), world.auth.call('profile', {})])

  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'USER_CHANGED' } })
})

test('after meeting another person nothing is done in the new name until somebody taps', async () => {
  let codes = 0
  const world = createWorld({
    server: ({ code, expectUser }) => {
      if (!code) return refuse('SESSION_EXPIRED')
      codes += 1
      if (codes === 1) return ok({}, grant('t', anna))
      return expectUser === anna.id ? refuse('USER_CHANGED') : ok({ user: boris }, grant('t2', boris))
    },
  })
  await world.auth.signIn()
  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_CHANGED' })

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_CHANGED' })
  await expect(world.auth.prepareSealed()).rejects.toMatchObject({ code: 'USER_CHANGED' })
  expect(codes).toBe(2)
  await world.auth.signIn()

  expect(world.auth.state).toEqual({ status: 'signedIn', user: boris })
})

test('a tap that joins a silent renewal signs in whoever holds the phone', async () => {
  const first = createWorld()
  await first.auth.signIn()
  const silent = gate()
  const next = createWorld({
    stored: first.stored,
    checkSession: async () => false,
    server: async ({ expectUser }) => {
      if (expectUser !== anna.id) return ok({}, grant('t2', boris))
      await silent.opened
      return refuse('USER_CHANGED')
    },
  })
  const resumed = next.auth.resume()
  await next.advance(0)

  const tapped = next.auth.signIn()
  await next.advance(0)
  silent.open()
  await Promise.all([resumed, tapped])

  expect(next.auth.state).toEqual({ status: 'signedIn', user: boris })
})

test('a late answer for a session that is no more changes nothing', async () => {
  const late = gate()
  const world = createWorld({
    server: async ({ call, code }) => {
      if (call === 'profile') await late.opened
      return ok({ user: anna }, code ? grant(`t-${code}`) : undefined)
    },
  })
  await world.auth.signIn()
  const reading = world.auth.call('profile', {})
  await world.advance(0)

  await world.auth.signOut()
  late.open()
  await reading

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
  expect(world.stored.has('auth.session')).toBe(false)
})

test('a call that is not safe is sent once, whatever becomes of its answer', async () => {
  const world = createWorld({
    server: ({ code }) => {
      if (code) return ok({}, grant('t'))
      throw authError('NETWORK', 'the reply was lost')
    },
  })
  await world.auth.signIn()

  await expect(world.auth.call('phone', { code: 'p' })).rejects.toMatchObject({ code: 'NETWORK' })

  expect(world.sentCalls('phone')).toHaveLength(1)
})

test('a call that is not safe never carries the code of a login', async () => {
  const world = createWorld()

  await world.auth.call('phone', { code: 'p' })

  expect(world.sent.map(({ call, code, token }) => [call, code, token])).toEqual([
    ['login', 'code-1', undefined],
    ['phone', undefined, 't-code-1'],
  ])
})

test('a replay after a renewal names the person it was meant for', async () => {
  let accepted = 'none'
  const world = createWorld({
    server: ({ code, token }) => {
      if (code) return ok({ user: anna }, grant(`t-${code}`))
      return token === accepted ? ok({ user: anna }) : refuse('SESSION_EXPIRED')
    },
  })
  await world.auth.signIn()
  accepted = 't-code-2'

  await world.auth.call('profile', {})

  expect(world.sentCalls('profile').at(-1)).toMatchObject({ code: 'code-2', expectUser: anna.id })
})

test('a late answer to an old token neither brings the old token back nor tells of the user', async () => {
  const late = gate()
  const world = createWorld({
    server: async ({ call, code, token }) => {
      if (code) return ok({ user: anna }, grant(`t-${code}`))
      if (call === 'phone') return refuse('SESSION_EXPIRED')
      if (token === 't-code-1') await late.opened
      return ok({ user: { ...anna, nickname: 'as it was' } }, { token: token ?? '', expiresIn: 1, user: anna })
    },
  })
  await world.auth.signIn()
  const reading = world.auth.call('profile', {})
  await world.advance(0)
  await expect(world.auth.call('phone', { code: 'p' })).rejects.toMatchObject({ code: 'SESSION_EXPIRED' })

  late.open()
  await reading

  expect(world.stored.get('auth.session')).toMatchObject({ token: 't-code-2' })
  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
})
