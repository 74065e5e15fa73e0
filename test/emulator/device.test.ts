// The `wx` of a handset: callbacks and promises, versions, the network, and what is not there.
import { useEmulator } from '../support/journey'

const world = useEmulator()
const CODE = expect.stringMatching(/^0[A-Za-z0-9]{31}$/)

/** What the callbacks were given, in order. */
const listen = (start: (callbacks: object) => unknown): Promise<[string, unknown][]> =>
  new Promise((resolve) => {
    const heard: [string, unknown][] = []
    const hear = (name: string) => (value: unknown) => {
      heard.push([name, value])
      if (name === 'complete') resolve(heard)
    }
    const returned = start({ success: hear('success'), fail: hear('fail'), complete: hear('complete') })
    if (returned !== undefined) heard.push(['returned', returned])
  })

describe('wx.login', () => {
  test('by callback: success, then complete, and no promise', async () => {
    const { wx } = world.emulator.device()

    const answer = { code: CODE, errMsg: 'login:ok' }
    expect(await listen((callbacks) => wx.login(callbacks))).toEqual([
      ['success', answer],
      ['complete', answer],
    ])
  })

  test('by promise when no callback is given', async () => {
    await expect(world.emulator.device().wx.login()).resolves.toEqual({ code: CODE, errMsg: 'login:ok' })
  })

  test('before base library 2.10.2 gives no promise', () => {
    const { wx } = world.emulator.device({ libVersion: '2.10.1' })

    expect(wx.login()).toBeUndefined()
  })

  test('a failure goes to fail, then complete', async () => {
    const failure = { errMsg: 'login:fail tired', errno: 4 }
    world.emulator.faults.add({ at: 'wx.login', answer: { fail: failure } })
    const { wx } = world.emulator.device()

    expect(await listen((callbacks) => wx.login(callbacks))).toEqual([
      ['fail', failure],
      ['complete', failure],
    ])
  })

  test('gives up after its timeout, by the emulated clock', async () => {
    world.emulator.faults.add({ at: 'wx.login', answer: 'silence' })
    const outcome = expect(world.emulator.device().wx.login({ timeout: 3000 })).rejects.toEqual({
      errMsg: 'login:fail timeout',
      errno: 5,
    })

    await world.emulator.clock.advance(3001)

    await outcome
  })

  test('an exception in a callback is reported, and complete is still called', async () => {
    const report = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    const complete = new Promise((resolve) => {
      const success = () => {
        throw new Error('mine')
      }
      world.emulator.device().wx.login({ success, complete: resolve })
    })

    await expect(complete).resolves.toHaveProperty('code')
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }))
    report.mockRestore()
  })
})

describe('without a network', () => {
  test('login, checkSession, callFunction fail at once, and storage works', async () => {
    const { wx, setOnline } = world.emulator.device()
    wx.cloud.init()
    setOnline(false)

    await expect(wx.login()).rejects.toMatchObject({ errMsg: expect.stringMatching(/^login:fail/), errno: 600003 })
    await expect(wx.checkSession()).rejects.toMatchObject({ errno: 600003 })
    await expect(wx.cloud.callFunction({ name: 'auth' })).rejects.toMatchObject({ errno: 600003 })
    await expect(wx.setStorage({ key: 'k', data: 1 })).resolves.toBeTruthy()
    expect(world.emulator.trace.count('wx.*') + world.emulator.trace.count('callFunction')).toBe(0)
  })

  test('what is under way is interrupted, and the listeners hear of it', async () => {
    world.emulator.faults.add({ at: 'wx.login', answer: 'silence' })
    const { wx, setOnline } = world.emulator.device()
    const heard = jest.fn()
    wx.onNetworkStatusChange(heard)
    const outcome = expect(wx.login()).rejects.toMatchObject({ errno: 600003 })

    setOnline(false)
    await outcome
    setOnline(true)

    expect(heard.mock.calls.flat()).toEqual([
      { isConnected: false, networkType: 'none' },
      { isConnected: true, networkType: 'wifi' },
    ])
    await expect(wx.login()).resolves.toHaveProperty('code')
    await expect(wx.getNetworkType()).resolves.toMatchObject({ networkType: 'wifi' })
  })
})

describe('wx.cloud', () => {
  test('refuses before init', async () => {
    const { wx } = world.emulator.device()

    await expect(wx.cloud.callFunction({ name: 'auth' })).rejects.toMatchObject({ errCode: -1 })
    expect(world.emulator.trace.count('callFunction')).toBe(0)
  })

  test.each([
    ['a function that is not there', { name: 'nothing' }, -501000],
    ['a name that is a path', { name: '../auth' }, -501000],
    ['no name', {}, -401002],
    ['data of more than 100 KB', { name: 'auth', data: { text: 'x'.repeat(101 * 1024) } }, -401002],
    ['data that is a text', { name: 'auth', data: 'text' }, -401003],
  ])('refuses %s', async (_, call, errCode) => {
    const { wx } = world.emulator.device()
    wx.cloud.init()

    const outcome = Reflect.apply(wx.cloud.callFunction, wx.cloud, [call])
    await expect(outcome).rejects.toMatchObject({
      errCode,
      errMsg: expect.stringMatching(/^cloud\.callFunction:fail Error: errCode: -\d+/),
    })
  })

  test('spells an errcode fault as the cloud does', async () => {
    world.emulator.faults.add({ at: 'callFunction', answer: { errcode: -504003 } })
    const { wx } = world.emulator.device()
    wx.cloud.init()

    await expect(wx.cloud.callFunction({ name: 'auth' })).rejects.toEqual({
      errCode: -504003,
      errMsg: 'cloud.callFunction:fail Error: errCode: -504003 | errMsg: Invoking task timed out',
    })
  })
})

describe('what is not there', () => {
  test.each(['scanCode', 'chooseMedia', 'connectSocket'])('wx.%s is an error that names it', (name) => {
    const { wx } = world.emulator.device()

    expect(() => Reflect.get(wx, name)).toThrow(`wx.${name} is not emulated`)
  })

  test('wx.cloud.database is an error that names it', () => {
    const { wx } = world.emulator.device()

    expect(() => Reflect.get(wx.cloud, 'database')).toThrow('wx.cloud.database is not emulated')
  })

  test('what came later than the base library is undefined, as on the device', () => {
    const old = world.emulator.device({ libVersion: '2.20.0' }).wx
    const { wx } = world.emulator.device({ libVersion: '2.20.1' })

    expect(Reflect.get(old, 'getAppBaseInfo')).toBeUndefined()
    expect([old.canIUse('getAppBaseInfo'), wx.canIUse('getAppBaseInfo'), wx.canIUse('scanCode')]).toEqual([
      false,
      true,
      false,
    ])
    expect(wx.getAppBaseInfo().SDKVersion).toBe('2.20.1')
  })

  test('a handset nobody has is refused', () => {
    expect(() => world.emulator.device({ account: 'v99' })).toThrow('no account v99')
    expect(() => world.emulator.device({ app: 'wx0' })).toThrow('no mini-program wx0')
  })
})

test('the handset says what it is', () => {
  const { wx } = world.emulator.device({ model: 'Mate 70', platform: 'android' })

  expect(wx.getDeviceInfo()).toMatchObject({ model: 'Mate 70', platform: 'android' })
  expect(wx.getSystemInfoSync()).toMatchObject({ model: 'Mate 70', SDKVersion: '3.17.0', windowWidth: 375 })
  expect(wx.getAccountInfoSync().miniProgram).toEqual({
    appId: world.emulator.apps[0]?.appid,
    envVersion: 'develop',
    version: '',
  })
})
