// Serving when things go wrong: an envelope all the same, the log tells why, and nothing happens after the reply.
import type { ServedCall } from '../../cloudfunctions/core/call'
import { badRequest, Refusal } from '../../cloudfunctions/core/errors'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createLog } from '../../cloudfunctions/platform/log'
import { ALICE, APPID, BOB, createTestServer, grantOf, keyOf, outcomeOf } from '../support/server'

const profile = { v: 1, call: 'profile', data: {} }
const login = { v: 1, call: 'login', data: {} }
const never = () => new Promise<never>(() => undefined)
const turns = async (count = 50) => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve))
}
const call = (run: ServedCall['run']): ServedCall => ({
  policy: { safe: true, replay: false, code: 'allowed' },
  parse: (data) => data,
  run,
})

describe('whatever comes in', () => {
  const trap = () => {
    throw new Error('trap')
  }
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'x'],
    ['a number', 7],
    ['an array', []],
    ['an empty object', {}],
    ['a function', () => 1],
    ['an object without a prototype', Object.create(null)],
    ['an object that throws when looked at', Object.defineProperty({}, 'v', { enumerable: true, get: trap })],
  ])('an envelope goes out: %s', async (_what, event) => {
    const { main, lines } = createTestServer()
    expect(await main(event, event)).toMatchObject({ ok: false, requestId: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(lines).toHaveLength(1)
  })

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'a call named %s does not exist',
    async (name) => {
      const { main, signIn } = createTestServer()
      const { token } = await signIn()
      expect(outcomeOf(await main({ v: 1, call: name, data: {}, token }))).toBe('BAD_REQUEST')
    },
  )
})

describe('a call that fails', () => {
  it.each<[string, () => Promise<unknown>, string, string]>([
    ['with a refusal', () => Promise.reject(badRequest('no')), 'BAD_REQUEST', 'no'],
    ['by a bug', () => Promise.reject(new TypeError('x is undefined')), 'INTERNAL', 'log'],
    ['with no error at all', () => Promise.reject(undefined), 'INTERNAL', 'log'],
    [
      'synchronously',
      () => {
        throw new Error('at once')
      },
      'INTERNAL',
      'log',
    ],
  ])('%s still hands over the session its code paid for', async (_how, run, code, message) => {
    const { main, codeOf } = createTestServer({ calls: { fails: call(run) } })
    const reply = await main({ v: 1, call: 'fails', data: {}, code: codeOf() })
    expect(reply).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(message) } })
    expect(grantOf(reply).token).toMatch(/^[\w-]{43}$/)
  })

  it('says why in the log, and only there', async () => {
    const bug = () => Promise.reject(new TypeError('secret plans'))
    const { main, codeOf, lines } = createTestServer({ calls: { fails: call(bug) } })
    const reply = await main({ v: 1, call: 'fails', data: {}, code: codeOf() })
    expect(JSON.stringify(reply)).not.toContain('secret plans')
    expect(lines[0]?.line).toMatchObject({
      call: 'fails',
      ok: false,
      code: 'INTERNAL',
      detail: expect.stringContaining('secret plans'),
      grant: true,
    })
  })

  it('tells how long to wait', async () => {
    const limited = () => Promise.reject(new Refusal('RATE_LIMITED', 'slowly', { retryAfterMs: 5000 }))
    const { main, codeOf } = createTestServer({ calls: { fails: call(limited) } })
    expect(await main({ v: 1, call: 'fails', data: {}, code: codeOf() })).toMatchObject({
      error: { remedy: 'ask', retryAfterMs: 5000 },
    })
  })
})

describe('the deadline', () => {
  it('answers TIMEOUT 400 ms before the platform would kill, while the store hangs', async () => {
    const { main, codeOf, clock } = createTestServer({
      around: (stores) => ({ ...stores, identities: { ...stores.identities, find: never } }),
    })
    const pending = main({ ...login, code: codeOf() }, { time_limit_in_ms: 3000 })
    await turns()
    clock.advance(2599)
    await expect(Promise.race([pending, turns().then(() => 'still waiting')])).resolves.toBe('still waiting')
    clock.advance(1)
    expect(await pending).toMatchObject({ ok: false, error: { code: 'TIMEOUT', remedy: 'retry' } })
  })

  it.each([
    [undefined, 2600],
    [Number.NaN, 2600],
    [-1, 2600],
    ['60000', 2600],
    [20_000, 19_600],
    [500, 250],
  ])('with a limit of %p ms comes after %i ms', async (limit, after) => {
    const { main, codeOf, clock } = createTestServer({ exchange: never })
    const pending = main({ ...login, code: codeOf() }, { time_limit_in_ms: limit })
    clock.advance(after - 1)
    await expect(Promise.race([pending, turns().then(() => 'still waiting')])).resolves.toBe('still waiting')
    clock.advance(1)
    expect(outcomeOf(await pending)).toBe('TIMEOUT')
  })

  it('aborts the exchange of the code', async () => {
    let signal: AbortSignal | undefined
    const { main, codeOf, clock } = createTestServer({
      exchange: (_code, given) => {
        signal = given
        return never()
      },
    })
    const pending = main({ ...login, code: codeOf() })
    await turns()
    clock.advance(3000)
    await pending
    expect(signal?.aborted).toBe(true)
  })

  it('lets nothing of a late sign-in be written during the next request', async () => {
    let release: () => void = () => undefined
    let slow = true
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { main, codeOf, clock, memory, from, signIn } = createTestServer({
      around: (stores) => ({
        ...stores,
        identities: {
          ...stores.identities,
          find: async (id) => {
            if (slow) await held
            return stores.identities.find(id)
          },
        },
      }),
    })
    const first = main({ ...login, code: codeOf(ALICE) })
    await turns()
    clock.advance(3000)
    expect(outcomeOf(await first)).toBe('TIMEOUT')
    slow = false
    from({ appid: APPID, openid: BOB })
    release()
    const bob = await signIn(BOB)
    await turns()
    expect(memory.all().users.map(({ id }) => id)).toEqual([bob.user.id])
    expect(memory.all().identities.map(({ userId }) => userId)).toEqual([bob.user.id])
  })

  it('lets nothing go on after a reply that came early either', async () => {
    const write = jest.fn(async () => undefined)
    const hasty = call(async (_request, { stores }) => {
      void (async () => {
        await turns(5)
        await stores.sessions.remove('x')
      })().catch(() => undefined)
      return {}
    })
    const { main, codeOf } = createTestServer({
      calls: { hasty },
      around: (stores) => ({ ...stores, sessions: { ...stores.sessions, remove: write } }),
    })
    expect(outcomeOf(await main({ v: 1, call: 'hasty', data: {}, code: codeOf() }))).toBe('ok')
    await turns()
    expect(write).not.toHaveBeenCalled()
  })

  it('hands over the grant of a sign-in that was done when the call ran out of time', async () => {
    const { main, codeOf, clock } = createTestServer({ calls: { slow: call(never) } })
    const pending = main({ v: 1, call: 'slow', data: {}, code: codeOf() })
    await turns()
    clock.advance(3000)
    const reply = await pending
    expect([outcomeOf(reply), grantOf(reply).token]).toEqual(['TIMEOUT', expect.stringMatching(/^[\w-]{43}$/)])
  })

  it('leaves no timer behind', async () => {
    const { signIn, clock } = createTestServer()
    await signIn()
    expect(clock.waiting).toBe(0)
  })
})

describe('the order of a sign-in', () => {
  it('has the exchange on the wire before the cloud is loaded, and loads it before the answer', async () => {
    const order: string[] = []
    let opened: () => number = () => 0
    const {
      main,
      codeOf,
      opened: count,
    } = createTestServer({
      exchange: async () => {
        order.push(`asked, cloud opened ${opened()} times`)
        await turns(3)
        order.push(`answered, cloud opened ${opened()} times`)
        return { openid: ALICE, sessionKey: createSecret('session_key', keyOf(ALICE)) }
      },
    })
    opened = count
    await main({ ...login, code: codeOf() })
    expect(order).toEqual(['asked, cloud opened 0 times', 'answered, cloud opened 1 times'])
  })

  it('does not block on loading the cloud while the request is still on its way out', async () => {
    let leave: () => void = () => undefined
    const sent = new Promise<void>((resolve) => {
      leave = resolve
    })
    const { main, codeOf, opened } = createTestServer({ sent })
    const pending = main({ ...login, code: codeOf() })
    await turns()
    expect(opened()).toBe(0)
    leave()
    expect(outcomeOf(await pending)).toBe('ok')
  })

  it('may refuse before WeChat answers, and leaves no failure that nobody handles', async () => {
    const unhandled = jest.fn()
    process.on('unhandledRejection', unhandled)
    const exchange = async () => {
      await turns(3)
      throw new Error('too late')
    }
    const { main, from } = createTestServer({ exchange })
    from({ appid: APPID, openid: ALICE, fromOpenid: BOB })
    expect(outcomeOf(await main({ ...login, code: 'any' }))).toBe('NOT_PERMITTED')
    await turns()
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('opens the cloud once per request: who is calling is read once', async () => {
    const { signIn, main, opened } = createTestServer()
    const { token } = await signIn()
    await main({ ...profile, token })
    expect(opened()).toBe(2)
  })
})

describe('the log', () => {
  it('has one line per request, with who, what and how long, and no secret in any form', async () => {
    const written: string[] = []
    const { main, signIn, lines, codeOf, clock } = createTestServer()
    const { token, user } = await signIn()
    const code = codeOf(BOB)
    await main({ ...login, code }, { request_id: 'r-2' })
    await main({ ...profile, token })
    expect(lines.map(({ line }) => [line.call, line.ok, line.user])).toEqual([
      ['login', true, user.id],
      ['login', false, undefined],
      ['profile', true, user.id],
    ])
    expect(lines[1]?.line).toMatchObject({ requestId: 'r-2', code: 'DATA_MISMATCH', ms: 0 })
    const log = createLog({ write: (text) => written.push(text) })
    for (const { line, hidden } of lines) log.write({ ...line, detail: `${line.detail} ${token} ${code}` }, hidden)
    for (const secret of [token, keyOf(ALICE), ALICE])
      expect(written.filter((text) => text.includes(secret))).toHaveLength(secret === token ? 1 : 0)
    expect(written[1]).toContain('[code]')
    expect(clock.waiting).toBe(0)
  })

  it('that fails costs nobody the answer', async () => {
    const server = createTestServer()
    server.lines.push = () => {
      throw new Error('disk full')
    }
    expect(await server.signIn()).toHaveProperty('token')
  })
})
