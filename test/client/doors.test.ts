// createAuth: which way the calls go, by what it was given.
import { type AuthOptions, createAuth } from '../../miniprogram/auth/index'
import { anna, grant } from '../support/client-world'

interface Callbacks {
  success(answer: object): void
  fail(failure: object): void
}
interface Sent {
  way: string
  to: string
  timeout?: number
  data: Record<string, unknown>
}

/** A handset that answers every call at once; what was sent, and by which way. */
const opened = (options: AuthOptions) => {
  const sent: Sent[] = []
  const envelope = { ok: true, requestId: 'r', data: { user: anna }, session: grant('t') }
  const wx = {
    login: ({ success }: Callbacks) => success({ code: 'c' }),
    checkSession: ({ success }: Callbacks) => success({}),
    getStorage: ({ fail }: Callbacks) => fail({ errMsg: 'getStorage:fail data not found' }),
    setStorage: ({ success }: Callbacks) => success({}),
    removeStorage: ({ success }: Callbacks) => success({}),
    getAppBaseInfo: () => ({ SDKVersion: '3.17.0' }),
    getDeviceInfo: () => ({ model: 'iPhone 15', platform: 'ios' }),
    request: ({ url, timeout, data, success }: Callbacks & { url: string; timeout: number; data: Sent['data'] }) => {
      sent.push({ way: 'request', to: url, timeout, data })
      success({ statusCode: 200, data: envelope })
    },
    cloud: {
      callFunction: ({ name, data, success }: Callbacks & { name: string; data: Sent['data'] }) => {
        sent.push({ way: 'callFunction', to: name, data })
        success({ result: envelope })
      },
    },
  }
  Object.assign(globalThis, { wx })
  return { auth: createAuth(options), sent }
}

test('unless told otherwise, over the cloud, to the function auth', async () => {
  const { auth, sent } = opened({})

  await auth.signIn()

  expect(sent).toEqual([expect.objectContaining({ way: 'callFunction', to: 'auth' })])
})

test('over https to the base, where WeChat waits no longer than we do', async () => {
  const { auth, sent } = opened({ transport: 'https', baseUrl: 'https://example.com', timeouts: { callMs: 4_321 } })

  await auth.signIn()

  expect(sent).toEqual([expect.objectContaining({ way: 'request', to: 'https://example.com/auth', timeout: 4_321 })])
})

test('unless said a call waits longer than the ten seconds that a function is given', async () => {
  const { auth, sent } = opened({ transport: 'https', baseUrl: 'https://example.com' })

  await auth.signIn()

  expect(sent[0]?.timeout).toBeGreaterThan(10_000)
})

test('a call that has a function of its own goes there, the sign-in to where it always goes', async () => {
  const { auth, sent } = opened({ functionName: 'login', functionNames: { profile: 'people' } })
  await auth.signIn()

  await auth.call('profile', {})

  expect(sent.map(({ to }) => to)).toEqual(['login', 'people'])
})

test('every call introduces the device by the same name, the revocation of its session too', async () => {
  const { auth, sent } = opened({})
  await auth.signIn()
  await auth.call('profile', {})
  await auth.signOut()

  const devices = sent.map(({ data }) => data['device'])

  expect(devices).toEqual(Array(3).fill({ id: expect.any(String), model: 'iPhone 15', platform: 'ios' }))
  expect(new Set(devices.map((device) => JSON.stringify(device))).size).toBe(1)
})
