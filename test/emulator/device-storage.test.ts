// The storage of a handset: values, limits, encryption, and whose it is.
import { useEmulator } from '../support/journey'

const world = useEmulator()
const MB = 1024 * 1024
const wx = (device = {}) => world.emulator.device(device).wx

test.each([
  ['a text', 'text'],
  ['an empty text', ''],
  ['a number', 1.5],
  ['NaN', Number.NaN],
  ['false', false],
  ['null', null],
  ['a date', new Date(1_700_000_000_000)],
  ['an object', { deep: [{ a: 1 }, null] }],
])('%s comes out as it went in, also after a relaunch', async (_, data) => {
  await wx().setStorage({ key: 'k', data })
  wx().setStorageSync('s', data)

  expect(wx().getStorageSync('k')).toEqual(data)
  await expect(wx().getStorage({ key: 's' })).resolves.toEqual({ data, errMsg: 'getStorage:ok' })
})

test('what is stored is a copy', async () => {
  const handset = wx()
  const data = { list: [1] }
  await handset.setStorage({ key: 'k', data })
  data.list.push(2)

  expect(handset.getStorageSync('k')).toEqual({ list: [1] })
})

test('a date inside an object becomes text, as JSON has it', async () => {
  await wx().setStorage({ key: 'k', data: { at: new Date(0) } })

  expect(wx().getStorageSync('k')).toEqual({ at: '1970-01-01T00:00:00.000Z' })
})

test('nothing there: a failure by name, an empty text for the synchronous twin', async () => {
  await expect(wx().getStorage({ key: 'k' })).rejects.toEqual({ errMsg: 'getStorage:fail data not found' })
  expect(wx().getStorageSync('k')).toBe('')
})

test('remove and clear reach what is kept', async () => {
  const handset = wx()
  for (const key of ['a', 'b', 'c', 'd']) handset.setStorageSync(key, 1)
  await handset.removeStorage({ key: 'a' })
  handset.removeStorageSync('b')
  expect(wx().getStorageInfoSync().keys).toEqual(['c', 'd'])

  await handset.clearStorage()
  expect(wx().getStorageInfoSync()).toEqual({ keys: [], currentSize: 0, limitSize: 10240 })
})

describe('limits', () => {
  test('one key takes a megabyte and no more', async () => {
    const handset = wx()
    await handset.setStorage({ key: 'k', data: 'x'.repeat(MB - 64) })

    await expect(handset.setStorage({ key: 'k', data: 'x'.repeat(MB) })).rejects.toMatchObject({
      errMsg: expect.stringMatching(/^setStorage:fail exceed max item length/),
    })
    expect(() => handset.setStorageSync('k', '字'.repeat(MB / 2))).toThrow('setStorageSync:fail exceed max item length')
    expect(wx().getStorageSync('k')).toHaveLength(MB - 64)
  })

  test('all keys take ten megabytes and no more; freeing helps', async () => {
    const handset = wx()
    const data = 'x'.repeat(MB - 64)
    for (let n = 0; n < 10; n += 1) await handset.setStorage({ key: `k${n}`, data })

    await expect(handset.setStorage({ key: 'k10', data })).rejects.toMatchObject({
      errMsg: 'setStorage:fail exceed storage max size 10Mb',
    })
    await handset.removeStorage({ key: 'k0' })
    await expect(handset.setStorage({ key: 'k10', data })).resolves.toBeTruthy()
  })

  test('encrypted, one key takes 0.7 MB and all take 7.1', async () => {
    const handset = wx()
    const set = (key: string, bytes: number) => handset.setStorage({ key, data: 'x'.repeat(bytes), encrypt: true })

    await expect(set('k', 0.75 * MB)).rejects.toMatchObject({
      errMsg: expect.stringContaining('exceed max item length'),
    })
    for (let n = 0; n < 10; n += 1) await set(`k${n}`, 0.69 * MB)
    await expect(set('k10', 0.69 * MB)).rejects.toMatchObject({ errMsg: expect.stringContaining('10Mb') })
  })
})

describe('encrypt', () => {
  test('is wanted on both sides, asynchronously', async () => {
    const handset = wx()
    await handset.setStorage({ key: 'k', data: 'secret', encrypt: true })

    await expect(handset.getStorage({ key: 'k', encrypt: true })).resolves.toMatchObject({ data: 'secret' })
    await expect(handset.getStorage({ key: 'k' })).rejects.toMatchObject({ errMsg: expect.stringContaining('fail') })
    expect(() => handset.getStorageSync('k')).toThrow('getStorageSync:fail')
    handset.setStorageSync('clear', 1)
    await expect(handset.getStorage({ key: 'clear', encrypt: true })).rejects.toBeTruthy()
  })

  test('puts a cipher on the flash, where plain storage lies in clear', async () => {
    await wx().setStorage({ key: 'sealed', data: 'my-secret', encrypt: true })
    await wx().setStorage({ key: 'open', data: 'my-secret' })

    const { sealed, open } = world.emulator.weixin.flash('v1')
    expect(open).toContain('my-secret')
    expect(sealed).not.toContain('my-secret')
    expect(Buffer.from(sealed ?? '', 'base64').toString('latin1')).not.toContain('my-secret')
    await expect(wx().getStorage({ key: 'sealed', encrypt: true })).resolves.toMatchObject({ data: 'my-secret' })
  })

  test('is not known before base library 2.21.3', async () => {
    await wx({ libVersion: '2.21.2' }).setStorage({ key: 'k', data: 'plain', encrypt: true })

    expect(world.emulator.weixin.flash('v1')['k']).toContain('plain')
  })
})

test.each([undefined, '', 1, null])('%j is no key', async (key) => {
  const outcome = Reflect.apply(wx().setStorage, undefined, [{ key, data: 1 }])

  await expect(outcome).rejects.toMatchObject({ errMsg: expect.stringMatching(/^setStorage:fail parameter error/) })
})

test.each([() => undefined, Symbol('s'), 1n])('%p cannot be stored', async (data) => {
  await expect(wx().setStorage({ key: 'k', data })).rejects.toMatchObject({
    errMsg: expect.stringMatching(/^setStorage:fail/),
  })
})

test('a write that failed changed nothing', async () => {
  const handset = wx()
  handset.setStorageSync('k', 'old')
  world.emulator.faults.add({ at: 'storage.set', answer: { fail: { errMsg: 'setStorage:fail full' } } })

  await expect(handset.setStorage({ key: 'k', data: 'new' })).rejects.toEqual({ errMsg: 'setStorage:fail full' })
  expect([handset.getStorageSync('k'), wx().getStorageSync('k')]).toEqual(['old', 'old'])
})

describe('belongs to one account on one handset in one app', () => {
  test.each([{ account: 'v2' }, { device: 'phone-2' }])('and is not seen by %j', (other) => {
    wx().setStorageSync('k', 'mine')

    expect(wx(other).getStorageSync('k')).toBe('')
    expect(wx().getStorageSync('k')).toBe('mine')
  })

  test('and not by the sister app', () => {
    wx().setStorageSync('k', 'mine')
    const app = world.emulator.apps[1]?.appid ?? ''

    expect(wx({ app }).getStorageSync('k')).toBe('')
  })
})

test('two people on two handsets are two people everywhere', async () => {
  const { weixin } = world.emulator
  const [one, other] = [wx(), wx({ account: 'v2', device: 'phone-2' })]
  await Promise.all([one.login(), other.login()])

  weixin.expireSessionKey('v2')

  await expect(one.checkSession()).resolves.toBeTruthy()
  await expect(other.checkSession()).rejects.toBeTruthy()
  expect(weixin.sessionKey('v1')).not.toBe(weixin.sessionKey('v2'))
  expect(weixin.openid('v1')).not.toBe(weixin.openid('v2'))
})
