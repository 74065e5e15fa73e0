// Requests: a table of damage, and what an honest event becomes.
import { parseRequest } from '../../cloudfunctions/core/requests'

const sound = { v: 1, call: 'profile', data: {} }
const badRequest = (about = '') =>
  expect.objectContaining({ code: 'BAD_REQUEST', message: expect.stringContaining(about) })
const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })
const circle: Record<string, unknown> = {}
circle['self'] = circle
const wide: Record<string, unknown> = {}
for (let n = 0; n < 100_000; n++) wide[`k${n}`] = n

describe('a sound event', () => {
  it('becomes a request', () => {
    const device = { id: 'device-0001', model: 'Pixel', platform: 'android' }
    const request = parseRequest({ ...sound, token: 'abc', expectUser: 'u1', device })
    expect(request).toMatchObject({ call: 'profile', data: {}, expectUser: 'u1', device })
    expect(request.token?.reveal()).toBe('abc')
  })

  it('loses the userInfo that WeChat added, whatever is in it', () => {
    expect(parseRequest({ ...sound, userInfo: { appId: 'wx', openId: 'o' } })).toEqual({ call: 'profile', data: {} })
    expect(parseRequest({ ...sound, userInfo: circle })).toEqual({ call: 'profile', data: {} })
  })

  it('may carry data of a call that is unknown here: that is not the frame’s business', () => {
    expect(parseRequest({ v: 1, call: 'of-next-year', data: [1] })).toEqual({ call: 'of-next-year', data: [1] })
  })

  it('may be just below the limits', () => {
    expect(parseRequest({ ...sound, data: nested(4) }).data).toEqual(nested(4))
    expect(parseRequest({ ...sound, data: { text: 'x'.repeat(16_000) } }).call).toBe('profile')
  })
})

describe('a damaged event', () => {
  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'object'],
    ['null', null, 'object'],
    ['a string', 'event', 'object'],
    ['an array', [sound], 'object'],
    ['no version', { call: 'profile', data: {} }, 'supported: 1'],
    ['version 2', { ...sound, v: 2 }, 'supported: 1'],
    ['version "1"', { ...sound, v: '1' }, 'supported: 1'],
    ['no call', { v: 1, data: {} }, 'call'],
    ['a call that is an object', { ...sound, call: { toString: 'login' } }, 'call'],
    ['a call of 65 characters', { ...sound, call: 'x'.repeat(65) }, 'call'],
    ['an unknown key', { ...sound, openid: 'o' }, 'openid'],
    ['an unknown key of 10 000 characters', { ...sound, ['k'.repeat(10_000)]: 1 }, '(unprintable)'],
    ['a token that is an object', { ...sound, token: { $ne: null } }, 'token'],
    ['a token that is an array', { ...sound, token: ['a'] }, 'token'],
    ['a token that is null', { ...sound, token: null }, 'token'],
    ['a token of 257 characters', { ...sound, token: 'a'.repeat(257) }, 'token'],
    ['a token of 90 KB', { ...sound, token: 'a'.repeat(90 * 1024) }, 'larger'],
    ['a code that is a number', { ...sound, code: 7 }, 'code'],
    ['an empty code', { ...sound, code: '' }, 'code'],
    ['a code of 257 characters', { ...sound, code: 'a'.repeat(257) }, 'code'],
    ['an expected user that is an object', { ...sound, expectUser: { $gt: '' } }, 'expectUser'],
    ['a device that is an array', { ...sound, device: [] }, 'device'],
    ['a device without a model', { ...sound, device: { id: 'device-0001', platform: 'ios' } }, 'device.model'],
    ['a device with a short id', { ...sound, device: { id: 'd', model: '', platform: '' } }, 'device.id'],
    [
      'a device with an operator for an id',
      { ...sound, device: { id: { $gt: '' }, model: '', platform: '' } },
      'device.id',
    ],
    [
      'a device with a long model',
      { ...sound, device: { id: 'device-0001', model: 'm'.repeat(65), platform: '' } },
      'device.model',
    ],
    [
      'a device with more to say',
      { ...sound, device: { id: 'device-0001', model: '', platform: '', openid: '' } },
      'openid',
    ],
    ['seven levels', { ...sound, data: nested(6) }, 'deeper'],
    ['five thousand levels', { ...sound, data: nested(5_000) }, 'deeper'],
    ['a circle', { ...sound, data: circle }, 'deeper'],
    ['a hundred thousand keys', { ...sound, data: wide }, 'larger'],
    ['17 KB', { ...sound, data: { text: 'x'.repeat(17 * 1024) } }, 'larger'],
    ['6 000 characters of three bytes', { ...sound, data: { text: '汉'.repeat(6_000) } }, 'larger'],
    ['17 KB of keys', { ...sound, data: { ['k'.repeat(17 * 1024)]: 1 } }, 'larger'],
    ['a sparse array of a million', { ...sound, data: { list: new Array(1_000_000) } }, 'larger'],
    ['__proto__ at the top', JSON.parse('{"v":1,"call":"profile","data":{},"__proto__":{"token":"a"}}'), '__proto__'],
    ['__proto__ further down', JSON.parse('{"v":1,"call":"profile","data":{"a":{"__proto__":{}}}}'), '__proto__'],
    ['constructor', JSON.parse('{"v":1,"call":"profile","data":{},"constructor":{}}'), 'constructor'],
    ['a function', { ...sound, data: { f: () => 1 } }, 'not JSON'],
    ['a bigint', { ...sound, data: { n: 1n } }, 'not JSON'],
    [
      'an HTTP request',
      { httpMethod: 'POST', headers: { authorization: 'Bearer x' }, body: JSON.stringify(sound) },
      'httpMethod',
    ],
    ['a push', { ToUserName: 'gh', FromUserName: 'o', MsgType: 'event', Event: 'x' }, 'ToUserName'],
    ['a timer', { Type: 'timer', TriggerName: 'nightly', Time: '2026-11-20T00:00:00Z' }, 'Type'],
  ])('%s is a bad request that says so', (_what, event, about) => {
    expect(() => parseRequest(event)).toThrow(badRequest(about))
  })
})
