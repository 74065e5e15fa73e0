// The HTTPS door: the built function behind HTTP access, with no WeChat in the context.
import { post, signIn, withToken } from '../support/https-client'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const profile = { v: 1, call: 'profile', data: {} }

test('somebody signs in with a code, and is known by the token from then on', async () => {
  const { token, user } = await signIn(world.emulator)
  const { status, envelope } = await post(world.emulator, profile, withToken(token))

  expect([status, envelope]).toMatchObject([200, { ok: true, data: { user: { id: user.id } } }])
  expect(world.emulator.database.find('sessions')).toMatchObject([{ transport: 'https', userId: user.id }])
})

test('the same person over the cloud is the same user, with a session of another kind', async () => {
  const { emulator } = world
  const overHttps = await signIn(emulator)
  const code = emulator.weixin.loginCode('v1')
  const overCloud = (await emulator.functions.invoke(
    'auth',
    { v: 1, call: 'login', data: {}, code },
    { account: 'v1' },
  )) as {
    session: { token: string; user: { id: string } }
  }

  expect(overCloud.session.user.id).toBe(overHttps.user.id)
  expect(await post(emulator, profile, withToken(overCloud.session.token))).toMatchObject({
    status: 401,
    envelope: { error: { code: 'SESSION_EXPIRED' } },
  })
  const back = emulator.functions.invoke('auth', { ...profile, token: overHttps.token }, { account: 'v1' })
  expect(await back).toMatchObject({ ok: false, error: { code: 'SESSION_EXPIRED' } })
})

test('a number is bound over https: by access token, because nobody’s openid is in the context', async () => {
  const { emulator } = world
  const { token } = await signIn(emulator)
  const { code } = emulator.weixin.phoneCode('v1')
  const bound = await post(emulator, { v: 1, call: 'phone', data: { code } }, withToken(token))

  expect(bound).toMatchObject({ status: 200, envelope: { data: { user: { phone: { countryCode: '86' } } } } })
  expect(emulator.trace.count('getStableAccessToken') + emulator.trace.count('stable_token')).toBeGreaterThan(0)
})

describe('a callFunction event dressed as an HTTP request', () => {
  const dressed = (headers: Record<string, string>, body: object) => ({
    path: '/auth',
    httpMethod: 'POST',
    headers: { 'content-type': 'application/json', 'x-real-ip': '127.0.0.1', ...headers },
    queryStringParameters: {},
    requestContext: { envId: 'emulated-env' },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  })

  test.each([
    ['by a client', { account: 'v2' }],
    ['by DevTools', { account: 'v2', source: 'wx_devtools' }],
    ['through another function', { account: 'v2', source: 'wx_client,scf' }],
  ])('gains nothing %s, with somebody else’s token or code', async (_who, caller) => {
    const { emulator } = world
    const { token } = await signIn(emulator, 'v1')
    const before = JSON.stringify(emulator.database.everything())
    const forged = { ...withToken(token), 'x-wx-openid': emulator.weixin.openid('v1'), 'x-wx-source': 'wx_http' }

    for (const event of [
      dressed(forged, profile),
      dressed({}, { v: 1, call: 'login', data: {}, code: emulator.weixin.loginCode('v1') }),
    ]) {
      expect(await emulator.functions.invoke('https', event, caller)).toMatchObject({ statusCode: 403 })
    }
    expect(JSON.stringify(emulator.database.everything())).toBe(before)
  })

  test('to the function auth gains nothing either', async () => {
    const { emulator } = world
    const { token } = await signIn(emulator, 'v1')
    const answer = await emulator.functions.invoke('auth', dressed(withToken(token), profile), { account: 'v2' })

    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
  })
})

test('authentication costs one document read, no write and no count', async () => {
  const { emulator } = world
  const { token } = await signIn(emulator)
  emulator.trace.clear()
  await post(emulator, profile, withToken(token))
  const ops = emulator.trace.hops.filter(({ to }) => to === 'database').map(({ op }) => op)

  // The second read is the profile itself.
  expect(ops).toEqual(['sessions.get', 'users.get'])
})

test('guessing tokens is counted by address, and no address is written down', async () => {
  const { emulator } = world
  const guess = () => post(emulator, profile, withToken('A'.repeat(43)))
  for (let n = 0; n < 120; n++) expect((await guess()).status).toBe(401)
  const { status, headers } = await guess()

  expect([status, Number(headers['retry-after']) > 0]).toEqual([429, true])
  expect(JSON.stringify(emulator.database.everything())).not.toContain('127.0.0.1')
  await emulator.clock.advance(60_000)
  expect((await guess()).status).toBe(401)
})
