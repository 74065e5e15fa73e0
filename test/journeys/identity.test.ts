// Who is asking is what WeChat says, never what the event says; bad input is answered, and nothing is changed by it.
import { handset, useEmulator } from '../support/journey'

const world = useEmulator()

const ask = (event: unknown, account = 'v1') => world.emulator.functions.invoke('auth', event, { account })
const login = (code: string) => ({ v: 1, call: 'login', data: {}, code })
const stored = () => JSON.stringify(world.emulator.database.everything())

/** A session of `account`, as its phone would hold it. */
const tokenOf = async (account: string): Promise<string> => {
  const reply = await ask(login(world.emulator.weixin.loginCode(account)), account)
  return (reply as { session: { token: string } }).session.token
}

test.each<[string, unknown, string]>([
  ['an object', { token: { $ne: '' } }, 'BAD_REQUEST'],
  ['an array', { token: ['a', 'b'] }, 'BAD_REQUEST'],
  ['90 KB long', { token: 'a'.repeat(90_000) }, 'BAD_REQUEST'],
  ['of the wrong shape', { token: 'drop table' }, 'SESSION_EXPIRED'],
  ['made up', { token: 'A'.repeat(43) }, 'SESSION_EXPIRED'],
  ['missing, with no code', {}, 'SESSION_EXPIRED'],
])('a token that is %s is refused', async (_, part, code) => {
  await tokenOf('v1')

  await expect(ask({ v: 1, call: 'profile', data: {}, ...(part as object) })).resolves.toMatchObject({
    ok: false,
    error: { code },
  })
})

test('another user’s token is refused, and still works for its owner', async () => {
  const token = await tokenOf('v2')

  const theft = await ask({ v: 1, call: 'profile', data: {}, token }, 'v1')
  const owner = await ask({ v: 1, call: 'profile', data: {}, token }, 'v2')

  expect(theft).toMatchObject({ ok: false, error: { code: 'SESSION_EXPIRED' } })
  expect(owner).toMatchObject({ ok: true })
})

test('a code of another openid writes nothing', async () => {
  const reply = await ask(login(world.emulator.weixin.loginCode('v2')), 'v1')

  expect(reply).toMatchObject({ ok: false, error: { code: 'DATA_MISMATCH' } })
  expect(world.emulator.database.everything()).toMatchObject({ users: [], identities: [], sessions: [] })
})

test.each<[string, object]>([
  ['an HTTP request', { httpMethod: 'POST', path: '/auth', headers: { 'x-wx-openid': 'oSomebodyElse' }, body: '{}' }],
  ['a push', { MsgType: 'event', Event: 'user_authorization_cancellation', FromUserName: 'oSomebodyElse' }],
  ['a timer', { Type: 'Timer', TriggerName: 'housekeeping', Time: '2026-01-01T00:00:00Z' }],
])('an event shaped like %s changes nothing about who is asking', async (_, shape) => {
  const code = world.emulator.weixin.loginCode('v1')
  const before = stored()

  const reply = await ask({ ...login(code), ...shape })

  expect(reply).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
  expect(stored()).toBe(before)
})

test('userInfo written by the client is not believed', async () => {
  const code = world.emulator.weixin.loginCode('v1')
  const mine = await tokenOf('v2')

  const reply = await ask({ ...login(code), userInfo: { openId: 'oSomebodyElse', appId: 'wxforged' } })

  expect(reply).toMatchObject({ ok: true })
  expect(await ask({ v: 1, call: 'profile', data: {}, token: mine }, 'v2')).toMatchObject({ ok: true })
})

test.each<[string, object]>([
  ['an unknown version', { v: 2 }],
  ['an extra key', { admin: true }],
  ['a deep value', { data: { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } } }],
  ['data that is an array', { data: [] }],
  ['an unknown call', { call: '__proto__' }],
  ['a token beside the code', { token: 'A'.repeat(43) }],
  ['a device that is a query', { device: { id: { $gt: '' }, model: 'x', platform: 'ios' } }],
])('%s is BAD_REQUEST', async (_, part) => {
  const event = { ...login(world.emulator.weixin.loginCode('v1')), ...part }

  await expect(ask(event)).resolves.toMatchObject({ ok: false, error: { code: 'BAD_REQUEST', remedy: 'stop' } })
})

test.each([undefined, null, 7, 'login', [], {}, { v: 1 }])(
  'the event %p is answered, not crashed on',
  async (event) => {
    await expect(ask(event)).resolves.toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
  },
)

test('a function without its secret says which one, and to nobody else', async () => {
  await world.emulator.functions.environment('auth', { WEIXIN_APP_SECRET: undefined })
  const { auth } = handset(world.emulator)

  const error = await auth.signIn().catch((thrown) => thrown)
  await world.emulator.functions.environment('auth', { WEIXIN_APP_SECRET: world.emulator.apps[0]?.secret })

  expect(error).toMatchObject({ code: 'MISCONFIGURED', remedy: 'stop' })
  expect(error.message).toContain('WEIXIN_APP_SECRET is not set on function auth')
})

test('a function whose AppID is another mini-program’s says so and writes nothing', async () => {
  await world.emulator.functions.environment('auth', { WEIXIN_APPID: 'wx0000000000000000' })

  const reply = await ask(login(world.emulator.weixin.loginCode('v1')))
  await world.emulator.functions.environment('auth', { WEIXIN_APPID: world.emulator.apps[0]?.appid })

  expect(reply).toMatchObject({ ok: false, error: { code: 'MISCONFIGURED' } })
  expect(world.emulator.database.everything()).toMatchObject({ users: [], sessions: [] })
})

test('a call shared from another account’s mini-program is not permitted', async () => {
  const event = login(world.emulator.weixin.loginCode('v1'))

  const reply = await world.emulator.functions.invoke('auth', event, {
    account: 'v1',
    extra: { FROM_OPENID: 'oGuest', FROM_APPID: 'wxguest' },
  })

  expect(reply).toMatchObject({ ok: false, error: { code: 'NOT_PERMITTED' } })
})

test('a missing collection is named to the developer', async () => {
  world.emulator.database.dropCollection('sessions')
  const { auth } = handset(world.emulator)

  const error = await auth.signIn().catch((thrown) => thrown)

  expect(error).toMatchObject({ code: 'MISCONFIGURED' })
  expect(error.message).toContain('sessions')
})

test('a renewal that would make a new account refuses the waiting call before anything is written', async () => {
  const { auth } = handset(world.emulator)
  await auth.signIn()
  for (const collection of ['sessions', 'identities', 'users']) world.emulator.database.remove(collection, {})

  await expect(auth.call('profile', {})).rejects.toMatchObject({ code: 'USER_CHANGED' })

  expect(world.emulator.database.everything()).toMatchObject({ users: [], identities: [], sessions: [] })
  expect(auth.state).toEqual({ status: 'signedOut', by: 'server' })
})

test('a refused call that carried a code leaves the client signed in', async () => {
  const code = world.emulator.weixin.loginCode('v1')

  const reply = await ask({ v: 1, call: 'sessions', data: { surprise: 1 }, code })

  expect(reply).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' }, session: { token: expect.any(String) } })
})
