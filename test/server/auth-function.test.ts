// The built function `auth` in the emulator: what a call costs, seen in the trace, and what is deployed.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createEmulator } from '../../emulator/index'
import type { Emulator } from '../../emulator/types'
import type { Envelope } from '../../typings/contract'
import { DEVICE } from '../support/server'

const DAY = 86_400_000
const built = resolve('dist/cloudfunctions/auth')

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator()
})
afterEach(() => emulator.reset())
afterAll(() => emulator.close())

const call = async (event: object, account = 'v1') =>
  (await emulator.functions.invoke(
    'auth',
    { v: 1, data: {}, device: DEVICE, ...event },
    { account },
  )) as Envelope<'profile'>
const signIn = async (account = 'v1') => {
  const { session } = await call({ call: 'login', code: emulator.weixin.loginCode(account) }, account)
  if (!session) throw new Error('no session')
  return session
}
/** What the function asked of others since the last look. */
const cost = () => {
  const ops = emulator.trace.hops.filter(({ from }) => from === 'function').map(({ op }) => op)
  emulator.trace.clear()
  return ops
}

describe('the cost', () => {
  it('of an authenticated call is one session and one user read, and no write', async () => {
    const { token } = await signIn()
    cost()
    expect(await call({ call: 'profile', token })).toMatchObject({ ok: true })
    expect(cost()).toEqual(['sessions.get', 'users.get'])
  })

  it('of the first call of a new day is one write more', async () => {
    const { token } = await signIn()
    await emulator.clock.advance(DAY)
    cost()
    expect((await call({ call: 'profile', token })).session?.token).toBe(token)
    expect(cost()).toEqual(['sessions.get', 'sessions.update', 'users.get'])
    expect((await call({ call: 'profile', token })).session).toBeUndefined()
  })

  it('of a token that cannot be one is nothing', async () => {
    await call({ call: 'profile', token: 'no token of ours' })
    expect(cost()).toEqual([])
  })

  it('of a returning user’s login is one exchange, and one write: the session', async () => {
    await signIn()
    cost()
    await signIn()
    const writes = cost().filter((op) => /add|update|set/.test(op))
    expect(writes).toEqual(['sessions.add'])
  })

  it('of a refused code is the exchange and no database at all', async () => {
    await call({ call: 'login', code: emulator.weixin.loginCode('v2') }, 'v1')
    expect(cost()).toEqual(['jscode2session'])
  })
})

describe('signing in again', () => {
  it('keeps the key that WeChat rotated away, sealed, and the one it gave', async () => {
    await signIn()
    emulator.weixin.expireSessionKey('v1')
    await signIn()
    const [identity] = emulator.database.find('identities', { key: { $exists: true } })
    expect(identity).toMatchObject({
      key: { sealed: expect.stringMatching(/^v1\.k1\./) },
      previousKey: { sealed: expect.stringMatching(/^v1\.k1\./) },
    })
  })

  it('signs out the other devices on request, and nobody else', async () => {
    const [here, other] = [await signIn(), await signIn('v2')]
    const { session: there } = await call({
      call: 'login',
      code: emulator.weixin.loginCode('v1'),
      device: { ...DEVICE, id: 'device-0002' },
    })
    await call({ call: 'signOut', data: { which: 'others' }, token: there?.token })
    expect(await call({ call: 'profile', token: here.token })).toMatchObject({ error: { code: 'SIGNED_OUT' } })
    expect(await call({ call: 'profile', token: there?.token })).toMatchObject({ ok: true })
    expect(await call({ call: 'profile', token: other.token }, 'v2')).toMatchObject({ ok: true })
  })
})

describe('what is deployed', () => {
  it('asks the cloud for exactly this SDK and declares the open APIs it calls', () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(resolve(built, file), 'utf8'))
    expect(read('package.json')).toMatchObject({
      name: 'auth',
      main: 'index.js',
      dependencies: { 'wx-server-sdk': '4.0.2' },
    })
    expect(read('config.json')).toEqual({
      permissions: { openapi: ['phonenumber.getPhoneNumber', 'security.msgSecCheck', 'security.mediaCheckAsync'] },
    })
  })

  it('does not load the SDK before it is needed: a refusal of a damaged event needs none', () => {
    const program = `
      const { main } = require(${JSON.stringify(resolve(built, 'index.js'))})
      main({ v: 2 }, {}).then(({ error }) => {
        const loaded = Object.keys(require.cache).length
        process.stdout.write('\\n' + JSON.stringify({ code: error.code, loaded }))
      })`
    const printed = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })
    expect(JSON.parse(printed.split('\n').at(-1) ?? '')).toEqual({ code: 'BAD_REQUEST', loaded: 1 })
  })

  it('uses nothing that Node 16 does not have', () => {
    const source = readFileSync(resolve(built, 'index.js'), 'utf8')
    expect(source).not.toMatch(/\bfetch\(|structuredClone|\.toSorted\(|\.findLast\(|AbortSignal\.timeout/)
    expect(source.match(/require\("(?!node:)[^"]+"\)/g)).toEqual(['require("wx-server-sdk")'])
  })
})
