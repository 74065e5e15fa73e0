// The trace: every hop, in clear what happened, never in clear what is secret.
import { mask, type Secrets } from '../../emulator/mask'
import { exchange } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const everything = () => JSON.stringify(world.emulator.trace.hops)

test('a hop tells who asked whom for what, how long it took, how it ended', async () => {
  const before = world.emulator.clock.now()
  await world.emulator.device({ account: 'v3', device: 'phone-7' }).wx.login()

  expect(world.emulator.trace.hops).toEqual([
    {
      seq: expect.any(Number),
      at: expect.any(Number),
      ms: expect.any(Number),
      from: 'mini-program',
      to: 'wx',
      op: 'wx.login',
      account: 'v3',
      device: 'phone-7',
      request: {},
      reply: { code: '•••' },
    },
  ])
  expect((world.emulator.trace.hops[0]?.at ?? 0) - before).toBeLessThan(30_000)
})

test('a refusal is a hop too, with its errcode', async () => {
  await exchange(world.emulator, { js_code: 'nonsense' })

  expect(world.emulator.trace.hops).toMatchObject([{ op: 'jscode2session', error: '40029 invalid code' }])
})

test('hops are counted by name or by star, and waited for', async () => {
  const { trace } = world.emulator
  const { wx } = world.emulator.device()
  const twice = trace.until('wx.*', 2)
  await wx.login()
  await wx.checkSession()
  await twice

  expect([trace.count('wx.login'), trace.count('wx.*'), trace.count('*'), trace.count('login')]).toEqual([1, 2, 2, 0])
})

test('listeners hear each hop once, until they leave', async () => {
  const heard = jest.fn()
  const leave = world.emulator.trace.onHop(heard)
  await world.emulator.device().wx.login()
  leave()
  await world.emulator.device().wx.login()

  expect(heard).toHaveBeenCalledTimes(1)
})

test('no secret of a login is in it, raw or encoded, wherever a caller put it', async () => {
  const { weixin, apps } = world.emulator
  const { wx } = world.emulator.device()
  wx.cloud.init()
  const { code } = await wx.login()
  const used = weixin.loginCode('v1')
  const { session_key: key = '', openid = '', unionid = '' } = await exchange(world.emulator, { js_code: used })
  const hidden = [code, used, key, encodeURIComponent(key), openid, unionid, apps[0]?.secret ?? '', '12066600001']
  const data = { note: `see ${hidden.join(' ')}`, list: hidden, text: JSON.stringify({ hidden }), [openid]: 1 }
  await wx.cloud.callFunction({ name: 'nothing', data }).catch(() => undefined)
  await wx.setStorage({ key: 'note', data })

  for (const secret of hidden) expect(everything()).not.toContain(secret)
  expect(everything()).toContain(`${openid.slice(0, 4)}…`)
})

describe('masking', () => {
  const secrets: Secrets = { anywhere: () => ['s3cr3t/key+=='], isWord: () => false, isName: () => false }

  test.each([
    'token',
    'session_key',
    'sessionKey',
    'js_code',
    'code',
    'Authorization',
    'access_token',
    'encryptedData',
  ])('hides what is called %s, whatever it is', (name) => {
    expect(mask({ [name]: 'anything' }, secrets)).toEqual({ [name]: '•••' })
  })

  test('leaves error codes and numbers readable', () => {
    const answer = { error: { code: 'SESSION_EXPIRED' }, code: 40029 }

    expect(mask(answer, secrets)).toEqual(answer)
  })

  test('reaches into JSON inside a text, and finds a secret however it is escaped', () => {
    const inside = JSON.stringify({ a: { token: 'x' }, b: 's3cr3t/key+==' })

    expect(mask(inside, secrets)).toBe('{"a":{"token":"•••"},"b":"•••"}')
    for (const form of ['s3cr3t/key+==', 's3cr3t\\/key+==', encodeURIComponent('s3cr3t/key+==')])
      expect(mask(`a ${form} b`, secrets)).toBe('a ••• b')
  })

  test('shortens what nobody would read', () => {
    expect(String(mask('x'.repeat(100_000), secrets)).length).toBeLessThan(5000)
    expect(
      mask(
        Array.from({ length: 1000 }, () => 1),
        secrets,
      ),
    ).toHaveLength(101)
    expect(mask(new Uint8Array(10), secrets)).toBe('(10 bytes)')
  })
})
