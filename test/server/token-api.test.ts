// The interfaces that want an access token, against a real server on the loopback that has opinions about tokens.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TokenUser } from '../../cloudfunctions/core/ports'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createEnvironment } from '../../cloudfunctions/platform/environment'
import { createWeixinApi } from '../../cloudfunctions/platform/weixin-api'
import { refusedBy } from '../support/refused'
import { phoneInfoOf } from '../support/sealed'
import { APPID, VARIABLES } from '../support/server'
import { createToldClock, SOME_DAY } from '../support/told-clock'

interface Asked {
  method: string
  path: string
  token: string | null
  type: string | undefined
  body: Record<string, unknown>
}

const INFO = phoneInfoOf(APPID, SOME_DAY)
const STABLE = '/cgi-bin/stable_token'
const PHONE = '/wxa/business/getuserphonenumber'
const CHECK = '/wxa/business/checkencryptedmsg'

let server: Server
/** What each path answers next; the last one stays. */
let answers: Record<string, unknown[]>
const asked: Asked[] = []

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

beforeAll((done) => {
  server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
    const body: Record<string, unknown> = JSON.parse((await read(request)) || '{}')
    const { method = '', headers } = request
    asked.push({ method, path: pathname, token: searchParams.get('access_token'), type: headers['content-type'], body })
    const queue = answers[pathname] ?? []
    response.end(JSON.stringify(queue.length > 1 ? queue.shift() : queue[0]))
  }).listen(0, '127.0.0.1', done)
})
afterAll((done) => {
  server.closeAllConnections()
  server.close(done)
})
beforeEach(() => {
  asked.length = 0
  answers = {
    [STABLE]: [{ access_token: 'token-1', expires_in: 7200 }],
    [PHONE]: [{ errcode: 0, errmsg: 'ok', phone_info: INFO }],
    [CHECK]: [{ errcode: 0, errmsg: 'ok', vaild: true, create_time: 1 }],
  }
})

const by: TokenUser = { signal: new AbortController().signal, mayForce: async () => true, hide: () => undefined }
const code = createSecret('phone code', 'the phone code/+')

const api = (variables: Record<string, string | undefined> = {}) => {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const environment = createEnvironment({ ...VARIABLES, WEIXIN_API_BASE: base, ...variables }, 'auth')
  return createWeixinApi({ clock: createToldClock(SOME_DAY + 15_000), environment }, { functionName: 'auth' })
}
const paths = () => asked.map(({ path }) => path)

describe('a phone code', () => {
  it('is sent in the body, the token in the query, after one stable token', async () => {
    expect(await api().phoneInfo(code, by)).toEqual(INFO)
    const [token, phone] = asked
    expect(token).toMatchObject({
      method: 'POST',
      path: STABLE,
      type: 'application/json',
      body: {
        grant_type: 'client_credential',
        appid: APPID,
        secret: VARIABLES.WEIXIN_APP_SECRET,
        force_refresh: false,
      },
    })
    expect(phone).toEqual({
      method: 'POST',
      path: PHONE,
      token: 'token-1',
      type: 'application/json',
      body: { code: 'the phone code/+' },
    })
  })

  it('costs one token however many are sent', async () => {
    const { phoneInfo } = api()
    await Promise.all(Array.from({ length: 8 }, () => phoneInfo(code, by)))
    expect(paths().filter((path) => path === STABLE)).toHaveLength(1)
  })

  it.each([40001, 40014, 42001])('is sent again with another token after errcode %i, once', async (errcode) => {
    answers[STABLE] = [
      { access_token: 'token-1', expires_in: 7200 },
      { access_token: 'token-2', expires_in: 7200 },
    ]
    answers[PHONE] = [
      { errcode, errmsg: 'no' },
      { errcode: 0, phone_info: INFO },
    ]
    expect(await api().phoneInfo(code, by)).toEqual(INFO)
    expect(asked.map(({ token, path }) => token ?? path)).toEqual([STABLE, 'token-1', STABLE, 'token-2'])
  })

  it('makes WeChat issue another token only when it keeps giving the one it refuses', async () => {
    answers[STABLE] = [
      { access_token: 'token-1', expires_in: 7200 },
      { access_token: 'token-1', expires_in: 7000 },
      { access_token: 'token-2', expires_in: 7200 },
    ]
    answers[PHONE] = [
      { errcode: 40001, errmsg: 'no' },
      { errcode: 0, phone_info: INFO },
    ]
    await api().phoneInfo(code, by)
    const forced = asked.filter(({ path }) => path === STABLE).map(({ body }) => body['force_refresh'])
    expect(forced).toEqual([false, false, true])
  })

  it('is not sent a third time', async () => {
    answers[PHONE] = [{ errcode: 40001, errmsg: 'no' }]
    expect((await refusedBy(api().phoneInfo(code, by))).code).toBe('WECHAT_BUSY')
    expect(paths().filter((path) => path === PHONE)).toHaveLength(2)
  })

  it.each([
    [-1, 'WECHAT_BUSY', 'busy'],
    [40029, 'PHONE_CODE_INVALID', 'phone code'],
    [40013, 'MISCONFIGURED', 'WEIXIN_APPID'],
    [45011, 'RATE_LIMITED', 'minute'],
    [45009, 'RATE_LIMITED', 'daily'],
    [48001, 'NOT_PERMITTED', 'permission'],
    [41001, 'MISCONFIGURED', 'WEIXIN_API_BASE'],
    [47001, 'INTERNAL', '47001'],
  ])('that is answered with errcode %i is %s, and the message says %s', async (errcode, expected, named) => {
    answers[PHONE] = [{ errcode, errmsg: 'the phone code/+ rid: 69dfb1ed-7ed689cc' }]
    const { code: refused, message, detail } = await refusedBy(api().phoneInfo(code, by))
    expect([refused, detail]).toEqual([expected, `errcode ${errcode} rid 69dfb1ed-7ed689cc`])
    expect(message).toContain(named)
  })

  it('tells a limited caller when the minute, or the day in Beijing, is over', async () => {
    answers[PHONE] = [
      { errcode: 45011, errmsg: 'no' },
      { errcode: 45009, errmsg: 'no' },
    ]
    const { phoneInfo } = api()
    const waits = [await refusedBy(phoneInfo(code, by)), await refusedBy(phoneInfo(code, by))]
    // Sixteen o'clock and fifteen seconds there.
    expect(waits.map(({ retryAfterMs }) => retryAfterMs)).toEqual([46_000, 8 * 3_600_000 - 14_000])
  })

  it.each<[string, unknown]>([
    ['no phone_info', { errcode: 0 }],
    ['a list', [INFO]],
    ['a phone_info that is a text', { errcode: 0, phone_info: '12066600001' }],
  ])('answered with %s is no number', async (_what, answer) => {
    answers[PHONE] = [answer]
    expect((await refusedBy(api().phoneInfo(code, by))).code).toBe('WECHAT_BUSY')
  })
})

describe('the stable token', () => {
  it.each([
    [40164, 'MISCONFIGURED', 'whitelist'],
    [40125, 'MISCONFIGURED', 'WEIXIN_APP_SECRET'],
    [40013, 'MISCONFIGURED', 'WEIXIN_APPID'],
    [40243, 'MISCONFIGURED', 'frozen'],
    [89503, 'MISCONFIGURED', 'administrator'],
    [45009, 'RATE_LIMITED', 'daily'],
    [-1, 'WECHAT_BUSY', 'busy'],
  ])('refused with errcode %i is %s, naming %s; the code is not spent', async (errcode, expected, named) => {
    answers[STABLE] = [{ errcode, errmsg: 'invalid ip 1.2.3.4' }]
    const { code: refused, message } = await refusedBy(api().phoneInfo(code, by))
    expect([refused, paths()]).toEqual([expected, [STABLE]])
    expect(message).toContain(named)
  })

  it.each<[string, unknown]>([
    ['no token', { expires_in: 7200 }],
    ['a token with a line break', { access_token: 'a\r\nb', expires_in: 7200 }],
    ['no life', { access_token: 'token-1' }],
    ['a life of nothing', { access_token: 'token-1', expires_in: 0 }],
  ])('with %s is none', async (_what, answer) => {
    answers[STABLE] = [answer]
    expect((await refusedBy(api().phoneInfo(code, by))).code).toBe('WECHAT_BUSY')
  })

  it('needs the AppSecret, and says so', async () => {
    const { code: refused, message } = await refusedBy(api({ WEIXIN_APP_SECRET: undefined }).phoneInfo(code, by))
    expect([refused, asked]).toEqual(['MISCONFIGURED', []])
    expect(message).toContain('WEIXIN_APP_SECRET')
  })
})

describe('the confirmation of sealed data', () => {
  it.each<[string, unknown, boolean]>([
    ['says yes in WeChat’s spelling', { errcode: 0, vaild: true }, true],
    ['says no', { errcode: 0, vaild: false }, false],
    ['knows no such data', { errcode: 1, errmsg: 'data not exist' }, false],
    ['says yes in a spelling that is not WeChat’s', { errcode: 0, valid: true }, false],
    ['says something like yes', { errcode: 0, vaild: 'true' }, false],
  ])('%s', async (_what, answer, expected) => {
    answers[CHECK] = [answer]
    expect(await api().hasSealed('abc', by)).toBe(expected)
    expect(asked.at(-1)).toMatchObject({ path: CHECK, token: 'token-1', body: { encrypted_msg_hash: 'abc' } })
  })

  it('that fails is not a no', async () => {
    answers[CHECK] = [{ errcode: 40097, errmsg: 'invalid args' }]
    expect((await refusedBy(api().hasSealed('abc', by))).code).toBe('INTERNAL')
  })
})
