// The function host: what surrounds a handler, its limits, and its instances.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Caller } from '../../emulator/types'
import { type CloudRooms, FIXTURES, openCloudRooms } from '../support/cloud-rooms'

const LIMIT_MS = 3000
let rooms: CloudRooms
let written: string
beforeAll(async () => {
  written = mkdtempSync(path.join(tmpdir(), 'functions-'))
  rooms = await openCloudRooms({ workers: 2, roots: [FIXTURES, written] })
})
beforeEach(() => rooms.clear())
afterAll(async () => {
  await rooms.close()
  rmSync(written, { recursive: true })
})

const plain = (deed: string, more: object = {}, caller: Caller = { account: 'v1' }): Promise<unknown> =>
  rooms.functions.invoke('plain', { deed, ...more }, caller)
describe('what a handler is told', () => {
  test('a client’s event carries who is calling, whatever the client wrote there', async () => {
    const forged = { userInfo: { appId: 'wx', openId: 'somebody else' }, a: 1 }

    expect(await plain('event', forged)).toEqual({
      deed: 'event',
      a: 1,
      userInfo: { appId: 'wx0123456789abcdef', openId: 'openid-of-v1' },
    })
  })

  test.each<[string, Caller]>([
    ['a timer', { source: 'wx_trigger' }],
    ['an HTTP call', { source: 'wx_http' }],
  ])('%s has no openid: not in the event, not in the variables', async (_who, caller) => {
    expect(await plain('event', {}, caller)).toEqual({ deed: 'event' })
    expect(await plain('environment', { names: ['WX_OPENID', 'TCB_SOURCE'] }, caller)).toEqual([null, caller.source])
  })

  test('the variables of one call are gone in the next', async () => {
    const first = await plain('wxVariables', {}, { account: 'v1', extra: { FROM_OPENID: 'other' } })
    const calls = Array.from({ length: 4 }, () => plain('wxVariables', {}, { source: 'wx_http' }))

    expect(first).toEqual(expect.arrayContaining(['WX_OPENID', 'WX_FROM_OPENID']))
    for (const names of await Promise.all(calls))
      expect(new Set(names as string[])).toEqual(
        new Set(['WX_CLIENTIP', 'WX_CLIENTIPV6', 'WX_APPID', 'WX_API_TOKEN', 'WX_CONTEXT_KEYS']),
      )
  })

  test('the context tells the limit, the id of the call and the variables', async () => {
    const context = await plain('context')

    expect(context).toMatchObject({
      time_limit_in_ms: LIMIT_MS,
      memory_limit_in_mb: 256,
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      function_name: 'plain',
      function_version: '$LATEST',
      namespace: 'emulated-env',
      environ: expect.stringContaining('WX_OPENID=openid-of-v1;'),
    })
    const { environment } = context as { environment: string }
    expect(JSON.parse(environment)).toMatchObject({ WX_CLIENTIP: '127.0.0.1', TCB_SOURCE: 'wx_client' })
  })

  test('variables can be set and unset per function; nothing of this process leaks in', async () => {
    process.env['SECRET_OF_THE_HOST'] = 'x'
    const names = ['WEIXIN_APP_SECRET', 'EXTRA', 'SECRET_OF_THE_HOST', 'TENCENTCLOUD_RUNENV']
    expect(await plain('environment', { names })).toEqual(['the-secret', null, null, 'SCF'])

    await rooms.functions.environment('plain', { WEIXIN_APP_SECRET: undefined, EXTRA: 'set' })
    expect(await plain('environment', { names })).toEqual([null, 'set', null, 'SCF'])

    await rooms.functions.environment('plain', { WEIXIN_APP_SECRET: 'the-secret', EXTRA: undefined })
    delete process.env['SECRET_OF_THE_HOST']
  })
})

describe('what a caller gets', () => {
  test.each([
    ['a value', { a: [1, 'x', null] }, { a: [1, 'x', null] }],
    ['nothing', undefined, null],
  ])('%s, as JSON has it', async (_what, value, result) => {
    expect(await plain('echo', { value })).toEqual(result)
  })

  test('a result up to one megabyte', async () => {
    expect(await plain('big', { bytes: 1024 * 1024 - 2 })).toHaveLength(1024 * 1024 - 2)
    await expect(plain('big', { bytes: 1024 * 1024 - 1 })).rejects.toMatchObject({ errCode: -604001 })
  })

  test.each<[string, string, object, RegExp]>([
    [
      'that throws',
      'fail',
      { message: 'boo' },
      /^errCode: -504002 functions execute fail \| errMsg: TypeError: boo\n {4}at .*\/var\/user\/index\.js:/,
    ],
    ['whose result is a circle', 'circle', {}, /circular structure/],
    ['that exits', 'exit', {}, /exited with code 3/],
    ['that throws in a timer', 'crash', {}, /Error: thrown in a timer/],
  ])('of a handler %s: -504002 with the reason, and the next call works', async (_what, deed, more, text) => {
    await expect(plain(deed, more)).rejects.toMatchObject({ errCode: -504002, message: expect.stringMatching(text) })

    expect(await plain('echo', { value: 'well' })).toBe('well')
  })

  test('a promise nobody waits for is a line in the log, not the end', async () => {
    expect(await plain('forget')).toBe('fine')
    await rooms.printed('Unhandled rejection: Error: nobody waits for this')

    expect(rooms.logs[0]).toMatchObject({ function: 'plain', stream: 'stderr' })
  })

  test.each(['nobody', '../functions/plain', 'plain/', '', '.', 'plain\0'])('no function called %j', async (name) => {
    await expect(rooms.functions.invoke(name, {}, { account: 'v1' })).rejects.toMatchObject({
      errCode: -501000,
      message: expect.stringContaining('FunctionName parameter could not be found'),
    })
  })
})

test('what a handler prints is there before its result, line by line', async () => {
  await plain('print')

  expect(rooms.logs).toEqual([
    { function: 'plain', stream: 'stdout', text: 'one' },
    { function: 'plain', stream: 'stdout', text: 'two 2' },
    { function: 'plain', stream: 'stderr', text: 'three' },
    { function: 'plain', stream: 'stdout', text: 'no end of line' },
  ])
})

describe('time', () => {
  test('a handler and its caller see one clock, also after a jump', async () => {
    await rooms.clock.advance(31 * 86_400_000)

    const now = await plain('now')
    expect(Math.abs(Number(now) - rooms.clock.now())).toBeLessThan(30_000)
  })

  test.each(['wait', 'waitPromised'])('a jump fires the timers of a running handler (%s)', async (deed) => {
    const call = plain(deed, { ms: 2000 })
    await rooms.printed('waiting')

    await rooms.clock.advance(2000)

    await expect(call).resolves.toBeTruthy()
  })

  test('a handler over three seconds is ended, one below is not', async () => {
    const slow = plain('wait', { ms: LIMIT_MS + 500 })
    const fast = plain('wait', { ms: LIMIT_MS - 500 })
    const outcomes = Promise.allSettled([slow, fast])
    await rooms.printed('waiting', 2)

    await rooms.clock.advance(LIMIT_MS)

    expect(await outcomes).toEqual([
      {
        status: 'rejected',
        reason: expect.objectContaining({
          errCode: -504003,
          message: expect.stringContaining('Invoking task timed out after 3 seconds'),
        }),
      },
      { status: 'fulfilled', value: expect.any(Number) },
    ])
  })

  test('a handler caught in a loop is ended by the limit, and the next call works', async () => {
    const call = plain('spin')
    const outcome = expect(call).rejects.toMatchObject({ errCode: -504003 })
    await rooms.printed('spinning')

    await rooms.clock.advance(LIMIT_MS)

    await outcome
    expect(await plain('echo', { value: 'well' })).toBe('well')
  })
})

describe('the network', () => {
  test.each([
    ['dial', { host: 'api.weixin.qq.com' }, /ENETUNREACH the emulator refused to dial api\.weixin\.qq\.com/],
    ['dial', { host: '10.0.0.1' }, /refused to dial 10\.0\.0\.1/],
    ['dial', { host: '127.0.0.1.example.com' }, /refused to dial 127\.0\.0\.1\.example\.com/],
    ['fetch', { url: 'http://example.com/' }, /refused to dial example\.com/],
    ['resolve', { host: 'example.com' }, /ENOTFOUND/],
  ])('a handler cannot %s %j', async (deed, more, text) => {
    expect(await plain(deed, more)).toMatch(text)
  })

  test('this machine answers', async () => {
    const { hostname, port } = new URL(rooms.adminUrl)
    expect(await plain('fetch', { url: `http://${hostname}:${port}/` })).toBe('answered')
  })
})

describe('instances', () => {
  const SIMPLE =
    "let n = 0; exports.main = async ({ ms = 0 }) => { n += 1; await new Promise((go) => setTimeout(go, ms)); return { n, version: 'VERSION' } }"
  const write = (name: string, code: string, at: Date) => {
    mkdirSync(path.join(written, name), { recursive: true })
    writeFileSync(path.join(written, name, 'index.js'), code)
    utimesSync(path.join(written, name, 'index.js'), at, at)
  }
  const invoke = (name: string, event: object = {}) => rooms.functions.invoke(name, event, { account: 'v1' })

  test('are warm one call after the other, and no more than told when there is a crowd', async () => {
    write('crowd', SIMPLE, new Date(1e12))
    expect([await invoke('crowd'), await invoke('crowd')]).toMatchObject([{ n: 1 }, { n: 2 }])

    const crowd = await Promise.all(Array.from({ length: 10 }, () => invoke('crowd', { ms: 5 })))

    // Each instance counts from one, and the first has already done so.
    expect(crowd).toHaveLength(10)
    expect(crowd.filter((told) => (told as { n: number }).n === 1)).toHaveLength(1)
  })

  test('are made anew when the function has been built again', async () => {
    write('rebuilt', SIMPLE.replace('VERSION', 'one'), new Date(1e12))
    await invoke('rebuilt')

    write('rebuilt', SIMPLE.replace('VERSION', 'two'), new Date(2e12))

    expect(await invoke('rebuilt')).toEqual({ n: 1, version: 'two' })
  })

  test('a function that cannot be loaded says why, until it is mended', async () => {
    write('broken', "require('no-such-module')", new Date(1e12))
    await expect(invoke('broken')).rejects.toMatchObject({
      errCode: -504002,
      message: expect.stringContaining("Cannot find module 'no-such-module'"),
    })

    write('broken', SIMPLE, new Date(2e12))
    expect(await invoke('broken')).toMatchObject({ n: 1 })
  })

  test('a folder without a handler says so', async () => {
    write('empty', 'exports.other = 1', new Date(1e12))
    await expect(invoke('empty')).rejects.toMatchObject({
      errCode: -504002,
      message: expect.stringContaining("'main'"),
    })
  })

  test('calls that wait for an instance are refused when the host closes', async () => {
    const own = await openCloudRooms({ workers: 1 })
    const running = own.functions.invoke('plain', { deed: 'wait', ms: 60_000 }, {})
    const waiting = own.functions.invoke('plain', { deed: 'nothing' }, {})
    const outcomes = Promise.allSettled([running, waiting])
    await own.printed('waiting')

    await own.close()

    expect(await outcomes).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    await expect(own.functions.invoke('plain', { deed: 'nothing' }, {})).rejects.toThrow('closed')
  })

  test('eight with the real SDK serve at once', async () => {
    const own = await openCloudRooms({ workers: 8 })
    const barrier = own.faults.add({ at: 'things.get', answer: 'hold', times: 8 })
    const calls = Array.from({ length: 8 }, () =>
      own.functions.invoke('database', { do: [['get', { id: 'x' }]] }, { account: 'v1' }),
    )
    await barrier.held(8)
    barrier.release()

    expect(await Promise.all(calls)).toHaveLength(8)
    await own.close()
  }, 30_000) // eight cold starts of the SDK on two cores
})
