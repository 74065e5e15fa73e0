// The door of the function `https`: requests become calls, replies become statuses, and identity is the token alone.
import { calls } from '../../cloudfunctions/calls/index'
import { createDoor } from '../../cloudfunctions/https/door'
import type { Envelope } from '../../typings/contract'
import { bearer, httpEvent, type Sent } from '../support/http-events'
import { ALICE, APPID, BOB, createTestServer, DEVICE, type ServerOptions } from '../support/server'

const profile = { v: 1, call: 'profile', data: {} }
const login = (code: string) => ({ v: 1, call: 'login', data: {}, code, device: DEVICE })

const given = (options: ServerOptions = {}) => {
  const server = createTestServer({ cloudCalls: false, ...options })
  server.from({ appid: APPID, source: 'wx_http' })
  const main = createDoor(server.ports, { calls: options.calls ?? calls })
  const ask = async (sent: Sent = {}) => {
    const { statusCode, headers, body } = await main(httpEvent(sent), {})
    return { status: statusCode, headers, envelope: JSON.parse(body) as Envelope }
  }
  const outcome = async (sent: Sent) => {
    const { status, envelope } = await ask(sent)
    return [status, envelope.ok ? 'ok' : envelope.error.code]
  }
  const signIn = async (openid = ALICE, sent: Sent = {}) => {
    const { envelope } = await ask({ body: login(server.codeOf(openid)), ...sent })
    if (!envelope.session) throw new Error(`no grant in ${JSON.stringify(envelope)}`)
    return envelope.session
  }
  return { server, main, ask, outcome, signIn }
}

describe('identity', () => {
  it('is the code’s when somebody signs in, and the token’s from then on', async () => {
    const { signIn, ask, server } = given()
    const { token, user } = await signIn()
    const { status, envelope } = await ask({ body: profile, headers: bearer(token) })
    expect([status, envelope]).toMatchObject([200, { ok: true, data: { user: { id: user.id } } }])
    expect(server.memory.all().sessions).toMatchObject([{ transport: 'https', userId: user.id }])
  })

  it('is the same user’s as over the cloud, by the same openid', async () => {
    const { signIn, server } = given()
    const overHttps = await signIn()
    const overCloud = await server.signIn(ALICE)
    expect(overCloud.user.id).toBe(overHttps.user.id)
    expect(overCloud.token).not.toBe(overHttps.token)
  })

  it('a token of the cloud is worth nothing here, and one of here nothing there', async () => {
    const { signIn, server, outcome } = given()
    const here = await signIn()
    const { token } = await server.signIn(ALICE)
    await expect(server.main({ ...profile, token: here.token })).resolves.toMatchObject({ ok: false })
    server.from({ appid: APPID, source: 'wx_http' })
    await expect(outcome({ body: profile, headers: bearer(token) })).resolves.toEqual([401, 'SESSION_EXPIRED'])
  })

  it('two people are two, from one address', async () => {
    const { signIn } = given()
    const [alice, bob] = [await signIn(ALICE), await signIn(BOB)]
    expect(alice.user.id).not.toBe(bob.user.id)
  })

  it('no union is taken but WeChat’s own word on the code', async () => {
    const { ask, server } = given()
    server.from({ appid: APPID, source: 'wx_http', unionid: 'u-forged' })
    const { envelope } = await ask({ body: login(server.codeOf(ALICE)) })
    expect(envelope.session?.user.unionLinked).toBe(false)
  })
})

describe('a callFunction event dressed as an HTTP request', () => {
  it.each([
    ['with an openid in the context', { appid: APPID, openid: BOB, source: 'wx_client' }],
    ['from DevTools', { appid: APPID, source: 'wx_devtools' }],
    ['through another function', { appid: APPID, source: 'wx_client,scf' }],
  ])('gains nothing: %s', async (_what, caller) => {
    const { signIn, server, outcome } = given()
    const { token } = await signIn()
    const before = JSON.stringify(server.memory.all())
    server.from(caller)
    const headers = { ...bearer(token), 'x-real-ip': '127.0.0.1', 'x-wx-openid': ALICE, 'x-wx-source': 'wx_http' }
    await expect(outcome({ body: profile, headers })).resolves.toEqual([403, 'NOT_PERMITTED'])
    const code = server.codeOf(ALICE)
    await expect(outcome({ body: login(code), headers: {} })).resolves.toEqual([403, 'NOT_PERMITTED'])
    expect(server.spent).not.toContain(code)
    expect(JSON.stringify(server.memory.all())).toBe(before)
  })

  it('a call of the contract sent without the dress is no request', async () => {
    const { main, server } = given()
    server.from({ appid: APPID, openid: ALICE, source: 'wx_client' })
    await expect(main({ ...profile, token: 'x' }, {})).resolves.toMatchObject({ statusCode: 400 })
  })
})

describe('the request', () => {
  const token = 'A'.repeat(43)
  it.each<[string, Sent, number]>([
    ['another path', { path: '/other', body: profile }, 404],
    ['no path', { path: '/', body: profile }, 404],
    ['GET', { method: 'GET' }, 405],
    ['OPTIONS', { method: 'OPTIONS' }, 405],
    ['PUT', { method: 'PUT', body: profile }, 405],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'v=1' }, 415],
    ['no type', { headers: { 'content-type': '' }, body: profile }, 415],
    ['33 KB', { body: { ...profile, data: 'x'.repeat(33 * 1024) } }, 413],
    ['17 KB, which no call has', { body: { ...profile, data: 'x'.repeat(17 * 1024) }, headers: bearer(token) }, 400],
    ['no JSON', { body: '{"v":1' }, 400],
    ['a list', { body: '[]' }, 400],
    ['what is not UTF-8', { body: Buffer.from([123, 255, 125]) }, 400],
    ['a token in the body', { body: { ...profile, token } }, 400],
    ['a token in both places', { body: { ...profile, token }, headers: bearer(token) }, 400],
    ['a token and a code', { body: login('c'), headers: bearer(token) }, 400],
    ['userInfo, which only the cloud adds', { body: { ...profile, userInfo: { openId: ALICE } } }, 400],
    ['an unknown key', { body: { ...profile, openid: ALICE }, headers: bearer(token) }, 400],
    ['another scheme', { body: profile, headers: { authorization: 'Basic YWJj' } }, 400],
    ['a scheme alone', { body: profile, headers: { authorization: 'Bearer' } }, 400],
    ['two tokens', { body: profile, headers: { authorization: `Bearer ${token} ${token}` } }, 400],
    ['no token at all', { body: profile }, 401],
    ['a token of nobody', { body: profile, headers: bearer(token) }, 401],
    ['a token that cannot be one', { body: profile, headers: bearer('x') }, 401],
  ])('%s', async (_what, sent, expected) => {
    const { ask, server } = given()
    const { status, envelope } = await ask(sent)
    expect([status, envelope.ok]).toEqual([expected, false])
    expect(envelope.requestId).toMatch(/^[0-9a-f]{32}$/)
    expect(server.lines).toHaveLength(1)
  })

  it('says which method is served', async () => {
    const { ask } = given()
    await expect(ask({ method: 'GET' })).resolves.toMatchObject({ headers: { allow: 'POST' } })
  })

  it('finds its place with the prefix of the route or without', async () => {
    const { signIn } = given()
    await expect(signIn(ALICE, { path: '/api/v1/auth' })).resolves.toHaveProperty('token')
  })

  it('reads the scheme as HTTP does, in any case', async () => {
    const { signIn, outcome } = given()
    const { token } = await signIn()
    await expect(outcome({ body: profile, headers: { authorization: `bearer ${token}` } })).resolves.toEqual([
      200,
      'ok',
    ])
  })

  it('no secret of it is in the log', async () => {
    const { signIn, outcome, server } = given()
    const { token } = await signIn()
    await outcome({ body: { ...profile, token }, headers: bearer(token) })
    expect(JSON.stringify(server.lines.map(({ line }) => line))).not.toContain(token)
  })
})

describe('limits', () => {
  it('logins of one address, then nobody from there takes a code', async () => {
    const { outcome, server } = given()
    for (let n = 0; n < 120; n++) await outcome({ body: login('made-up') })
    const code = server.codeOf(ALICE)
    await expect(outcome({ body: login(code) })).resolves.toEqual([429, 'RATE_LIMITED'])
    expect(server.spent).not.toContain(code)
    await expect(outcome({ body: login(code), address: '192.0.2.2' })).resolves.toEqual([200, 'ok'])
  })

  it('logins of one user, from however many addresses', async () => {
    const { server, outcome } = given()
    for (let n = 0; n < 20; n++) await outcome({ body: login(server.codeOf(ALICE)), address: `192.0.2.${n}` })
    const again = { body: login(server.codeOf(ALICE)), address: '198.51.100.1' }
    await expect(outcome(again)).resolves.toEqual([429, 'RATE_LIMITED'])
  })

  it('codes beside the token of a deletion count as logins of the user, whoever’s they are', async () => {
    const { server, signIn, outcome } = given()
    const { token } = await signIn()
    const erase = (n: number) => ({
      body: { v: 1, call: 'deleteAccount', data: { confirm: true }, code: server.codeOf('oSomebodyElse') },
      headers: bearer(token),
      address: `192.0.2.${n}`,
    })
    for (let n = 0; n < 19; n++) expect((await outcome(erase(n)))[1]).toBe('DATA_MISMATCH')
    expect(await outcome(erase(99))).toEqual([429, 'RATE_LIMITED'])
  })

  it('refused tokens of one address, while a good one from there is still served', async () => {
    const { outcome, signIn, ask } = given()
    const { token } = await signIn()
    const guess = { body: profile, headers: bearer('B'.repeat(43)) }
    for (let n = 0; n < 120; n++) await expect(outcome(guess)).resolves.toEqual([401, 'SESSION_EXPIRED'])
    const { status, headers } = await ask(guess)
    expect(status).toBe(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    await expect(outcome({ body: profile, headers: bearer(token) })).resolves.toEqual([200, 'ok'])
  })

  it('phone calls of one user, before anything is spent', async () => {
    const { signIn, outcome, server } = given()
    const { token } = await signIn()
    const bind = () => ({ body: { v: 1, call: 'phone', data: { code: server.tap().code } }, headers: bearer(token) })
    for (let n = 0; n < 20; n++) await outcome(bind())
    const asked = server.asked.length
    await expect(outcome(bind())).resolves.toEqual([429, 'RATE_LIMITED'])
    expect(server.asked).toHaveLength(asked)
  })

  it('reading costs no count: a session in use is one read and no write', async () => {
    const { signIn, outcome, server } = given()
    const { token } = await signIn()
    const before = server.memory.all().counters.length
    await outcome({ body: profile, headers: bearer(token) })
    expect(server.memory.all().counters).toHaveLength(before)
  })

  it('over the cloud nothing is counted', async () => {
    const { server } = given()
    const { token } = await server.signIn(ALICE)
    await server.main({ ...profile, token: 'B'.repeat(43) })
    await server.main({ v: 1, call: 'phone', data: { remove: true }, token })
    expect(server.memory.all().counters).toHaveLength(0)
  })
})

describe('WeChat’s interfaces', () => {
  it('are asked by token, because nobody’s openid is in the context', async () => {
    const { signIn, outcome, server } = given()
    const { token } = await signIn()
    const data = { code: server.tap().code }
    await expect(outcome({ body: { v: 1, call: 'phone', data }, headers: bearer(token) })).resolves.toEqual([200, 'ok'])
    expect(server.asked).toEqual(['token: phoneInfo'])
  })
})
