// checksession and resetusersessionkey: row 8 of the platform's acceptance list, and who is refused.
import { createHmac } from 'node:crypto'
import { exchange, openApi } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const SECOND = 1000

/** Logs the first account in and gives its key. */
const loggedIn = async (): Promise<string> => {
  const { session_key } = await exchange(world.emulator, { js_code: world.emulator.weixin.loginCode('v1') })
  return String(session_key)
}
const sign = (key: string | Buffer) => createHmac('sha256', key).update('').digest('hex')
const ask = (signature: string, change: Record<string, string> = {}, path = '/wxa/checksession') =>
  openApi(world.emulator, path, {
    access_token: world.emulator.weixin.accessToken(),
    openid: world.emulator.weixin.openid('v1'),
    signature,
    sig_method: 'hmac_sha256',
    ...change,
  })

test("WeChat's published signature is what the HMAC with the base64 text gives", () => {
  expect(sign('o0q0otL8aEzpcZL/FT9WsQ==')).toBe('46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128')
})

test('signed with the base64 text is right, with the decoded bytes wrong', async () => {
  const key = await loggedIn()

  expect(await ask(sign(key))).toEqual({ errcode: 0, errmsg: 'ok' })
  expect(await ask(sign(Buffer.from(key, 'base64')))).toMatchObject({ errcode: 87009 })
})

test('an old key is wrong once it was rotated', async () => {
  const key = await loggedIn()
  world.emulator.weixin.rotateSessionKey('v1')

  expect(await ask(sign(key))).toMatchObject({ errcode: 87009 })
})

test('who never logged in, or whose key died, has none', async () => {
  expect(await ask(sign('x'))).toMatchObject({ errcode: 87007 })
  const key = await loggedIn()
  world.emulator.weixin.expireSessionKey('v1')
  expect(await ask(sign(key))).toMatchObject({ errcode: 87007 })
})

test.each([
  ['another method', { sig_method: 'md5' }, 87008],
  ['nobody', { openid: 'o123' }, 40003],
  ['no token', { access_token: '' }, 41001],
])('%s is refused', async (_what, change, errcode) => {
  expect(await ask(sign(await loggedIn()), change)).toMatchObject({ errcode })
})

test('a missing parameter is 40097', async () => {
  const access_token = world.emulator.weixin.accessToken()

  expect(await openApi(world.emulator, '/wxa/checksession', { access_token })).toMatchObject({ errcode: 40097 })
})

test('resetusersessionkey gives a new key, and the old one dies at once', async () => {
  const key = await loggedIn()
  const reset = await ask(sign(key), {}, '/wxa/resetusersessionkey')

  expect(reset).toMatchObject({ errcode: 0, errmsg: 'ok', openid: world.emulator.weixin.openid('v1') })
  expect(reset['session_key']).toBe(world.emulator.weixin.sessionKey('v1'))
  expect(await ask(sign(key))).toMatchObject({ errcode: 87009 })
  expect(await ask(sign(String(reset['session_key'])))).toMatchObject({ errcode: 0 })
})

test('a reset does not lengthen the life of the key', async () => {
  const key = await loggedIn()
  const day = 86_400 * SECOND
  await world.emulator.clock.advance(2 * day)
  await ask(sign(key), {}, '/wxa/resetusersessionkey')
  await world.emulator.clock.advance(day + SECOND)

  await expect(world.emulator.device().wx.checkSession()).rejects.toBeTruthy()
})

test('frequent resets of one person are refused', async () => {
  await loggedIn()
  const again = () => ask(sign(String(world.emulator.weixin.sessionKey('v1'))), {}, '/wxa/resetusersessionkey')
  for (let nth = 0; nth < 10; nth += 1) await again()

  expect(await again()).toMatchObject({ errcode: 45011 })
})
