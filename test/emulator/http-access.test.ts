// HTTP access: what a function is told of a request, what becomes of its answer, and who does not get in.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, ask, type Sent } from '../support/emulator'
import { useEmulator } from '../support/journey'
import { temporaryFolder } from '../support/processes'

/** Answers as the query says; the function behind every path but /push. */
const HTTPS = `
exports.main = async (event) => {
  const { answer } = event.queryStringParameters
  if (answer === 'throw') throw new Error('a stack with secrets in it')
  if (answer === 'loop') await new Promise(() => undefined)
  if (answer === 'event') return { ...event, source: process.env.TCB_SOURCE, openid: process.env.WX_OPENID }
  return JSON.parse(answer || 'null')
}`
const PUSH = `exports.main = async () => 'success'`

const folder = temporaryFolder()
for (const [name, code] of Object.entries({ https: HTTPS, push: PUSH })) {
  mkdirSync(join(folder.path, name))
  writeFileSync(join(folder.path, name, 'index.js'), code)
}
afterAll(folder.remove)
const world = useEmulator({ functions: [folder.path] })

const send = (path: string, sent: Sent = {}): Promise<Answer> => ask(`${world.emulator.url}/http${path}`, sent)
const answering = (value: unknown) => send(`/auth?${new URLSearchParams({ answer: JSON.stringify(value) })}`)
const seen = async (sent: Sent = {}, path = '/auth') =>
  JSON.parse((await send(`${path}?answer=event`, sent)).text) as Record<string, unknown> & {
    headers: Record<string, string>
  }

describe('the event', () => {
  test('is CloudBase’s: path without the door, method, headers, query, body', async () => {
    const event = await seen({
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'X-Mine': '1' },
      body: '{"a":"微"}',
    })

    expect(event).toMatchObject({
      path: '/auth',
      httpMethod: 'POST',
      queryStringParameters: { answer: 'event' },
      headers: { 'x-mine': '1' },
      requestContext: { envId: 'emulated-env' },
      body: '{"a":"微"}',
      isBase64Encoded: false,
    })
  })

  test('has bytes in base64, and an empty body as an empty text', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }

    expect(await seen({ method: 'POST', headers, body: 'ab' })).toMatchObject({ body: 'YWI=', isBase64Encoded: true })
    expect(await seen()).toMatchObject({ httpMethod: 'GET', body: '', isBase64Encoded: false })
  })

  test('names nobody: no openid, no userInfo, and the source of HTTP, whatever was sent', async () => {
    const headers = { 'content-type': 'application/json', 'x-wx-openid': 'forged', 'x-wx-source': 'wx_client' }
    const event = await seen({ method: 'POST', headers, body: '{"userInfo":{"openId":"forged"}}' })

    expect(event).toMatchObject({ source: 'wx_http' })
    expect(event).not.toHaveProperty('openid')
    expect(event).not.toHaveProperty('userInfo')
  })

  test('has the gateway’s word on the address, over whatever a client claims', async () => {
    const { headers } = await seen({ headers: { 'x-real-ip': '1.1.1.1', 'x-forwarded-for': '1.1.1.1, 2.2.2.2' } })

    expect(headers).toMatchObject({
      'x-real-ip': '127.0.0.1',
      'x-forwarded-for': '1.1.1.1, 2.2.2.2, 127.0.0.1',
      'x-client-proto': 'https',
    })
  })
})

describe('the answer', () => {
  test.each<[string, unknown, Partial<Answer>]>([
    ['an integrated response', { statusCode: 401, headers: { 'X-A': '1' }, body: 'no' }, { status: 401, text: 'no' }],
    ['bytes', { statusCode: 200, body: 'YWI=', isBase64Encoded: true }, { status: 200, text: 'ab' }],
    ['an object in its body', { statusCode: 200, body: { a: 1 } }, { status: 200, text: '{"a":1}' }],
    ['an object', { a: 1 }, { status: 200, text: '{"a":1}' }],
    ['a text', 'hello', { status: 200, text: 'hello' }],
    ['a number', 7, { status: 200, text: '7' }],
    ['nothing', null, { status: 200, text: '' }],
    ['a status that is none', { statusCode: 'x' }, { status: 500 }],
    ['a header that is none', { statusCode: 200, headers: { a: {} } }, { status: 500 }],
  ])('%s', async (_what, value, expected) => {
    expect(await answering(value)).toMatchObject(expected)
  })

  test('of a function that threw is a code and an id, never its stack', async () => {
    const { status, text } = await send('/auth?answer=throw')

    expect(status).toBe(500)
    expect(text).toContain('FUNCTION_INVOCATION_FAILED')
    expect(text).not.toContain('secrets')
  })

  test('of a function that is late is 504', async () => {
    const pending = send('/auth?answer=loop')
    await world.emulator.trace.until('never', 0)
    while (world.emulator.trace.count('http.https') === 0) await world.emulator.clock.advance(1000)

    expect(await pending).toMatchObject({ status: 504 })
  })
})

describe('the door', () => {
  test('leads to push below /push, and to https everywhere else', async () => {
    expect(await send('/push')).toMatchObject({ status: 200, text: 'success' })
    expect(await send('/push/more')).toMatchObject({ text: 'success' })
    expect((await seen({}, '/pushy'))['path']).toBe('/pushy')
    expect(world.emulator.trace.hops.map(({ op }) => op)).toEqual(['http.push', 'http.push', 'http.https'])
  })

  test.each([
    ['application/json', 100 * 1024],
    ['text/xml', 100 * 1024],
    ['multipart/form-data; boundary=b', 6 * 1024 * 1024],
  ])('lets %s through up to %i bytes', async (type, limit) => {
    const post = (bytes: number) =>
      send('/push', { method: 'POST', headers: { 'content-type': type }, body: 'x'.repeat(bytes) })

    expect((await post(limit)).status).toBe(200)
    expect((await post(limit + 1)).status).toBe(413)
  })

  test('is guarded like the rest of the port: no foreign host, no foreign page; but it wants no key', async () => {
    expect(await send('/push', { headers: { host: 'evil.example' } })).toMatchObject({ status: 421 })
    expect(await send('/push', { headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403 })
    expect(await send('/push')).toMatchObject({ status: 200 })
  })

  test('breaks and refuses as it is told', async () => {
    const { faults } = world.emulator
    faults.add({ at: 'http.push', answer: { errcode: -1 } })
    expect(await send('/push')).toMatchObject({ status: 500 })
    faults.add({ at: 'http.push', answer: 'cut' })
    await expect(send('/push')).rejects.toThrow()
    expect(await send('/push')).toMatchObject({ status: 200 })
  })

  test('hides in the trace what must not be seen', async () => {
    const code = world.emulator.weixin.loginCode('v1')
    await send('/push', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer not-shown' },
      body: JSON.stringify({ code, data: {} }),
    })
    const trace = JSON.stringify(world.emulator.trace.hops)

    expect(trace).not.toContain(code)
    expect(trace).not.toContain('not-shown')
  })
})
