// The exchange of a code, against a real server on the loopback that answers well, badly, slowly or not at all.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createEnvironment } from '../../cloudfunctions/platform/environment'
import { createWeixinApi } from '../../cloudfunctions/platform/weixin-api'
import { refusedBy } from '../support/refused'
import { createToldClock, SOME_DAY } from '../support/told-clock'

const SESSION = { openid: 'oAlice', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' }
const refusal = (code: string) => expect.objectContaining({ code })

let server: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
const asked: URL[] = []

beforeAll((done) => {
  server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://x'))
    answer(request, response)
  }).listen(0, '127.0.0.1', done)
})
afterAll((done) => {
  server.closeAllConnections()
  server.close(done)
})
beforeEach(() => {
  asked.length = 0
})

const variables = () => ({
  WEIXIN_APPID: 'wx00000000000000aa',
  WEIXIN_APP_SECRET: 'the/app+secret&',
  WEIXIN_API_BASE: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
})
const exchange = (signal = new AbortController().signal, more: Record<string, string | undefined> = {}) => {
  const environment = createEnvironment({ ...variables(), ...more }, 'auth')
  const api = createWeixinApi({ clock: createToldClock(SOME_DAY + 15_000), environment }, { functionName: 'auth' })
  return api.code2Session(createSecret('code', 'the code/+'), signal)
}
const json = (body: unknown) => (_request: IncomingMessage, response: ServerResponse) =>
  response.end(JSON.stringify(body))

describe('code2Session', () => {
  it('asks exactly once, with the four parameters as WeChat wants them', async () => {
    answer = json(SESSION)
    await exchange().answer
    expect(asked).toHaveLength(1)
    expect(asked[0]?.pathname).toBe('/sns/jscode2session')
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
      appid: 'wx00000000000000aa',
      secret: 'the/app+secret&',
      js_code: 'the code/+',
      grant_type: 'authorization_code',
    })
  })

  it('answers with openid, unionid when there is one, and a session_key that does not print', async () => {
    answer = json({ ...SESSION, unionid: 'uAlice', errcode: 0 })
    const { openid, unionid, sessionKey } = await exchange().answer
    expect([openid, unionid, sessionKey.reveal(), `${sessionKey}`]).toEqual([
      'oAlice',
      'uAlice',
      SESSION.session_key,
      '[session_key]',
    ])
    answer = json(SESSION)
    expect(await exchange().answer).not.toHaveProperty('unionid')
  })

  it('says that the request has left before the answer is there', async () => {
    let respond: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        respond = () => void response.end(JSON.stringify(SESSION))
        resolve()
      }
    })
    const { sent, answer: session } = exchange()
    await sent
    await arrived
    respond()
    await expect(session).resolves.toHaveProperty('openid', 'oAlice')
  })

  it.each([
    [-1, 'WECHAT_BUSY'],
    [40029, 'CODE_INVALID'],
    [40163, 'CODE_INVALID'],
    [40226, 'USER_BLOCKED'],
    [45011, 'RATE_LIMITED'],
    [40013, 'MISCONFIGURED'],
    [40125, 'MISCONFIGURED'],
    [40164, 'MISCONFIGURED'],
    [40243, 'MISCONFIGURED'],
    [41002, 'MISCONFIGURED'],
    [41004, 'MISCONFIGURED'],
    [41008, 'MISCONFIGURED'],
    [40066, 'MISCONFIGURED'],
    [50002, 'INTERNAL'],
  ])('translates errcode %i into %s', async (errcode, code) => {
    answer = json({ errcode, errmsg: 'whatever, rid: 69dfb1ed-7ed689cc-28c3c5a7' })
    await expect(exchange().answer).rejects.toEqual(refusal(code))
  })

  it.each([
    [40013, 'WEIXIN_APPID'],
    [40125, 'WEIXIN_APP_SECRET'],
    [41004, 'WEIXIN_APP_SECRET'],
    [40066, 'WEIXIN_API_BASE'],
    [40164, 'whitelist'],
    [40243, 'frozen'],
  ])('names what to mend for errcode %i: %s', async (errcode, named) => {
    answer = json({ errcode, errmsg: 'no' })
    await expect(exchange().answer).rejects.toThrow(named)
  })

  it('tells a limited user to wait for at least the rest of the minute', async () => {
    answer = json({ errcode: 45011, errmsg: 'api minute-quota reach limit' })
    const { retryAfterMs } = await refusedBy(exchange().answer)
    expect(retryAfterMs).toBeGreaterThanOrEqual(45_000)
    expect(retryAfterMs).toBeLessThan(60_000)
  })

  it('keeps WeChat’s text out of message and detail, but for its request id', async () => {
    answer = json({ errcode: 40125, errmsg: 'invalid secret the/app+secret& rid: 69dfb1ed-7ed689cc-28c3c5a7' })
    const refused = await refusedBy(exchange().answer)
    expect(refused.detail).toBe('errcode 40125 rid 69dfb1ed-7ed689cc-28c3c5a7')
    expect(refused.message).not.toContain('the/app')
  })
})

describe('when WeChat cannot be heard', () => {
  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
    ['the connection is cut', (request) => request.socket.destroy()],
    [
      'the answer is cut short',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('{"openid"')
        setImmediate(() => response.destroy())
      },
    ],
    ['the answer is no JSON', (_request, response) => response.end(`{"session_key":"${SESSION.session_key}", oops`)],
    ['the answer is empty', (_request, response) => response.end()],
    ['the answer is an array', json([SESSION])],
    ['the answer has no openid', json({ session_key: SESSION.session_key })],
    ['the key is no key', json({ ...SESSION, session_key: 'short' })],
    ['the openid is an object', json({ ...SESSION, openid: { $ne: 1 } })],
    ['the status is 502', (_request, response) => response.writeHead(502).end(JSON.stringify(SESSION))],
    ['the status is a redirect', (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['the answer is 80 KB long', json({ ...SESSION, padding: 'x'.repeat(80 * 1024) })],
    [
      'the answer never ends',
      (_request, response) => {
        const more = () => {
          if (response.writable) response.write('x'.repeat(10_000), more)
        }
        more()
      },
    ],
  ])('%s: it is busy, and nothing secret is in the reason', async (_what, how) => {
    answer = how
    const refused = await refusedBy(exchange().answer)
    expect(refused).toEqual(refusal('WECHAT_BUSY'))
    const told = `${JSON.stringify(refused)} ${refused.message} ${refused.detail}`
    for (const secret of [SESSION.session_key.slice(0, 8), 'the%2Fapp', 'the/app', 'the+code', 'js_code'])
      expect(told).not.toContain(secret)
  })

  it('is somebody else when it says 404: no later try will change that', async () => {
    answer = (_request, response) => response.writeHead(404).end('not found')
    await expect(exchange().answer).rejects.toMatchObject({
      code: 'MISCONFIGURED',
      message: expect.stringContaining('WEIXIN_API_BASE'),
    })
  })

  it('nobody listens there', async () => {
    const { sent, answer: session } = exchange(undefined, { WEIXIN_API_BASE: 'http://127.0.0.1:1' })
    await expect(session).rejects.toEqual(refusal('WECHAT_BUSY'))
    await expect(sent).resolves.toBeUndefined()
  })

  it('stops at once when it is aborted, and the connection is gone', async () => {
    const controller = new AbortController()
    const closed = new Promise<void>((resolve) => {
      answer = (request) => {
        request.socket.once('close', () => resolve())
        controller.abort()
      }
    })
    await expect(exchange(controller.signal).answer).rejects.toEqual(refusal('WECHAT_BUSY'))
    await closed
  })
})

describe('a function that was not configured', () => {
  it.each([
    ['WEIXIN_APPID', undefined, 'WEIXIN_APPID is not set on function auth'],
    ['WEIXIN_APPID', 'touristappid', 'WEIXIN_APPID'],
    ['WEIXIN_APP_SECRET', '', 'WEIXIN_APP_SECRET is not set on function auth'],
    ['WEIXIN_API_BASE', 'api.weixin.qq.com', 'WEIXIN_API_BASE'],
    ['WEIXIN_API_BASE', 'file:///etc', 'WEIXIN_API_BASE'],
    ['WEIXIN_API_BASE', 'http://api.weixin.qq.com', 'WEIXIN_API_BASE'],
  ])('%s = %s is refused before anything is sent', (name, value, message) => {
    expect(() => exchange(undefined, { [name]: value })).toThrow(
      expect.objectContaining({ code: 'MISCONFIGURED', message: expect.stringContaining(message) }),
    )
    expect(asked).toEqual([])
  })
})
