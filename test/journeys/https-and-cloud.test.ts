// The same journeys over both transports, by one list: what a user sees does not depend on the way.
import type { AuthOptions } from '../../miniprogram/auth/index'
import { type Handset, handset, useEmulator } from '../support/journey'

const world = useEmulator()

const TRANSPORTS = ['cloud', 'https'] as const

describe.each(TRANSPORTS)('over %s', (transport) => {
  const open = (device: { account?: string; device?: string } = {}): Handset => {
    const options: AuthOptions = { transport, baseUrl: `${world.emulator.url}/http`, retry: { baseMs: 1 } }
    return handset(world.emulator, device, options)
  }
  const sessions = () => world.emulator.database.find('sessions')

  test('a tap signs in, and the session is of this way in', async () => {
    const { auth } = open()
    await auth.signIn()

    expect(auth.state).toMatchObject({ status: 'signedIn', user: { id: expect.any(String) } })
    expect(sessions()).toMatchObject([{ transport }])
  })

  test('a call with no session signs in and is answered in one round trip', async () => {
    const { auth } = open()
    const { user } = await auth.call('profile', {})

    expect(auth.state).toEqual({ status: 'signedIn', user })
    expect(world.emulator.trace.count('jscode2session')).toBe(1)
  })

  test('ten calls at once with no session cost one login', async () => {
    const { auth } = open()
    const replies = await Promise.all(Array.from({ length: 10 }, () => auth.call('profile', {})))

    expect(new Set(replies.map(({ user }) => user.id)).size).toBe(1)
    expect(world.emulator.trace.count('wx.login')).toBe(1)
  })

  test('a session that ended on the server is renewed without a word', async () => {
    const { auth } = open()
    await auth.signIn()
    const { user } = await auth.call('profile', {})
    world.emulator.database.remove('sessions', {})

    expect((await auth.call('profile', {})).user.id).toBe(user.id)
    expect(sessions()).toHaveLength(1)
  })

  test('a relaunch costs no login, and the session still serves', async () => {
    const phone = open()
    await phone.auth.signIn()
    const auth = phone.relaunch()
    await auth.resume()

    await expect(auth.call('profile', {})).resolves.toHaveProperty('user')
    expect(world.emulator.trace.count('wx.login')).toBe(1)
  })

  test('a number is bound and removed', async () => {
    const { auth } = open()
    await auth.signIn()
    const { code } = world.emulator.weixin.phoneCode('v1')

    expect((await auth.call('phone', { code })).user.phone).toMatchObject({ countryCode: '86' })
    expect((await auth.call('phone', { remove: true })).user).not.toHaveProperty('phone')
  })

  test('a number that is another account’s is refused by its name', async () => {
    const [first, second] = [open({ account: 'v1' }), open({ account: 'v2' })]
    const number = world.emulator.accounts[0]?.phone ?? 'none'
    world.emulator.weixin.addNumber('v2', number)
    await first.auth.call('phone', { code: await codeOf(first, 'v1', number) })

    const taken = second.auth.call('phone', { code: await codeOf(second, 'v2', number) })
    await expect(taken).rejects.toMatchObject({ code: 'PHONE_TAKEN' })
  })

  const codeOf = async ({ auth }: Handset, account: string, number: string) => {
    await auth.signIn()
    return world.emulator.weixin.phoneCode(account, undefined, { number }).code
  }

  test('signing out here ends this session and no other', async () => {
    const [phone, tablet] = [open({ device: 'phone' }), open({ device: 'tablet' })]
    await phone.auth.signIn()
    await tablet.auth.signIn()
    await phone.auth.signOut()

    expect(phone.auth.state).toMatchObject({ status: 'signedOut', by: 'user' })
    await expect(tablet.auth.call('profile', {})).resolves.toHaveProperty('user')
  })

  test('a name is saved and removed', async () => {
    const { auth } = open()
    await auth.signIn()

    expect((await auth.call('profile', { nickname: ' 小明 ' })).user).toMatchObject({ nickname: '小明' })
    expect((await auth.call('profile', { nickname: null })).user).not.toHaveProperty('nickname')
  })

  test('the devices are listed, and one of them is signed out from another', async () => {
    const [phone, tablet] = [open({ device: 'phone' }), open({ device: 'tablet' })]
    await phone.auth.signIn()
    await tablet.auth.signIn()
    const { sessions: list } = await phone.auth.call('sessions', {})
    const other = list.find(({ current }) => !current)
    await phone.auth.call('signOut', { handle: other?.handle ?? 'none' })

    await expect(tablet.auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
    expect(tablet.auth.state).toMatchObject({ status: 'signedOut', by: 'server' })
  })

  test('an account is erased, and the next sign-in makes a new one', async () => {
    const { auth } = open()
    const { user } = await auth.call('profile', {})
    await auth.call('deleteAccount', { confirm: true })

    expect(auth.state).toMatchObject({ status: 'signedOut' })
    expect(JSON.stringify(world.emulator.database.everything())).not.toContain(user.id)
    await auth.signIn()
    expect((await auth.call('profile', {})).user.id).not.toBe(user.id)
  })

  test('no secret reaches the mini-program', async () => {
    const { auth, received } = open()
    await auth.signIn()
    await auth.call('profile', {})
    const { weixin } = world.emulator

    for (const secret of [weixin.sessionKey('v1'), weixin.openid('v1'), weixin.unionid('v1')])
      expect(JSON.stringify(received)).not.toContain(secret)
  })
})
