// The back doors, asked over HTTP as the panel asks them.
import type { Hop } from '../../emulator/types'
import { backDoor, exchange } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const door = (path: string, body?: object) => backDoor(world.emulator, path, body)

test('state tells the apps with their secrets, the people with their numbers, the time', async () => {
  const { apps, accounts, now } = (await door('state')) as {
    apps: { appid: string; secret: string }[]
    accounts: { id: string; phone: string; nickname: string }[]
    now: number
  }

  expect(apps).toHaveLength(2)
  for (const { appid, secret } of apps)
    expect([appid, secret]).toEqual([
      expect.stringMatching(/^wx[0-9a-f]{16}$/),
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ])
  expect(accounts.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, n) => `v${n + 1}`))
  expect([accounts[0]?.phone, accounts[23]?.phone]).toEqual(['12066600001', '12066600024'])
  expect(new Set(accounts.map(({ nickname }) => nickname)).size).toBe(24)
  expect(Math.abs(now - world.emulator.clock.now())).toBeLessThan(30_000)
})

test('trace tells what is new', async () => {
  await world.emulator.device().wx.login()
  const [first] = (await door('trace')) as Hop[]
  await world.emulator.device().wx.checkSession()

  expect(await door(`trace?after=${first?.seq}`)).toMatchObject([{ op: 'wx.checkSession' }])
})

test('trace tells only the last ones when asked, and refuses what is no number', async () => {
  const { wx } = world.emulator.device()
  await wx.login()
  await wx.checkSession()

  expect(await door('trace?last=1')).toMatchObject([{ op: 'wx.checkSession' }])
  expect(await door('trace?last=0')).toEqual([])
  await expect(door('trace?last=-1')).rejects.toThrow(/^400 /)
  await expect(door('trace?after=x')).rejects.toThrow(/^400 /)
})

test('a person is told with the state of the session_key, and looking is not using it', async () => {
  const keyOf = async () => ((await door('accounts/v4')) as { sessionKey: string }).sessionKey
  expect(await door('accounts/v4')).toMatchObject({ id: 'v4', phone: '12066600004', sessionKey: 'none' })

  await world.emulator.device({ account: 'v4' }).wx.login()
  expect(await keyOf()).toBe('alive')
  await door('accounts/v4/expire-session-key', {})

  expect(await keyOf()).toBe('expired')
  await world.emulator.device({ account: 'v4' }).wx.login()
  await world.emulator.clock.advance(2 * 86_400_000)
  expect(await keyOf()).toBe('alive')
  await world.emulator.clock.advance(2 * 86_400_000)
  expect(await keyOf()).toBe('expired')
})

test('a forgotten device has lost what this person stored on it, and nothing else', async () => {
  const phones = [
    { account: 'v1', device: 'a' },
    { account: 'v1', device: 'b' },
    { account: 'v2', device: 'a' },
  ]
  for (const phone of phones) world.emulator.device(phone).wx.setStorageSync('k', 'kept')

  await door('devices/a/forget', { account: 'v1' })

  expect(phones.map((phone) => world.emulator.device(phone).wx.getStorageSync('k'))).toEqual(['', 'kept', 'kept'])
})

test('a login code from the door is one from wx.login', async () => {
  const { code } = (await door('accounts/v5/login-code', {})) as { code: string }

  expect(await exchange(world.emulator, { js_code: code })).toMatchObject({
    openid: world.emulator.weixin.openid('v5'),
  })
})

test('somebody new joins, is blocked, can log in', async () => {
  const { id } = (await door('accounts', { nickname: '新人', phone: '12066609999' })) as { id: string }
  await door(`accounts/${id}`, { blocked: true })

  expect(id).toBe('v25')
  expect(world.emulator.accounts.at(-1)).toEqual({ id, nickname: '新人', phone: '12066609999', blocked: true })
  expect(await exchange(world.emulator, { js_code: world.emulator.weixin.loginCode(id) })).toMatchObject({
    errcode: 40226,
  })
})

test('the clock jumps', async () => {
  const before = world.emulator.clock.now()
  const { now } = (await door('clock', { advance: 86_400_000 })) as { now: number }

  expect(now - before).toBeGreaterThanOrEqual(86_400_000)
})

test('a fault is armed, seen, released', async () => {
  const { id } = (await door('faults', { at: 'wx.login', answer: 'hold' })) as { id: number }
  const login = world.emulator.device().wx.login()
  expect(await door('faults')).toEqual([{ id, hits: 1, at: 'wx.login', answer: 'hold' }])

  await door(`faults/${id}/release`, {})

  await expect(login).resolves.toHaveProperty('code')
})

test.each([{}, { at: 'wx.login', answer: 'explode' }, { at: 'wx.login', answer: 'cut', extra: 1 }])(
  'the unknown fault %j is refused',
  async (spec) => {
    await expect(door('faults', spec)).rejects.toThrow('400 {"error":{"code":"UNKNOWN_FAULT"')
  },
)

test('call says what callFunction would', async () => {
  await expect(door('call', { account: 'v1', name: 'nothing', data: {} })).rejects.toThrow('"errCode":-501000')
  const answer = await door('call', {
    account: 'v1',
    name: 'auth',
    data: { v: 1, call: 'profile', data: {}, token: 'x' },
  })
  expect(answer).toMatchObject({
    errMsg: 'cloud.callFunction:ok',
    requestID: expect.any(String),
    result: { ok: false },
  })
})

test('database finds, changes, removes', async () => {
  const ask = (more: object) => door('database', { collection: 'users', query: {}, ...more })

  expect(await ask({})).toEqual({ documents: [] })
  expect(await ask({ update: { $set: { a: 1 } } })).toEqual({ updated: 0 })
  expect(await ask({ remove: true })).toEqual({ removed: 0 })
  await expect(ask({ remove: true, update: {} })).rejects.toThrow('400')
  await expect(ask({ remove: 1 })).rejects.toThrow('400')
  await expect(ask({ collection: 'nothing' })).rejects.toThrow('nothing')
})

test.each([
  ['accounts/v99/login-code', {}, '404'],
  ['devices/a/forget', { account: 'v99' }, '404'],
  ['devices/a/forget', {}, '400'],
  ['accounts/v1/login-code', { app: 'wx0' }, '404'],
  ['accounts/v1/login-code', { who: 'me' }, '400'],
  ['accounts', { nickname: 1 }, '400'],
  ['faults/99/release', {}, '404'],
  ['call', { account: 'v99', name: 'auth' }, '404'],
  ['call', { name: 'auth' }, '400'],
])('%s %j is refused with %3$s', async (path, body, status) => {
  await expect(door(path, body)).rejects.toThrow(new RegExp(`^${status} `))
})

test('reset is the first day again, with the secrets of this start', async () => {
  const { secret } = world.emulator.apps[0] ?? {}
  const { wx } = world.emulator.device()
  const { code } = await wx.login()
  wx.setStorageSync('k', 1)
  world.emulator.weixin.setBlocked('v1', true)
  world.emulator.weixin.setBound(world.emulator.apps[0]?.appid ?? '', false)
  world.emulator.faults.add({ at: 'wx.login', answer: 'cut' })
  await door('accounts', { nickname: '新人' })

  await door('reset', {})

  const again = world.emulator.device().wx
  expect(world.emulator.apps[0]).toMatchObject({ secret, bound: true })
  expect(world.emulator.accounts).toHaveLength(24)
  expect(world.emulator.accounts[0]?.blocked).toBe(false)
  expect(world.emulator.trace.hops).toHaveLength(0)
  expect(again.getStorageSync('k')).toBe('')
  expect(await exchange(world.emulator, { js_code: code })).toMatchObject({ errcode: 40029 })
  await expect(again.login()).resolves.toHaveProperty('code')
})
