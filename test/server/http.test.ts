// HTTP as the gateway hands it over: what becomes a request, and what each code becomes.
import { HttpRefusal, parseHttp } from '../../cloudfunctions/core/http'
import { httpReply } from '../../cloudfunctions/core/http-reply'
import { httpEvent } from '../support/http-events'

const parse = (event: unknown, maxBytes = 100) => parseHttp(event, { maxBytes: () => maxBytes })
const statusOf = (act: () => unknown): number => {
  try {
    act()
    return 200
  } catch (cause) {
    if (cause instanceof HttpRefusal) return cause.status
    throw cause
  }
}

describe('a request', () => {
  it('is read whatever case its names are in', () => {
    const event = { ...httpEvent({ query: { nonce: 'n' }, body: '{}' }), httpMethod: 'post' }
    const request = parse({ ...event, headers: { 'Content-Type': 'Application/JSON; charset=utf-8', 'X-A': '1' } })
    expect(request).toMatchObject({ method: 'POST', path: '/auth', type: 'application/json' })
    expect([request.header('x-a'), request.query('nonce'), request.query('other')]).toEqual(['1', 'n', undefined])
  })

  it('has the bytes of its body, however they travelled', () => {
    const bytes = Buffer.from([0, 255, 13, 10])
    expect(parse(httpEvent({ body: bytes })).body.equals(bytes)).toBe(true)
    expect(parse(httpEvent({ body: '微信' })).body.toString()).toBe('微信')
    expect(parse({ ...httpEvent(), body: undefined }).body).toHaveLength(0)
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a call of the contract', { v: 1, call: 'login' }],
    ['a method that is no text', { ...httpEvent(), httpMethod: {} }],
    ['a path that is no text', { ...httpEvent(), path: ['/auth'] }],
    ['a body that is no text', { ...httpEvent(), body: { a: 1 } }],
    ['base64 that is none', { ...httpEvent(), body: 'a*b=', isBase64Encoded: true }],
  ])('is not %s', (_what, event) => {
    expect(statusOf(() => parse(event))).toBe(400)
  })

  it.each([
    [100, 200],
    [101, 413],
    [100_000, 413],
  ])('of %i bytes is %i when a hundred are allowed, in text and in base64', (size, status) => {
    expect(statusOf(() => parse(httpEvent({ body: 'x'.repeat(size) })))).toBe(status)
    expect(statusOf(() => parse(httpEvent({ body: Buffer.alloc(size) })))).toBe(status)
  })

  it('is measured in bytes, not in characters', () => {
    expect(statusOf(() => parse(httpEvent({ body: '微'.repeat(34) })))).toBe(413)
  })
})

describe('the address', () => {
  const addressOf = (headers: Record<string, string>) => parse({ ...httpEvent(), headers }).address

  it('is what the gateway saw, not what the client claims to have been forwarded for', () => {
    expect(addressOf({ 'x-forwarded-for': '1.1.1.1, 192.0.2.1', 'x-real-ip': '192.0.2.1' })).toBe('192.0.2.1')
    expect(addressOf({ 'x-forwarded-for': '1.1.1.1', 'x-real-ip': '192.0.2.1' })).toBe('192.0.2.1')
    expect(addressOf({ 'x-forwarded-for': '1.1.1.1, 192.0.2.1' })).toBe('192.0.2.1')
  })

  it('is absent when the gateway gives none, or something else', () => {
    expect(addressOf({})).toBeUndefined()
    expect(addressOf({ 'x-real-ip': 'x'.repeat(46) })).toBeUndefined()
  })
})

describe('a reply', () => {
  const refusal = (code: 'SESSION_EXPIRED' | 'SIGNED_OUT' | 'RATE_LIMITED' | 'WECHAT_BUSY' | 'INTERNAL', more = {}) =>
    httpReply({ requestId: 'r1', ok: false, error: { code, message: 'm', remedy: 'stop', ...more } })

  it('holds the envelope whatever its status is', () => {
    const reply = httpReply({ requestId: 'r1', ok: true, data: { a: 1 } })
    expect(reply).toMatchObject({ statusCode: 200, body: '{"requestId":"r1","ok":true,"data":{"a":1}}' })
    expect(JSON.parse(refusal('INTERNAL').body)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
  })

  it('says 401 of a session that ended, and how to come back', () => {
    for (const code of ['SESSION_EXPIRED', 'SIGNED_OUT'] as const) {
      expect(refusal(code)).toMatchObject({ statusCode: 401, headers: { 'www-authenticate': 'Bearer' } })
    }
  })

  it('says when it is worth another try, in whole seconds', () => {
    const { statusCode, headers } = refusal('RATE_LIMITED', { retryAfterMs: 1001 })
    expect([statusCode, headers['retry-after']]).toEqual([429, '2'])
  })

  it('is never kept by anybody on the way', () => {
    expect(refusal('WECHAT_BUSY')).toMatchObject({ statusCode: 503, headers: { 'cache-control': 'no-store' } })
  })
})
