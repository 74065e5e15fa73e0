// The rooms that say wx: a code, an answer, a stored value, whatever the base library's age.
import { createCloudTransport } from '../../miniprogram/auth/platform/cloud'
import { createDevice } from '../../miniprogram/auth/platform/device'
import { createLogin } from '../../miniprogram/auth/platform/login'
import { createStorage } from '../../miniprogram/auth/platform/storage'
import { atLeast } from '../../miniprogram/auth/platform/version'

/** Only what the room under test says; the typings' thousand other members are not there. */
const device = (parts: object): WechatMiniprogram.Wx => parts as WechatMiniprogram.Wx

interface StorageCall {
  key: string
  encrypt?: boolean
  success(answer: { data: unknown }): void
  fail(failure: object): void
}

/** A handset's flash: what was written one way does not open the other. */
const flash = (version: string) => {
  const kept = new Map<string, { data: unknown; encrypt: boolean }>()
  const wx = device({
    getAppBaseInfo: () => ({ SDKVersion: version }),
    getStorage: ({ key, encrypt = false, success, fail }: StorageCall) => {
      const entry = kept.get(key)
      if (!entry) fail({ errMsg: 'getStorage:fail data not found' })
      else if (entry.encrypt !== encrypt) fail({ errMsg: 'getStorage:fail decrypt failed' })
      else success({ data: entry.data })
    },
    setStorage: ({ key, data, encrypt = false, success }: StorageCall & { data: unknown }) => {
      kept.set(key, { data, encrypt })
      success({ data })
    },
  })
  return { kept, storage: createStorage(wx) }
}

test.each([
  ['2.21.3', '2.21.3', true],
  ['2.21.10', '2.21.3', true],
  ['3.0.0', '2.21.3', true],
  ['2.21.2', '2.21.3', false],
  ['2.9.9', '2.10.0', false],
])('library %s is at least %s: %s', (have, want, answer) => {
  expect(atLeast(have, want)).toBe(answer)
})

test('what is secret is encrypted where the library can', async () => {
  const { kept, storage } = flash('3.17.0')

  await storage.set('session', { token: 't' }, { secret: true })
  await storage.set('marks', { v: 1 })

  expect([kept.get('session')?.encrypt, kept.get('marks')?.encrypt]).toEqual([true, false])
  await expect(storage.get('session', { secret: true })).resolves.toEqual({ token: 't' })
})

test('a session written by an older library is still read after the update', async () => {
  const { kept, storage } = flash('3.17.0')
  kept.set('session', { data: { token: 'old' }, encrypt: false })

  await expect(storage.get('session', { secret: true })).resolves.toEqual({ token: 'old' })
})

test('nothing there is a value; a flash that fails is an error', async () => {
  const { storage } = flash('2.10.3')
  const broken = createStorage(
    device({
      getAppBaseInfo: () => ({ SDKVersion: '3.17.0' }),
      getStorage: ({ fail }: StorageCall) => fail({ errMsg: 'getStorage:fail internal error' }),
    }),
  )

  await expect(storage.get('session')).resolves.toBeUndefined()
  await expect(broken.get('session')).rejects.toMatchObject({ code: 'INTERNAL' })
})

test('the literal mock code of DevTools is the developer’s to fix', async () => {
  const login = createLogin(
    device({ login: (o: { success(r: object): void }) => o.success({ code: 'the code is a mock one' }) }),
  )

  await expect(login.takeCode()).rejects.toMatchObject({ code: 'MISCONFIGURED' })
})

test('an answer that is no envelope is not taken for one', async () => {
  const cloud = { callFunction: (o: { success(r: object): void }) => o.success({ result: { openid: 'o1' } }) }

  const sent = createCloudTransport(device({ cloud }), () => 'login').send({ v: 1, call: 'profile', data: {} })

  await expect(sent).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('login') })
})

test('without wx.cloud the developer is told why', async () => {
  const sent = createCloudTransport(device({}), () => 'auth').send({ v: 1, call: 'profile', data: {} })

  await expect(sent).rejects.toMatchObject({ code: 'MISCONFIGURED' })
})

test('an install’s name is one the server accepts, and no two are alike', () => {
  const { newId } = createDevice(device({}))

  const names = Array.from({ length: 100 }, newId)

  expect(new Set(names).size).toBe(100)
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{8,64}$/)
})

test('a handset below 2.20.1 describes itself too, and never at more length than the server takes', () => {
  const old = device({ getSystemInfoSync: () => ({ model: 'x'.repeat(100), platform: 'android' }) })

  expect(createDevice(old).describe()).toEqual({ model: 'x'.repeat(64), platform: 'android' })
})
