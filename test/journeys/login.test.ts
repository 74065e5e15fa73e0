// The sign-in: one tap, and silently ever after.
import { handset, useEmulator } from '../support/journey'

const world = useEmulator()

/** What a journey cost. */
const costs = () => ['wx.login', 'callFunction', 'jscode2session'].map((op) => world.emulator.trace.count(op))

test('a first sign-in is one wx.login, one callFunction and one jscode2session', async () => {
  const { auth } = handset(world.emulator)

  await auth.signIn()

  expect(auth.state).toMatchObject({ status: 'signedIn', user: { id: expect.any(String) } })
  expect(costs()).toEqual([1, 1, 1])
})

test('a warm start is none of the three', async () => {
  const phone = handset(world.emulator)
  await phone.auth.signIn()
  world.emulator.trace.clear()

  const auth = phone.relaunch()
  await auth.resume()

  expect(auth.state.status).toBe('signedIn')
  expect(costs()).toEqual([0, 0, 0])
})

test('opening the mini-program for the first time makes no account', async () => {
  const { auth } = handset(world.emulator)

  await auth.resume()

  expect(auth.state).toEqual({ status: 'signedOut', by: 'never' })
  expect(world.emulator.database.everything()).toMatchObject({ users: [], sessions: [], identities: [] })
})

test('a business call with no session signs in and is answered in one round trip', async () => {
  const { auth } = handset(world.emulator)

  const { user } = await auth.call('profile', {})

  expect(auth.state).toEqual({ status: 'signedIn', user })
  expect(costs()).toEqual([1, 1, 1])
})

test('ten calls at once with no session cost one wx.login', async () => {
  const { auth } = handset(world.emulator)

  const replies = await Promise.all(Array.from({ length: 10 }, () => auth.call('profile', {})))

  expect(new Set(replies.map(({ user }) => user.id)).size).toBe(1)
  expect(world.emulator.trace.count('wx.login')).toBe(1)
})

test('the same person on another device is the same user; another person is another', async () => {
  const [phone, tablet, stranger] = [
    handset(world.emulator, { device: 'phone' }),
    handset(world.emulator, { device: 'tablet' }),
    handset(world.emulator, { account: 'v2' }),
  ]

  for (const { auth } of [phone, tablet, stranger]) await auth.signIn()

  const ids = [phone, tablet, stranger].map(({ auth }) => 'user' in auth.state && auth.state.user?.id)
  expect(ids[0]).toBe(ids[1])
  expect(ids[2]).not.toBe(ids[0])
})

test('signing in again on a device replaces its session: no token of an old login lives on', async () => {
  const phone = handset(world.emulator)
  await phone.auth.signIn()
  world.emulator.weixin.expireSessionKey('v1')

  await phone.relaunch().resume()

  expect(world.emulator.trace.count('wx.login')).toBe(2)
  expect(world.emulator.database.find('sessions')).toHaveLength(1)
})

test('when WeChat expires the session_key, the next launch signs in again in silence', async () => {
  const phone = handset(world.emulator)
  await phone.auth.signIn()
  world.emulator.weixin.expireSessionKey('v1')
  const seen: string[] = []

  const auth = phone.relaunch()
  auth.onChange(({ status }) => seen.push(status))
  await auth.resume()

  expect(world.emulator.trace.count('wx.login')).toBe(2)
  expect(seen).toEqual(['signedIn'])
})

test('when our server forgets the session, the call renews it and is answered', async () => {
  const { auth } = handset(world.emulator)
  await auth.signIn()
  world.emulator.database.remove('sessions', {})

  await expect(auth.call('profile', {})).resolves.toMatchObject({ user: { id: expect.any(String) } })

  expect(world.emulator.trace.count('wx.login')).toBe(2)
})

test('31 days later the built function refuses the session; the user notices nothing', async () => {
  const { auth } = handset(world.emulator)
  await auth.signIn()
  await world.emulator.clock.advance(31 * 86_400_000)

  await auth.call('profile', {})

  expect(world.emulator.trace.count('wx.login')).toBe(2)
  expect(world.emulator.database.find('sessions')).toHaveLength(1)
})

test('a session in daily use outlives its thirty days', async () => {
  const { auth } = handset(world.emulator)
  await auth.signIn()
  for (let day = 0; day < 4; day += 1) {
    await world.emulator.clock.advance(10 * 86_400_000)
    await auth.call('profile', {})
  }

  expect(world.emulator.trace.count('wx.login')).toBe(1)
})

test.each([true, false])('bound to the Open Platform: %s; so is the user linked by unionid', async (bound) => {
  world.emulator.weixin.setBound(world.emulator.apps[0]?.appid ?? '', bound)
  const { auth } = handset(world.emulator)

  await auth.signIn()

  expect(auth.state).toMatchObject({ user: { unionLinked: bound } })
})

test.each(['2.10.3', '2.20.0', '2.21.2', '2.24.4', '3.17.0'])(
  'base library %s: first sign-in, warm start, sign-out, quiet launch',
  async (libVersion) => {
    const phone = handset(world.emulator, { libVersion })
    await phone.auth.signIn()
    await phone.relaunch().resume()
    expect(phone.auth.state.status).toBe('signedIn')

    await phone.auth.signOut()
    await phone.relaunch().resume()

    expect(phone.auth.state).toEqual({ status: 'signedOut', by: 'user' })
    expect(world.emulator.trace.count('wx.login')).toBe(1)
  },
)
