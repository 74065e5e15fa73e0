// Signed out from another device: as lasting as a sign-out here, and said why.
import { anna, boris, createWorld, gate, grant, ok, refuse } from '../support/client-world'

/** Everybody signed in is told that another device ended it, once armed. */
const ended = () => {
  let over = false
  const world = createWorld({
    server: ({ code, token }) =>
      over && token === 't-code-1' ? refuse('SIGNED_OUT') : ok({ user: anna }, code ? grant(`t-${code}`) : undefined),
  })
  return { world, end: () => (over = true) }
}

test('the next call says so, signs this device out, and takes no new code', async () => {
  const { world, end } = ended()
  await world.auth.signIn()
  end()

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT', remedy: 'ask' })

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'server' })
  expect(world.stored.has('auth.session')).toBe(false)
  expect(world.logins()).toBe(1)
})

test('it lasts across launches, with its reason, until a tap', async () => {
  const { world, end } = ended()
  await world.auth.signIn()
  end()
  await world.auth.call('profile', {}).catch(() => undefined)

  const auth = world.relaunch()
  await auth.resume()
  expect(auth.state).toEqual({ status: 'signedOut', by: 'server' })
  await expect(auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })

  await auth.signIn()
  expect(auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('nothing is revoked: there is nothing left to revoke', async () => {
  const { world, end } = ended()
  await world.auth.signIn()
  end()
  await world.auth.call('profile', {}).catch(() => undefined)
  await world.advance(10_000)

  expect(world.sentCalls('signOut')).toEqual([])
})

test('a late word about an older token signs nobody out, and the call goes on with the newer one', async () => {
  const slow = gate()
  const world = createWorld({
    server: async ({ code, token }) => {
      if (code) return ok({ user: anna }, grant(`t-${code}`))
      if (token !== 't-code-1') return ok({ user: anna })
      await slow.opened
      return refuse('SIGNED_OUT')
    },
  })
  await world.auth.signIn()
  const late = world.auth.call('profile', {})
  await world.advance(0)
  await world.auth.signOut()
  await world.auth.signIn()
  slow.open()

  await expect(late).resolves.toEqual({ user: anna })
  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('a save is sent once more when only the older token was ended', async () => {
  const slow = gate()
  const world = createWorld({
    server: async ({ code, token, call }) => {
      if (code) return ok({ user: anna }, grant(`t-${code}`))
      if (call !== 'profile' || token !== 't-code-1') return ok({ user: anna })
      await slow.opened
      return refuse('SIGNED_OUT')
    },
  })
  await world.auth.signIn()
  const save = world.auth.call('profile', { nickname: 'Anna' })
  await world.advance(0)
  await world.auth.signOut()
  await world.auth.signIn()
  slow.open()

  await expect(save).resolves.toEqual({ user: anna })
  expect(world.sentCalls('profile').map(({ token }) => token)).toEqual(['t-code-1', 't-code-2'])
})

test('another person who signed in meanwhile does not get the call', async () => {
  const slow = gate()
  const world = createWorld({
    server: async ({ code, token }) => {
      if (code) return ok({ user: anna }, grant(`t-${code}`, code === 'code-1' ? anna : boris))
      if (token !== 't-code-1') return ok({ user: boris })
      await slow.opened
      return refuse('SIGNED_OUT')
    },
  })
  await world.auth.signIn()
  const save = world.auth.call('profile', { nickname: 'Anna' })
  await world.advance(0)
  await world.auth.signOut()
  await world.auth.signIn()
  slow.open()

  await expect(save).rejects.toMatchObject({ code: 'USER_CHANGED' })
  expect(world.sentCalls('profile')).toHaveLength(1)
})

test('a renewal that nobody asked for does not sign the device in again: the server remembers', async () => {
  let ended = false
  const world = createWorld({
    checkSession: async () => !ended,
    server: ({ code, expectUser }) =>
      ended && expectUser ? refuse('SIGNED_OUT') : ok({ user: anna }, code ? grant(`t-${code}`) : undefined),
  })
  await world.auth.signIn()
  ended = true

  const auth = world.relaunch()
  await auth.resume()

  expect(auth.state).toEqual({ status: 'signedOut', by: 'server' })
  expect(world.stored.has('auth.session')).toBe(false)
  await auth.signIn()
  expect(auth.state).toEqual({ status: 'signedIn', user: anna })
})
