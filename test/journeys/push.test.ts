// Pushes over real HTTP to the built function: what WeChat signed is done, what anybody else sends is not.
import type { Emulator } from '../../emulator/types'
import { type Answer, ask } from '../support/emulator'
import { useEmulator } from '../support/journey'
import { PUSH_KEY, PUSH_TOKEN, pushEvent, pushOf, type SignedPush } from '../support/pushes'

const world = useEmulator()
const SECURE = { WEIXIN_PUSH_TOKEN: PUSH_TOKEN, WEIXIN_PUSH_AES_KEY: PUSH_KEY }
beforeEach(() => world.emulator.functions.environment('push', SECURE))

const appid = () => world.emulator.apps[0]?.appid ?? 'no app'
const now = () => world.emulator.clock.now() / 1000

const event = (name: string, more: object = {}) => ({
  ToUserName: 'gh_0123456789ab',
  FromUserName: 'oPlatformPlatformPlatformPla',
  CreateTime: Math.floor(now()),
  MsgType: 'event',
  Event: name,
  ...more,
})
const revoked = (account: string, RevokeInfo: string) =>
  event('user_authorization_revoke', { OpenID: world.emulator.weixin.openid(account), AppID: appid(), RevokeInfo })

const push = (message: object, how: object = {}) => pushOf(message, { appid: appid(), at: now(), ...how })
const deliver = ({ query, body, type }: SignedPush): Promise<Answer> =>
  ask(`${world.emulator.url}/http/push?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })

const signedIn = async (emulator: Emulator, account: string) => {
  const call = (event: object) => emulator.functions.invoke('auth', { v: 1, data: {}, ...event }, { account })
  const { session } = (await call({ call: 'login', code: emulator.weixin.loginCode(account) })) as {
    session: { token: string; user: { id: string } }
  }
  const { token, user } = session
  return { user, call: (name: string, data: object = {}) => call({ call: name, data, token }) }
}
const withPhone = async (emulator: Emulator, account: string) => {
  const person = await signedIn(emulator, account)
  await person.call('phone', { code: emulator.weixin.phoneCode(account).code })
  return person
}

describe('consent for the phone number withdrawn', () => {
  test.each(['json', 'xml'] as const)('removes it, with all that was remembered of it (%s)', async (format) => {
    const { emulator } = world
    const { call } = await withPhone(emulator, 'v1')
    const other = await withPhone(emulator, 'v2')

    expect(await deliver(push(revoked('v1', '8'), { format }))).toMatchObject({ status: 200, text: 'success' })
    const { data } = (await call('profile')) as { data: { user: object } }
    expect(data.user).not.toHaveProperty('phone')
    expect(emulator.database.find('phones')).toHaveLength(1)
    expect(emulator.database.find('jobs', { kind: 'phoneCode' })).toHaveLength(1)
    expect(await other.call('profile')).toMatchObject({ data: { user: { phone: { countryCode: '86' } } } })
  })

  test('twice, or with none bound, is as well', async () => {
    await signedIn(world.emulator, 'v1')

    expect(await deliver(push(revoked('v1', '8')))).toMatchObject({ text: 'success' })
    expect(await deliver(push(revoked('v1', '8')))).toMatchObject({ text: 'success' })
  })

  test('does nothing when the signature is not WeChat’s, the nonce was used, or the time is long past', async () => {
    const { emulator } = world
    const used = push(revoked('v1', '8'))
    await deliver(used)
    await withPhone(emulator, 'v1')

    expect(await deliver(used)).toMatchObject({ text: 'success' })
    expect(await deliver(push(revoked('v1', '8'), { token: 'anotherToken' }))).toMatchObject({ status: 403 })
    const late = push(revoked('v1', '8'))
    await emulator.clock.advance(5 * 60_000 + 1000)
    expect(await deliver(late)).toMatchObject({ status: 403 })
    expect(emulator.database.find('phones')).toHaveLength(1)
  })
})

describe('consent for the name withdrawn', () => {
  test.each(['6', '19'])('removes it, and leaves the number (%s)', async (info) => {
    const { emulator } = world
    const { call } = await withPhone(emulator, 'v1')
    emulator.database.update('users', {}, { $set: { nickname: '小明' } })
    expect(await call('profile')).toMatchObject({ data: { user: { nickname: '小明' } } })

    expect(await deliver(push(revoked('v1', info)))).toMatchObject({ text: 'success' })
    const { data } = (await call('profile')) as { data: { user: object } }
    expect(data.user).not.toHaveProperty('nickname')
    expect(data.user).toHaveProperty('phone')
  })
})

describe('a WeChat account that was closed', () => {
  test('takes the account here with it, at once and only that one', async () => {
    const { emulator } = world
    const { call, user } = await withPhone(emulator, 'v1')
    const other = await withPhone(emulator, 'v2')
    const closed = event('user_authorization_cancellation', { OpenID: emulator.weixin.openid('v1'), AppID: appid() })

    expect(await deliver(push(closed))).toMatchObject({ status: 200, text: 'success' })
    expect(await call('profile')).toMatchObject({ error: { code: 'SESSION_EXPIRED' } })
    expect(JSON.stringify(emulator.database.everything())).not.toContain(user.id)
    expect(await other.call('profile')).toMatchObject({ ok: true })
    expect(await deliver(push(closed))).toMatchObject({ text: 'success' })
  })
})

test('a closing that is told again takes neither the account that was made since nor its number', async () => {
  const { emulator } = world
  await withPhone(emulator, 'v1')
  const closed = event('user_authorization_cancellation', { OpenID: emulator.weixin.openid('v1'), AppID: appid() })
  await deliver(push(closed))
  expect(emulator.database.find('users')).toEqual([])
  await emulator.clock.advance(1000)
  const { call } = await withPhone(emulator, 'v1')

  for (const late of [closed, { ...revoked('v1', '8'), CreateTime: closed.CreateTime }]) {
    expect(await deliver(push(late))).toMatchObject({ status: 200, text: 'success' })
  }
  expect(await call('profile')).toMatchObject({ ok: true, data: { user: { phone: { countryCode: '86' } } } })
})

describe('a forged push through wx.cloud.callFunction', () => {
  const forge = async (data: object) => {
    const { wx } = world.emulator.device({ account: 'v2' })
    wx.cloud.init()
    const { result } = await wx.cloud.callFunction({ name: 'push', data })
    return result
  }

  test.each(['with a token set', 'without one'])('changes nothing %s', async (mode) => {
    const { emulator } = world
    if (mode === 'without one')
      await emulator.functions.environment('push', { WEIXIN_PUSH_TOKEN: undefined, WEIXIN_PUSH_AES_KEY: undefined })
    await withPhone(emulator, 'v1')
    const before = JSON.stringify(emulator.database.everything())
    const stolen = push(revoked('v1', '8'))

    expect(await forge(revoked('v1', '8'))).toBe('refused')
    expect(await forge(event('wxa_media_check', { appid: appid(), trace_id: 't', result: { suggest: 'pass' } }))).toBe(
      'refused',
    )
    expect(await forge(pushEvent(stolen))).toMatchObject({ statusCode: 403 })
    expect(JSON.stringify(emulator.database.everything())).toBe(before)
  })
})

test('the cloud’s own event is served when no token is set, and only then', async () => {
  const { emulator } = world
  await withPhone(emulator, 'v1')
  const byCloud = () => emulator.functions.invoke('push', revoked('v1', '8'), { source: 'wx_unknown' })

  expect(await byCloud()).toBe('refused')
  expect(emulator.database.find('phones')).toHaveLength(1)
  await emulator.functions.environment('push', { WEIXIN_PUSH_TOKEN: undefined, WEIXIN_PUSH_AES_KEY: undefined })
  expect(await byCloud()).toBe('success')
  expect(emulator.database.find('phones')).toHaveLength(0)
})

test('a database that is away is no success: WeChat tries again, and then it is done', async () => {
  const { emulator } = world
  await withPhone(emulator, 'v1')
  emulator.faults.add({ at: 'identities.get', answer: { errcode: -501001 } })
  const pushed = push(revoked('v1', '8'))

  expect(await deliver(pushed)).toMatchObject({ status: 503, text: 'failed' })
  expect(await deliver(pushed)).toMatchObject({ status: 200, text: 'success' })
  expect(emulator.database.find('phones')).toHaveLength(0)
})

test('an event nobody asked for is answered success and logged once', async () => {
  expect(await deliver(push(event('subscribe_msg_popup_event')))).toMatchObject({ status: 200, text: 'success' })
  const lines = world.emulator.logs.filter(({ text }) => text.includes('subscribe_msg_popup_event'))
  expect(lines).toHaveLength(1)
})
