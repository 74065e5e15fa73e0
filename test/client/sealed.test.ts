// prepareSealed: the session and WeChat's session_key both alive before a button is enabled.
import { authError } from '../../miniprogram/auth/core/errors'
import { anna, createWorld, gate, grant, ok, refuse } from '../support/client-world'

test('right after a sign-in it costs nothing', async () => {
  const world = createWorld()
  await world.auth.signIn()
  const checks = world.checks()

  await world.auth.prepareSealed()

  expect([world.logins(), world.checks()]).toEqual([1, checks])
})

test('after ten minutes WeChat is asked again, and a dead key means one login', async () => {
  let alive = true
  const world = createWorld({ checkSession: async () => alive })
  await world.auth.signIn()
  await world.advance(600_000)

  await world.auth.prepareSealed()
  expect(world.logins()).toBe(1)
  await world.advance(600_000)
  alive = false
  await world.auth.prepareSealed()

  expect(world.logins()).toBe(2)
})

test('a code that was taken and never exchanged leaves the key in doubt, across a relaunch', async () => {
  let cut = false
  const world = createWorld({
    server: ({ code }) => {
      if (cut) throw authError('NETWORK', 'cut')
      return ok({ user: anna }, grant(`t-${code}`))
    },
    checkSession: async () => !cut,
  })
  await world.auth.signIn()
  cut = true
  const failed = world.relaunch().resume()
  await world.advance(5_000)
  await failed
  cut = false
  const logins = world.logins()

  await world.relaunch().prepareSealed()

  expect(world.logins()).toBe(logins + 1)
})

test('an answer SESSION_KEY_STALE makes the next preparation sign in', async () => {
  const world = createWorld({ server: ({ code }) => (code ? ok({}, grant('t')) : refuse('SESSION_KEY_STALE')) })
  await world.auth.signIn()
  await expect(world.auth.call('profile', {})).rejects.toMatchObject({ code: 'SESSION_KEY_STALE' })

  await world.auth.prepareSealed()

  expect(world.logins()).toBe(2)
})

test('a session past its time is renewed before the button is enabled', async () => {
  const world = createWorld()
  await world.auth.signIn()
  await world.advance(86_400_000)

  await world.auth.prepareSealed()

  expect(world.logins()).toBe(2)
})

test('a stale key told of an old session puts no doubt on the new one', async () => {
  const late = gate()
  const world = createWorld({
    server: async ({ call, code, token }) => {
      if (code) return ok({}, grant(`t-${code}`))
      if (call === 'phone' && token === 't-code-1') {
        await late.opened
        return refuse('SESSION_KEY_STALE')
      }
      return token === 't-code-1' ? refuse('SESSION_EXPIRED') : ok({ user: anna })
    },
  })
  await world.auth.signIn()
  const tapped = expect(world.auth.call('phone', { code: 'p' })).rejects.toMatchObject({ code: 'SESSION_KEY_STALE' })
  await world.advance(0)
  await world.auth.call('profile', {})
  late.open()
  await tapped

  await world.auth.prepareSealed()

  expect(world.logins()).toBe(2)
})
