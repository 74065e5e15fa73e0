// jscode2session as WeChat answers it: rows 1 to 7 of the platform's acceptance list.
import { ask, exchange } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const SECOND = 1000
const guestCode = 'the code is a mock one'

test('a fresh code becomes an openid and a session_key of 24 characters, without an errcode', async () => {
  const { wx } = world.emulator.device()
  const { code } = await wx.login()

  const session = await exchange(world.emulator, { js_code: code })

  expect(code).toMatch(/^0[A-Za-z0-9]{31}$/)
  expect(session).not.toHaveProperty('errcode')
  expect(session.openid).toMatch(/^o[\w-]{27}$/)
  expect(Buffer.from(session.session_key ?? '', 'base64')).toHaveLength(16)
  expect(session.session_key).toHaveLength(24)
  expect(session.session_key).toBe(world.emulator.weixin.sessionKey('v1'))
})

test('a unionid is told only while the app is bound, and is one for both apps', async () => {
  const { weixin, apps } = world.emulator
  const [first, second] = apps
  const union = async (app = first) =>
    exchange(world.emulator, { appid: app?.appid, secret: app?.secret, js_code: weixin.loginCode('v1', app?.appid) })
  const [here, there] = [await union(first), await union(second)]

  weixin.setBound(first?.appid ?? '', false)

  expect(here.unionid).toHaveLength(28)
  expect(there.unionid).toBe(here.unionid)
  expect(there.openid).not.toBe(here.openid)
  expect(await union(first)).not.toHaveProperty('unionid')
})

test('a code is spent by its first exchange', async () => {
  const code = world.emulator.weixin.loginCode('v1')
  await exchange(world.emulator, { js_code: code })

  expect(await exchange(world.emulator, { js_code: code })).toMatchObject({ errcode: 40163 })
})

test('a refused exchange leaves the code good', async () => {
  const code = world.emulator.weixin.loginCode('v1')
  await exchange(world.emulator, { js_code: code, secret: 'wrong' })

  expect(await exchange(world.emulator, { js_code: code })).toHaveProperty('openid')
})

test('a code lives five minutes and no longer', async () => {
  const { weixin, clock } = world.emulator
  const [early, late] = [weixin.loginCode('v1'), weixin.loginCode('v1')]

  await clock.advance(299 * SECOND)
  const inTime = await exchange(world.emulator, { js_code: early })
  await clock.advance(2 * SECOND)

  expect(inTime).toHaveProperty('openid')
  expect(await exchange(world.emulator, { js_code: late })).toMatchObject({ errcode: 40029 })
})

test.each([
  ['a made-up code', { js_code: `0${'a'.repeat(31)}` }, 40029],
  ['the literal code of guest mode', { js_code: guestCode }, 40029],
  ['a wrong secret', { secret: 'f'.repeat(32) }, 40125],
  ['an unknown appid', { appid: `wx${'0'.repeat(16)}` }, 40013],
  ['no appid', { appid: undefined }, 41002],
  ['no secret', { secret: undefined }, 41004],
  ['no code', { js_code: undefined }, 41008],
  ['an empty code', { js_code: '' }, 41008],
  ['another grant_type', { grant_type: 'client_credential' }, 40002],
])('%s is refused', async (_, changes, errcode) => {
  const code = world.emulator.weixin.loginCode('v1')

  expect(await exchange(world.emulator, { js_code: code, ...changes })).toMatchObject({ errcode })
})

test("a code of one app is none for another's secret", async () => {
  const [, second] = world.emulator.apps
  const code = world.emulator.weixin.loginCode('v1')

  const answer = await exchange(world.emulator, { js_code: code, appid: second?.appid, secret: second?.secret })

  expect(answer).toMatchObject({ errcode: 40029 })
})

test('touristappid means the first app', async () => {
  const code = world.emulator.weixin.loginCode('v1')

  expect(await exchange(world.emulator, { js_code: code, appid: 'touristappid' })).toHaveProperty('openid')
})

test('a high-risk user is intercepted, and only that one', async () => {
  const { weixin } = world.emulator
  weixin.setBlocked('v2', true)

  expect(await exchange(world.emulator, { js_code: weixin.loginCode('v2') })).toMatchObject({ errcode: 40226 })
  expect(await exchange(world.emulator, { js_code: weixin.loginCode('v1') })).toHaveProperty('openid')
})

test('the 101st exchange of one user in a minute is refused, and a minute later accepted', async () => {
  const { weixin, clock } = world.emulator
  const one = (account: string) => exchange(world.emulator, { js_code: weixin.loginCode(account) })
  for (let n = 0; n < 100; n += 1) expect(await one('v1')).toHaveProperty('openid')

  expect(await one('v1')).toMatchObject({ errcode: 45011 })
  expect(await one('v2')).toHaveProperty('openid')
  await clock.advance(60 * SECOND)
  expect(await one('v1')).toHaveProperty('openid')
})

describe('the session_key', () => {
  const keyAfter = async (seconds: number) => {
    await world.emulator.clock.advance(seconds * SECOND)
    return (await exchange(world.emulator, { js_code: world.emulator.weixin.loginCode('v1') })).session_key ?? ''
  }

  test('is kept by two logins within five minutes and rotated by a later one', async () => {
    const first = await keyAfter(0)

    expect(await keyAfter(290)).toBe(first)
    expect(await keyAfter(20)).not.toBe(first)
  })

  test('that expired fails checkSession until the next login, which rotates it', async () => {
    const { wx } = world.emulator.device()
    const first = await keyAfter(0)
    await expect(wx.checkSession()).resolves.toEqual({ errMsg: 'checkSession:ok' })

    world.emulator.weixin.expireSessionKey('v1')

    await expect(wx.checkSession()).rejects.toMatchObject({ errMsg: expect.stringMatching(/^checkSession:fail/) })
    expect(await keyAfter(1)).not.toBe(first)
    await expect(wx.checkSession()).resolves.toBeTruthy()
  })

  test('dies of three idle days and lives on while it is used', async () => {
    const { wx } = world.emulator.device()
    await keyAfter(0)
    const day = 86_400 * SECOND

    await world.emulator.clock.advance(2 * day)
    await expect(wx.checkSession()).resolves.toBeTruthy()
    await world.emulator.clock.advance(2 * day)
    await expect(wx.checkSession()).resolves.toBeTruthy()
    await world.emulator.clock.advance(3 * day + SECOND)
    await expect(wx.checkSession()).rejects.toBeTruthy()
  })
})

describe('on the wire', () => {
  test('a refusal is status 200, called text, and ends with a rid that begins with the time', async () => {
    const { status, headers, text } = await ask(
      `${world.emulator.url}/sns/jscode2session?grant_type=authorization_code`,
    )

    const { errmsg } = JSON.parse(text) as { errmsg: string }
    const [, seconds = ''] = /^appid missing, rid: ([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/.exec(errmsg) ?? []
    expect([status, headers['content-type']]).toEqual([200, 'text/plain'])
    expect(Math.abs(Number.parseInt(seconds, 16) - world.emulator.clock.now() / 1000)).toBeLessThan(5)
  })

  test.each(['/sns/jsCode2Session', '/sns/', '/wxa/nothing'])(
    '%s is an invalid url, loud in the trace',
    async (path) => {
      const { text } = await ask(`${world.emulator.url}${path}`)

      expect(JSON.parse(text)).toMatchObject({ errcode: 40066 })
      expect(world.emulator.trace.hops.at(-1)).toMatchObject({
        op: `unknown path GET ${path}`,
        error: '40066 invalid url',
      })
    },
  )

  test('a POST is told to be a GET', async () => {
    const { text } = await ask(`${world.emulator.url}/sns/jscode2session`, { method: 'POST', body: '{}' })

    expect(JSON.parse(text)).toMatchObject({ errcode: 43001 })
  })
})
