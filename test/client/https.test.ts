// The way over wx.request: where it goes, what is an answer, and what a failure means.
import { createHttpsTransport } from '../../miniprogram/auth/platform/https'
import type { CallEvent } from '../../typings/contract'

interface Asked {
  url: string
  method: string
  data: unknown
  header: Record<string, string>
  timeout: number
}

type Answer = { statusCode: number; data: unknown } | { fail: object }

const given = (answer: Answer, baseUrl: string | undefined = 'https://example.com/api') => {
  const asked: Asked[] = []
  const request = (options: Asked & { success(r: object): void; fail(r: object): void }) => {
    const { url, method, data, header, timeout } = options
    asked.push({ url, method, data, header, timeout })
    if ('fail' in answer) options.fail(answer.fail)
    else options.success(answer)
  }
  const device: Partial<WechatMiniprogram.Wx> = { request: request as unknown as WechatMiniprogram.Wx['request'] }
  const transport = createHttpsTransport(device as WechatMiniprogram.Wx, { baseUrl, timeoutMs: 8_000 })
  const event: CallEvent<'profile'> = { v: 1, call: 'profile', data: {}, token: 'the-token', expectUser: 'u-anna' }
  return {
    asked,
    sent: () => transport.send(event),
    login: () => transport.send({ v: 1, call: 'login', data: {}, code: 'c' }),
  }
}

const envelope = { ok: true, requestId: 'r', data: {} }
const refusal = { ok: false, requestId: 'r', error: { code: 'SESSION_EXPIRED', message: '', remedy: 'renew' } }

test('the token travels in its header, and nowhere else', async () => {
  const { asked, sent } = given({ statusCode: 200, data: envelope })
  await sent()
  expect(asked).toEqual([
    {
      url: 'https://example.com/api/auth',
      method: 'POST',
      data: { v: 1, call: 'profile', data: {}, expectUser: 'u-anna' },
      header: { 'content-type': 'application/json', authorization: 'Bearer the-token' },
      timeout: 8_000,
    },
  ])
})

test('without a token there is no such header', async () => {
  const { asked, login } = given({ statusCode: 200, data: envelope })
  await login()
  expect(asked[0]?.header).not.toHaveProperty('authorization')
})

test('a slash at the end of the base is none too many', async () => {
  const { asked, sent } = given({ statusCode: 200, data: envelope }, 'https://example.com/api//')
  await sent()
  expect(asked[0]?.url).toBe('https://example.com/api/auth')
})

test.each([200, 400, 401, 422, 429, 500, 503])('an envelope is an answer with status %d too', async (statusCode) => {
  await expect(given({ statusCode, data: refusal }).sent()).resolves.toEqual(refusal)
})

test('without a baseUrl the developer is told', async () => {
  const { sent } = given({ statusCode: 200, data: envelope }, '')
  await expect(sent()).rejects.toMatchObject({ code: 'MISCONFIGURED', message: expect.stringContaining('baseUrl') })
})

test.each([
  [200, '<html>captive portal</html>', 'MISCONFIGURED'],
  [404, 'not found', 'MISCONFIGURED'],
  [401, { message: 'gateway wants a token of its own' }, 'MISCONFIGURED'],
  [408, '', 'TIMEOUT'],
  [429, '', 'RATE_LIMITED'],
  [500, { code: 'FUNCTION_INVOCATION_FAILED' }, 'INTERNAL'],
  [502, '', 'WECHAT_BUSY'],
  [503, null, 'WECHAT_BUSY'],
  [504, '', 'TIMEOUT'],
])('status %d with something that is no envelope is %s', async (statusCode, data, code) => {
  await expect(given({ statusCode, data }).sent()).rejects.toMatchObject({ code })
})

test.each([
  ['MISCONFIGURED', { errMsg: 'request:fail url not in domain list' }],
  ['MISCONFIGURED', { errMsg: 'request:fail', errno: 600002 }],
  ['MISCONFIGURED', { errMsg: 'request:fail invalid url "x"' }],
  ['MISCONFIGURED', { errMsg: 'request:fail', errno: 600009 }],
  ['MISCONFIGURED', { errMsg: 'request:fail', errno: 600005 }],
  ['MISCONFIGURED', { errMsg: 'request:fail request protocol must be http or https' }],
  ['MISCONFIGURED', { errMsg: 'https://example.com 不在以下 request 合法域名列表中' }],
  ['TIMEOUT', { errMsg: 'request:fail timeout' }],
  ['TIMEOUT', { errMsg: 'request:fail', errno: 5 }],
  ['NETWORK', { errMsg: 'request:fail ' }],
  ['NETWORK', { errMsg: 'request:fail', errno: 600001 }],
  ['NETWORK', { errMsg: 'request:fail ssl hand shake error' }],
  ['NETWORK', { errMsg: 'request:fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED' }],
  ['NETWORK', {}],
])('%s is what %j means', async (code, fail) => {
  await expect(given({ fail }).sent()).rejects.toMatchObject({ code })
})
