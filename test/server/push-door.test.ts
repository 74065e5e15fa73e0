// The door of the function `push`: which pushes are believed, what they do, and that nobody else can do it.
import { openidIdentity } from '../../cloudfunctions/core/identities'
import { createPushDoor } from '../../cloudfunctions/push/door'
import { PUSH_KEY, PUSH_TOKEN, pushEvent, pushOf, type SignedPush, signed } from '../support/pushes'
import { ALICE, APPID, createTestServer, VARIABLES } from '../support/server'

const SECURE = { ...VARIABLES, WEIXIN_PUSH_TOKEN: PUSH_TOKEN, WEIXIN_PUSH_AES_KEY: PUSH_KEY }

const given = ({ variables = SECURE, fail = 0 }: { variables?: Record<string, string>; fail?: number } = {}) => {
  const server = createTestServer({ variables, cloudCalls: false })
  const done: unknown[][] = []
  let failures = fail
  const note =
    (name: string) =>
    async (...args: unknown[]) => {
      if (failures-- > 0) throw new Error('the database is away')
      done.push([name, ...args])
    }
  const main = createPushDoor(server.ports, {
    deeds: () => ({
      judge: note('judge'),
      forgetPhone: note('forgetPhone'),
      forgetProfile: note('forgetProfile'),
      deleteAccount: note('deleteAccount'),
    }),
  })
  const user = async () => {
    const { user } = await server.signIn(ALICE)
    server.from({ appid: APPID, source: 'wx_http' })
    return user.id
  }
  const now = () => server.clock.now() / 1000
  /** As WeChat dates what happens now, in milliseconds. */
  const second = () => Math.floor(now()) * 1000
  const event = (name: string, more: object = {}) => ({
    ToUserName: 'gh_0123456789ab',
    FromUserName: 'oPlatform',
    CreateTime: Math.floor(now()),
    MsgType: 'event',
    Event: name,
    ...more,
  })
  const push = (message: object | string, how: object = {}) => pushOf(message, { appid: APPID, at: now(), ...how })
  const send = (pushed: SignedPush, method?: string) => main(pushEvent(pushed, method), {})
  const details = () => server.lines.map(({ line }) => line.detail)
  server.from({ appid: APPID, source: 'wx_http' })
  return { server, main, done, user, event, push, send, now, second, details }
}

const OK = { statusCode: 200, body: 'success' }
const REFUSED = { statusCode: 403, body: 'refused' }
const verdict = (suggest: string) => ({ appid: APPID, trace_id: 't-1', version: 2, errcode: 0, result: { suggest } })

describe('an event', () => {
  it.each([
    ['pass', {}, 'pass'],
    ['risky', {}, 'risky'],
    ['review', {}, 'unclear'],
    ['pass', { errcode: -1008 }, 'unclear'],
    ['pass', { result: undefined }, 'unclear'],
  ])('wxa_media_check: %s %j is judged %s', async (suggest, more, judged) => {
    const { send, push, event, done } = given()
    await expect(send(push(event('wxa_media_check', { ...verdict(suggest), ...more })))).resolves.toMatchObject(OK)
    expect(done).toEqual([['judge', 't-1', judged]])
  })

  it('wxa_media_check in XML, where numbers are texts', async () => {
    const { send, push, done, now } = given()
    const xml = `<xml><CreateTime>${Math.floor(now())}</CreateTime><Event><![CDATA[wxa_media_check]]></Event><appid><![CDATA[${APPID}]]></appid><trace_id><![CDATA[t-2]]></trace_id><errcode>0</errcode><result><suggest><![CDATA[risky]]></suggest><label>20002</label></result></xml>`
    await expect(send(push(xml, { format: 'xml' }))).resolves.toMatchObject(OK)
    expect(done).toEqual([['judge', 't-2', 'risky']])
  })

  it.each([
    ['6', [['forgetProfile', { nickname: true, avatar: true }]]],
    ['8', [['forgetPhone']]],
    ['14', [['forgetProfile', { nickname: false, avatar: true }]]],
    ['19', [['forgetProfile', { nickname: true, avatar: false }]]],
    ['20', [['forgetProfile', { nickname: false, avatar: true }]]],
    ['8,19', [['forgetPhone'], ['forgetProfile', { nickname: true, avatar: false }]]],
    ['1', []],
    ['13', []],
  ])('user_authorization_revoke %s', async (RevokeInfo, expected) => {
    const { send, push, event, done, user, second } = given()
    const id = await user()
    await send(push(event('user_authorization_revoke', { OpenID: ALICE, AppID: APPID, RevokeInfo })))
    const identity = openidIdentity(APPID, ALICE)
    const whole = expected.map(([name, what]) => [name, id, what ?? identity, second()])
    expect(done).toEqual(whole)
  })

  it('user_info_modified takes face and name: WeChat cleared them, and does not say which was bad', async () => {
    const { send, push, event, done, user, second } = given()
    const id = await user()
    await send(push(event('user_info_modified', { OpenID: ALICE, AppID: APPID })))
    expect(done).toEqual([['forgetProfile', id, { nickname: true, avatar: true }, second()]])
  })

  it.each(['user_info_modified', 'user_authorization_revoke', 'user_authorization_cancellation'])(
    '%s that does not say when takes nothing: come again, it would take what is newer',
    async (name) => {
      const { send, push, event, done, user } = given()
      await user()
      const { CreateTime: _unsaid, ...timeless } = event(name, { OpenID: ALICE, AppID: APPID, RevokeInfo: '6,8' })
      await expect(send(push(timeless))).resolves.toMatchObject(REFUSED)
      expect(done).toEqual([])
    },
  )

  it('wxa_media_check needs no time: its trace id says what it is about', async () => {
    const { send, push, event, done } = given()
    const { CreateTime: _unsaid, ...timeless } = event('wxa_media_check', verdict('pass'))
    await expect(send(push(timeless))).resolves.toMatchObject(OK)
    expect(done).toEqual([['judge', 't-1', 'pass']])
  })

  it('user_authorization_cancellation deletes the account', async () => {
    const { send, push, event, done, user } = given()
    const id = await user()
    await send(push(event('user_authorization_cancellation', { OpenID: ALICE, AppID: APPID })))
    expect(done).toEqual([['deleteAccount', id]])
  })

  it('about somebody we do not know is answered success, and does nothing', async () => {
    const { send, push, event, done } = given()
    const pushed = push(event('user_authorization_cancellation', { OpenID: ALICE, AppID: APPID }))
    await expect(send(pushed)).resolves.toMatchObject(OK)
    expect(done).toEqual([])
  })

  it('we do not know is answered success, and logged once with its name', async () => {
    const { send, push, event, done, details } = given()
    await expect(send(push(event('xpay_goods_deliver_notify')))).resolves.toMatchObject(OK)
    expect([done, details()]).toEqual([[], ['xpay_goods_deliver_notify is nothing to us']])
  })

  it('that cannot be dealt with now is not answered success, and the next try is welcome', async () => {
    const { send, push, event, done } = given({ fail: 1 })
    const pushed = push(event('wxa_media_check', verdict('pass')))
    await expect(send(pushed)).resolves.toMatchObject({ statusCode: 500, body: 'failed' })
    await expect(send(pushed)).resolves.toMatchObject(OK)
    expect(done).toHaveLength(1)
  })
})

describe('what was changed on the way does nothing', () => {
  it.each<[string, (push: SignedPush) => SignedPush]>([
    [
      'timestamp',
      (push) => ({ ...push, query: { ...push.query, timestamp: String(Number(push.query['timestamp']) + 1) } }),
    ],
    ['nonce', (push) => ({ ...push, query: { ...push.query, nonce: 'another' } })],
    ['msg_signature', (push) => ({ ...push, query: { ...push.query, msg_signature: '0'.repeat(40) } })],
    ['no msg_signature', ({ query: { msg_signature: _, ...query }, ...push }) => ({ ...push, query })],
    [
      'the plain signature instead',
      (push) => ({ ...push, query: { ...push.query, msg_signature: push.query['signature'] ?? '' } }),
    ],
    ['no encrypt_type', ({ query: { encrypt_type: _, ...query }, ...push }) => ({ ...push, query })],
    ['encrypt_type raw', (push) => ({ ...push, query: { ...push.query, encrypt_type: 'raw' } })],
    ['the ciphertext', (push) => ({ ...push, body: push.body.replace(/Encrypt":"./, 'Encrypt":"_') })],
    ['no ciphertext', (push) => ({ ...push, body: '{"ToUserName":"gh_0123456789ab"}' })],
    [
      'a plain message',
      (push) => ({ ...push, body: JSON.stringify({ Event: 'wxa_media_check', ...verdict('risky') }) }),
    ],
    ['no body', (push) => ({ ...push, body: '' })],
  ])('%s', async (_what, change) => {
    const { send, push, event, done, server } = given()
    await expect(send(change(push(event('wxa_media_check', verdict('risky')))))).resolves.toMatchObject(REFUSED)
    expect([done, server.opened()]).toEqual([[], 0])
  })

  it.each([
    ['signed with another token', { token: 'anotherToken' }],
    ['sealed with another key', { key: 'B'.repeat(43) }],
    ['for another mini-program', { appid: 'wx00000000000000bb' }],
  ])('%s', async (_what, how) => {
    const { send, push, event, done } = given()
    await expect(send(push(event('wxa_media_check', verdict('risky')), how))).resolves.toMatchObject(REFUSED)
    expect(done).toEqual([])
  })

  it.each([
    ['of another mini-program inside', { appid: 'wx00000000000000bb' }],
    ['of last week inside', { CreateTime: 1_700_000_000 }],
    ['of no time inside', { CreateTime: 'soon' }],
  ])('%s', async (_what, more) => {
    const { send, push, event, done } = given()
    const pushed = push(event('wxa_media_check', { ...verdict('risky'), ...more }))
    await expect(send(pushed)).resolves.toMatchObject(REFUSED)
    expect(done).toEqual([])
  })

  it.each([-301, 301])('stale by %i seconds', async (away) => {
    const { send, push, event, done, now } = given()
    const pushed = push(event('wxa_media_check', verdict('risky')), { at: now() + away })
    await expect(send(pushed)).resolves.toMatchObject(REFUSED)
    expect(done).toEqual([])
  })
})

describe('a push that comes again', () => {
  it('does nothing, and WeChat, whose first answer was lost, is told success', async () => {
    const { send, push, event, done, details } = given()
    const pushed = push(event('wxa_media_check', verdict('pass')))
    await send(pushed)
    await expect(send(pushed)).resolves.toMatchObject(OK)
    expect(done).toHaveLength(1)
    expect(details()).toEqual(['verdict: pass', 'seen before'])
  })

  it('is known by all that is signed: digits moved between time and nonce make no new one', async () => {
    const { main, push, event, done, now } = given()
    const first = push(event('wxa_media_check', verdict('pass')), { nonce: String(Math.floor(now()) + 60) })
    await main(pushEvent(first), {})
    const { timestamp = '', nonce = '' } = first.query
    const swapped = { ...first, query: { ...first.query, timestamp: nonce, nonce: timestamp } }
    await expect(main(pushEvent(swapped), {})).resolves.toMatchObject(OK)
    expect(done).toHaveLength(1)
  })

  it('is remembered as long as it could be fresh, and not longer', async () => {
    const { send, push, event, server } = given()
    await send(push(event('wxa_media_check', verdict('pass'))))
    const [nonce] = server.memory.all().pushNonces
    expect(nonce?.expiresAt).toBe(server.clock.now() + 15 * 60_000)
  })
})

describe('the address check', () => {
  const check = (now: number, changes: object = {}) => {
    const timestamp = String(Math.floor(now))
    const query = { timestamp, nonce: '1514711492', echostr: '4375120948345356249' }
    const signature = signed(PUSH_TOKEN, timestamp, query.nonce)
    return { query: { ...query, signature, ...changes }, body: '', type: '' }
  }

  it('is answered with its echo', async () => {
    const { send, now } = given()
    await expect(send(check(now()), 'GET')).resolves.toMatchObject({ statusCode: 200, body: '4375120948345356249' })
  })

  it.each([
    ['with a wrong signature', { signature: '0'.repeat(40) }],
    ['with a page for an echo', { echostr: '<script>1</script>' }],
    ['without an echo', { echostr: '' }],
  ])('is refused %s', async (_what, changes) => {
    const { send, now } = given()
    await expect(send(check(now(), changes), 'GET')).resolves.toMatchObject(REFUSED)
  })

  it('is no way to deliver anything, and other methods are none at all', async () => {
    const { send, push, event, done } = given()
    const pushed = push(event('wxa_media_check', verdict('risky')))
    await expect(send(pushed, 'GET')).resolves.toMatchObject(REFUSED)
    await expect(send(pushed, 'PUT')).resolves.toMatchObject({ statusCode: 405 })
    expect(done).toEqual([])
  })
})

describe('the two ways in are closed to each other', () => {
  it('with a token set, a plain event does nothing, whoever sends it', async () => {
    const { main, event, done, server } = given()
    for (const source of ['wx_client', 'wx_http', 'wx_unknown', undefined]) {
      server.from({ appid: APPID, ...(source !== undefined && { source }) })
      await expect(main(event('wxa_media_check', verdict('risky')), {})).resolves.toBe('refused')
    }
    expect(done).toEqual([])
  })

  it('without one, what comes over HTTP does nothing, however well it is signed', async () => {
    const { send, push, event, done } = given({ variables: VARIABLES })
    await expect(send(push(event('wxa_media_check', verdict('risky'))))).resolves.toMatchObject(REFUSED)
    expect(done).toEqual([])
  })

  it('without one, the cloud’s own event is served', async () => {
    const { main, event, done, server } = given({ variables: VARIABLES })
    server.from({ appid: APPID, openid: ALICE, source: 'wx_unknown' })
    await expect(main(event('wxa_media_check', verdict('risky')), {})).resolves.toBe('success')
    expect(done).toEqual([['judge', 't-1', 'risky']])
  })

  it.each(['wx_client', 'wx_devtools', 'wx_localdebug', 'wx_http', 'wx_client,scf', 'web_client'])(
    'a forged verdict by %s changes nothing',
    async (source) => {
      const { main, event, done, server } = given({ variables: VARIABLES })
      server.from({ appid: APPID, openid: ALICE, source })
      const forged = { ...event('wxa_media_check', verdict('pass')), userInfo: { appId: APPID, openId: ALICE } }
      await expect(main(forged, {})).resolves.toBe('refused')
      expect(done).toEqual([])
    },
  )

  it('a signed push replayed through callFunction changes nothing', async () => {
    const { send, push, event, done, server } = given()
    server.from({ appid: APPID, openid: ALICE, source: 'wx_client' })
    await expect(send(push(event('wxa_media_check', verdict('risky'))))).resolves.toMatchObject(REFUSED)
    expect(done).toEqual([])
  })

  it.each(['WEIXIN_PUSH_TOKEN', 'WEIXIN_PUSH_AES_KEY'] as const)('%s alone serves neither', async (name) => {
    const { main, send, push, event, done, server } = given({ variables: { ...VARIABLES, [name]: SECURE[name] } })
    server.from({ appid: APPID, source: 'wx_unknown' })
    await expect(send(push(event('wxa_media_check', verdict('risky'))))).resolves.toMatchObject({ statusCode: 500 })
    await expect(main(event('wxa_media_check', verdict('risky')), {})).rejects.toThrow('log has the reason')
    expect(done).toEqual([])
    expect(server.lines[0]?.line).toMatchObject({
      code: 'MISCONFIGURED',
      reason: expect.stringContaining('is not set'),
    })
  })

  it('neither keys nor openids are in the log', async () => {
    const { send, push, event, server, user } = given()
    await user()
    await send(push(event('user_authorization_revoke', { OpenID: ALICE, AppID: APPID, RevokeInfo: '8' })))
    const log = JSON.stringify(server.lines.map(({ line }) => line))
    for (const secret of [PUSH_TOKEN, PUSH_KEY, ALICE]) expect(log).not.toContain(secret)
  })
})
