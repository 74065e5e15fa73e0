// The panel's rule: which hops make a journey, what it is called, how it is drawn.

import { hopsOf, kindOf, lastJourney } from '../../emulator/preview/panel/journey'
import { rowsOf } from '../../emulator/preview/panel/rows'
import type { Hop } from '../../emulator/types'

let seq = 0
/** A hop of v1 on phone-1; one of a function unless it is said to be the phone's. */
const hop = (op: string, at: number, more: Partial<Hop> = {}): Hop => {
  seq += 1
  return { seq, at, ms: 1, from: 'mini-program', to: 'wx', op, account: 'v1', device: 'phone-1', ...more }
}
const call = (at: number, ms: number, more: Partial<Hop> = {}): Hop =>
  hop('callFunction', at, { to: 'function', ms, ...more })
const inner = (op: string, at: number, invocation: string): Hop => {
  const { device: _none, ...rest } = hop(op, at, { from: 'function', to: 'database', invocation })
  return rest
}
const asked = (name: string) => ({ name: 'auth', data: { call: name } })
const answered = (requestID: string, result: object = {}) => ({ requestID, result })
const opsOf = (hops: readonly Hop[] | undefined) => hops?.map(({ op }) => op)

describe('a journey', () => {
  test('begins with the launch that came before its first hop', () => {
    const hops = [hop('wx.login', 100), hop('wx.checkSession', 500)]
    expect(lastJourney(hops, [{ by: 'launch', at: 400 }])).toMatchObject({ by: 'launch', hops: [{ at: 500 }] })
  })

  test('begins with a tap only if something came of it', () => {
    const hops = [hop('wx.checkSession', 100), hop('wx.login', 500)]
    expect(opsOf(lastJourney(hops, [{ by: 'tap', at: 400 }])?.hops)).toEqual(['wx.login'])
    expect(opsOf(lastJourney(hops, [{ by: 'tap', at: 600 }])?.hops)).toHaveLength(2)
  })

  test('is not cut by a tap while something is under way', () => {
    const hops = [hop('wx.login', 100, { ms: 400 }), hop('storage.set', 600)]
    expect(lastJourney(hops, [{ by: 'tap', at: 300 }])?.hops).toHaveLength(2)
  })

  test('is over after a pause, and the pauses between tries do not end it', () => {
    expect(opsOf(lastJourney([hop('a', 0), hop('b', 2000)], [])?.hops)).toEqual(['b'])
    expect(opsOf(lastJourney([hop('a', 0), hop('b', 800)], [])?.hops)).toEqual(['a', 'b'])
  })

  test('holds what a function did, although its call is traced last', () => {
    const within = inner('users.get', 5000, 'i1')
    const hops = [within, call(100, 6000, { reply: answered('i1') })]
    expect(opsOf(lastJourney(hops, [])?.hops)).toEqual(['callFunction', 'users.get'])
  })

  test('is of one phone: neither of another person, nor of the same person on another phone', () => {
    const mine = inner('users.get', 2, 'i1')
    const theirs = [inner('users.get', 3, 'i2'), call(1, 9, { device: 'phone-2', reply: answered('i2') })]
    const other = hop('wx.login', 4, { account: 'v2' })
    expect(hopsOf([mine, ...theirs, other], { account: 'v1', device: 'phone-1' })).toEqual([mine])
  })

  test('is undefined while nothing happened', () => {
    expect(lastJourney([], [{ by: 'launch', at: 1 }])).toBeUndefined()
  })
})

describe('its name', () => {
  const granted = answered('i1', { session: {} })
  test('is quiet after a launch that called nobody', () => {
    const journey = lastJourney([hop('wx.checkSession', 9)], [{ by: 'launch', at: 1 }])
    expect(journey && kindOf(journey)).toBe('quiet')
  })

  const kind = (...hops: Hop[]) => {
    const journey = lastJourney(hops, [])
    return journey && kindOf(journey)
  }

  test.each([
    ['local', [hop('wx.checkSession', 0)]],
    ['called', [call(0, 9, { request: asked('profile'), reply: answered('i1') })]],
    ['signedIn', [hop('wx.login', 0), call(1, 9, { request: asked('login'), reply: granted })]],
    ['firstSignIn', [hop('wx.login', 0), call(1, 9, { reply: granted }), inner('users.add', 2, 'i1')]],
    [
      'renewed',
      [
        call(0, 9, { request: asked('profile'), reply: answered('i0', { error: { code: 'SESSION_EXPIRED' } }) }),
        hop('wx.login', 10),
        call(20, 9, { request: asked('login'), reply: granted }),
      ],
    ],
    ['failed', [hop('wx.login', 0), call(1, 9, { reply: answered('i1', { error: { code: 'USER_BLOCKED' } }) })]],
    ['failed', [hop('wx.login', 0, { error: 'login:fail' })]],
    ['signedOut', [call(0, 9, { request: asked('signOut'), reply: answered('i1') })]],
  ])('is %s', (name, hops) => {
    expect(kind(...hops)).toBe(name)
  })
})

describe('its rows', () => {
  const drawn = (hops: Hop[], waiting: { op: string; args: unknown; since: number }[] = []) =>
    rowsOf(hops, waiting).map(({ kind, label }) => `${kind} ${label}`)

  test('go there and back at once when nothing happened within', () => {
    expect(drawn([hop('wx.login', 0)])).toEqual(['both wx.login'])
  })

  test('nest what a function did between its call and its answer', () => {
    const outer = call(0, 10, { request: asked('login'), reply: answered('i1') })
    const after = hop('storage.set', 11)
    expect(drawn([outer, inner('users.get', 2, 'i1'), after])).toEqual([
      'call auth.login',
      'both users.get',
      'answer auth.login',
      'both storage.set',
    ])
  })

  test('nest by time when the call failed and names no invocation', () => {
    const outer = call(0, 10, { error: 'lost' })
    expect(drawn([outer, inner('users.get', 2, 'i1')])).toEqual([
      'call callFunction',
      'both users.get',
      'answer callFunction',
    ])
  })

  test('put a call that nobody answered yet over what its function does already', () => {
    const waiting = [{ op: 'callFunction', args: asked('login'), since: 0 }]
    expect(drawn([hop('wx.login', 0), inner('users.get', 2, 'i1')], waiting)).toEqual([
      'both wx.login',
      'waiting auth.login',
      'both users.get',
    ])
  })

  test('tell a refusal that came as an answer', () => {
    const refused = call(0, 10, { reply: answered('i1', { error: { code: 'RATE_LIMITED' } }) })
    expect(rowsOf([refused], [])).toMatchObject([{ trouble: 'RATE_LIMITED' }])
  })
})

describe('over HTTPS', () => {
  const request = (name: string, answer: object, at = 1): Hop =>
    hop('request', at, {
      ms: 50,
      request: { url: 'http://127.0.0.1/http/auth', text: JSON.stringify({ v: 1, call: name }) },
      reply: { statusCode: 200, text: JSON.stringify(answer) },
    })
  const gateway = (at: number): Hop => ({ ...hop('http.https', at, { from: 'wx', to: 'function', ms: 40 }) })

  test('a call is called by its name, and its envelope tells what became of it', () => {
    const [granted, refused] = [request('login', { session: {} }), request('login', { error: { code: 'INTERNAL' } })]

    expect(rowsOf([granted], []).map(({ label }) => label)).toEqual(['request.login'])
    expect(kindOf({ by: 'tap', hops: [hop('wx.login', 0), granted], ms: 1 })).toBe('signedIn')
    expect(kindOf({ by: 'tap', hops: [refused], ms: 1 })).toBe('failed')
  })

  test('what the gateway and the function do stands between the way there and the way back', () => {
    const rows = rowsOf([request('login', {}), gateway(3), inner('users.get', 5, 'i1')], [])

    expect(rows.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'call request.login',
      'call http.https',
      'both users.get',
      'answer http.https',
      'answer request.login',
    ])
  })
})
