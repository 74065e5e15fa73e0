// getuserphonenumber and checkencryptedmsg: rows 13 to 15 of the platform's acceptance list.
import { createDecipheriv, createHash } from 'node:crypto'
import { backDoor, exchange, openApi } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const SECOND = 1000
const DAY = 86_400 * SECOND

const redeem = (code: unknown, more: object = {}) =>
  openApi(
    world.emulator,
    '/wxa/business/getuserphonenumber',
    { access_token: world.emulator.weixin.accessToken() },
    { code, ...more },
  )
const check = (hash: unknown, app?: string) =>
  openApi(
    world.emulator,
    '/wxa/business/checkencryptedmsg',
    { access_token: world.emulator.weixin.accessToken(app) },
    { encrypted_msg_hash: hash },
  )
const hash = (text = '') => createHash('sha256').update(text).digest('hex')
const open = ({ encryptedData = '', iv = '' }, key = '') => {
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'base64'), Buffer.from(iv, 'base64'))
  const opened = Buffer.concat([decipher.update(Buffer.from(encryptedData, 'base64')), decipher.final()])
  return JSON.parse(opened.toString('utf8')) as unknown
}

describe('a phone code', () => {
  test('becomes a number once, stamped with the moment of the tap', async () => {
    const { code } = world.emulator.weixin.phoneCode('v1')
    const tapped = Math.floor(world.emulator.clock.now() / 1000)
    await world.emulator.clock.advance(100 * SECOND)

    const first = await redeem(code)

    expect(code).toMatch(/^[0-9a-f]{64}$/)
    expect(first).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '12066600001',
        purePhoneNumber: '12066600001',
        countryCode: '86',
        watermark: { timestamp: tapped, appid: world.emulator.apps[0]?.appid },
      },
    })
    expect(await redeem(code)).toMatchObject({ errcode: 40029 })
  })

  test('lives five minutes and no longer', async () => {
    const { weixin, clock } = world.emulator
    const [early, late] = [weixin.phoneCode('v1'), weixin.phoneCode('v1')]
    await clock.advance(299 * SECOND)
    expect(await redeem(early.code)).toMatchObject({ errcode: 0 })
    await clock.advance(2 * SECOND)
    expect(await redeem(late.code)).toMatchObject({ errcode: 40029 })
  })

  test('of the other app is 40013', async () => {
    const { weixin, apps } = world.emulator

    expect(await redeem(weixin.phoneCode('v1', apps[1]?.appid).code)).toMatchObject({ errcode: 40013 })
  })

  test('is no login code, and a login code is none', async () => {
    const { weixin } = world.emulator

    expect(await redeem(weixin.loginCode('v1'))).toMatchObject({ errcode: 40029 })
    expect(await exchange(world.emulator, { js_code: weixin.phoneCode('v1').code })).toMatchObject({ errcode: 40029 })
  })

  test.each([undefined, '', 7, {}, null])('that is %j is 40029', async (code) => {
    expect(await redeem(code)).toMatchObject({ errcode: 40029 })
  })

  test('with the openid of somebody else is refused and stays good for its owner', async () => {
    const { weixin } = world.emulator
    const { code } = weixin.phoneCode('v1')

    expect(await redeem(code, { openid: weixin.openid('v2') })).toMatchObject({ errcode: 40003 })
    expect(await redeem(code, { openid: weixin.openid('v1') })).toMatchObject({ errcode: 0 })
  })

  test('is refused with 48001 for an app without the capability', async () => {
    const { code } = world.emulator.weixin.phoneCode('v1')
    world.emulator.weixin.setEntitled(false)

    expect(await redeem(code)).toMatchObject({ errcode: 48001 })
  })

  test('is never in the trace, nor is the number', async () => {
    const { code } = world.emulator.weixin.phoneCode('v1')
    await redeem(code)

    expect(JSON.stringify(world.emulator.trace.hops)).not.toMatch(new RegExp(`${code}|12066600001`))
    expect(world.emulator.trace.hops.at(-1)).toMatchObject({ op: 'getuserphonenumber', account: 'v1' })
  })
})

test('a number from abroad carries its country code in phoneNumber alone', async () => {
  world.emulator.weixin.addNumber('v1', '+852 61234567')
  const { code } = world.emulator.weixin.phoneCode('v1', undefined, { number: '+852 61234567' })

  expect(await redeem(code)).toMatchObject({
    phone_info: { phoneNumber: '85261234567', purePhoneNumber: '61234567', countryCode: '852' },
  })
})

test.each(['12', '+86 1', 'abc', '+1234 567890'])('%s is no number', (number) => {
  expect(() => world.emulator.weixin.addNumber('v1', number)).toThrow('a phone number is')
})

describe('sealed data', () => {
  test('opens with the session_key of the account', async () => {
    const { weixin, apps } = world.emulator
    const { session_key } = await exchange(world.emulator, { js_code: weixin.loginCode('v1') })

    expect(open(weixin.phoneCode('v1'), session_key)).toMatchObject({
      phoneNumber: '12066600001',
      countryCode: '86',
      watermark: { appid: apps[0]?.appid, timestamp: expect.any(Number) },
    })
  })

  test('does not open with the key from before a login that rotated it', async () => {
    const { weixin, clock } = world.emulator
    weixin.loginCode('v1')
    const before = weixin.sessionKey('v1')
    await clock.advance(301 * SECOND)
    weixin.loginCode('v1')
    const sealed = weixin.phoneCode('v1')

    expect(() => open(sealed, before)).toThrow()
    expect(open(sealed, weixin.sessionKey('v1'))).toHaveProperty('phoneNumber')
  })

  test('of somebody whose key died opens with no key that was ever told', async () => {
    const { weixin } = world.emulator
    weixin.loginCode('v1')
    weixin.expireSessionKey('v1')
    const sealed = weixin.phoneCode('v1')

    expect(() => open(sealed, weixin.sessionKey('v1'))).toThrow()
    await expect(world.emulator.device().wx.checkSession()).rejects.toBeTruthy()
  })

  test('is not there in real time: a code and nothing else', () => {
    expect(Object.keys(world.emulator.weixin.phoneCode('v1', undefined, { realtime: true }))).toEqual(['code'])
  })
})

describe('checkencryptedmsg', () => {
  test('knows what WeChat sealed, for three days', async () => {
    const { encryptedData } = world.emulator.weixin.phoneCode('v1')

    expect(await check(hash(encryptedData))).toEqual({
      errcode: 0,
      errmsg: 'ok',
      vaild: true,
      create_time: expect.any(Number),
    })
    expect(await check(hash(encryptedData).toUpperCase())).toMatchObject({ vaild: true })
    await world.emulator.clock.advance(3 * DAY + SECOND)
    expect(await check(hash(encryptedData))).toMatchObject({ errcode: 1 })
  })

  test('does not know what somebody else sealed, or another app was given', async () => {
    const { weixin, apps } = world.emulator
    const { encryptedData } = weixin.phoneCode('v1')

    expect(await check(hash('forged'))).toMatchObject({ errcode: 1, errmsg: expect.stringMatching(/^data not exit/) })
    expect(await check(hash(encryptedData), apps[1]?.appid)).toMatchObject({ errcode: 1 })
  })

  test.each([
    ['nothing', undefined, 47001],
    ['the data itself', 'abc=', 40097],
    ['a number', 7, 40097],
  ])('asked for %s', async (_what, asked, errcode) => {
    expect(await check(asked)).toMatchObject({ errcode })
  })
})

test('the back door gives what the panel needs', async () => {
  const door = (path: string, body?: object) => backDoor(world.emulator, path, body)
  await door('accounts/v1/numbers', { number: '13800000000' })
  const { code } = (await door('accounts/v1/phone-code', { number: '13800000000' })) as { code: string }

  expect(await redeem(code)).toMatchObject({ phone_info: { phoneNumber: '13800000000' } })
  expect(await door('phone-quota', { left: 3 })).toEqual({ outcome: 'ask', quota: 3 })
  expect(await door('phone-outcome', { outcome: 'deny' })).toEqual({ outcome: 'deny', quota: 3 })
  expect(await door('phone-outcome')).toEqual({ outcome: 'deny', quota: 3 })
  expect(await door('entitled', { entitled: false })).toEqual({ done: true })
  expect(await door('access-tokens', { end: 'expire' })).toEqual({ done: true })
})

test.each([
  ['accounts/v1/phone-code', { number: '13900000000' }],
  ['accounts/v1/phone-code', { realtime: 1 }],
  ['accounts/v1/numbers', { number: 'x' }],
  ['phone-outcome', { outcome: 'explode' }],
  ['phone-quota', { left: -1 }],
  ['phone-quota', {}],
  ['entitled', {}],
  ['privacy', { declared: ['nose'] }],
  ['privacy', { declared: 'phone' }],
  ['access-tokens', { end: 'now' }],
  ['accounts', { nickname: 'x', phone: 'none' }],
])('the door %s refuses %j', async (path, body) => {
  await expect(backDoor(world.emulator, path, body)).rejects.toThrow(/^400 /)
})
