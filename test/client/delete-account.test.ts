// Deleting the account: the session and a fresh code, sent once; then this device knows nobody.
import { authError } from '../../miniprogram/auth/core/errors'
import { anna, createWorld, gate, grant, ok, refuse } from '../support/client-world'

const confirm = { confirm: true } as const

test('it carries the token and a fresh code, and the user it means', async () => {
  const world = createWorld()
  await world.auth.signIn()

  await world.auth.call('deleteAccount', confirm)

  expect(world.sentCalls('deleteAccount')).toEqual([
    expect.objectContaining({ token: 't-code-1', code: 'code-2', expectUser: anna.id, data: confirm }),
  ])
})

test('afterwards this device is signed out, for good, with nothing kept', async () => {
  const world = createWorld()
  await world.auth.signIn()
  await world.auth.call('deleteAccount', confirm)

  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'user' })
  expect(world.stored.has('auth.session')).toBe(false)
  const auth = world.relaunch()
  await auth.resume()
  await expect(auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  expect(world.sentCalls('signOut')).toEqual([])
})

test('refused, everything stands as it was', async () => {
  const world = createWorld({
    server: ({ call, code }) =>
      call === 'deleteAccount' ? refuse('DATA_MISMATCH') : ok({ user: anna }, code ? grant(`t-${code}`) : undefined),
  })
  await world.auth.signIn()

  await expect(world.auth.call('deleteAccount', confirm)).rejects.toMatchObject({ code: 'DATA_MISMATCH' })
  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
  await expect(world.auth.call('profile', {})).resolves.toEqual({ user: anna })
})

test('a lost answer surfaces once: no second code, no second try', async () => {
  const world = createWorld({
    server: ({ call, code }) => {
      if (call === 'deleteAccount') throw authError('NETWORK', 'cut')
      return ok({ user: anna }, code ? grant(`t-${code}`) : undefined)
    },
  })
  await world.auth.signIn()

  await expect(world.auth.call('deleteAccount', confirm)).rejects.toMatchObject({ code: 'NETWORK' })
  expect(world.sentCalls('deleteAccount')).toHaveLength(1)
  expect(world.logins()).toBe(2)
})

test('a lost answer of a deletion that happened ends cleanly at the next call', async () => {
  let gone = false
  const world = createWorld({
    server: ({ call, code, token, expectUser }) => {
      if (call === 'deleteAccount') {
        gone = true
        throw authError('TIMEOUT', 'no answer')
      }
      if (gone && token) return refuse('SESSION_EXPIRED')
      if (gone && expectUser) return refuse('USER_CHANGED')
      return ok({ user: anna }, code ? grant(`t-${code}`) : undefined)
    },
  })
  await world.auth.signIn()
  await world.auth.call('deleteAccount', confirm).catch(() => undefined)

  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_CHANGED' })
  expect(world.auth.state).toEqual({ status: 'signedOut', by: 'server' })
})

test('signing out while the code is being taken deletes nothing', async () => {
  const login = gate()
  const world = createWorld({
    takeCode: async (nth) => {
      if (nth === 2) await login.opened
      return `code-${nth}`
    },
  })
  await world.auth.signIn()
  const deleting = expect(world.auth.call('deleteAccount', confirm)).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  await world.advance(0)

  await world.auth.signOut()
  login.open()

  await deleting
  expect(world.sentCalls('deleteAccount')).toEqual([])
})

test('a login under way is waited for: what it brings does not outlive the account', async () => {
  const renewal = gate()
  let expired = false
  const world = createWorld({
    server: async ({ call, code, token }) => {
      if (expired && token === 't-code-1') return refuse('SESSION_EXPIRED')
      if (call !== 'deleteAccount' && code === 'code-2') await renewal.opened
      return ok({ user: anna }, code && call !== 'deleteAccount' ? grant(`t-${code}`) : undefined)
    },
  })
  await world.auth.signIn()
  expired = true
  const reading = world.auth.call('profile', {})
  await world.advance(0)
  const deleting = world.auth.call('deleteAccount', confirm)
  await world.advance(0)
  renewal.open()
  await Promise.all([reading, deleting])

  expect(world.sentCalls('deleteAccount')).toEqual([expect.objectContaining({ token: 't-code-2', code: 'code-3' })])
  expect(world.stored.has('auth.session')).toBe(false)
})
