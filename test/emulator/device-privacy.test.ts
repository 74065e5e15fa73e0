// The privacy protocol on a handset: row 19 of the platform's acceptance list, and who is asked when.
import type { Device, DeviceOptions } from '../../emulator/types'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const SECOND = 1000
const REFUSED = { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 }

type Resolve = (answer: { event: string; buttonId?: string }) => void
interface Asked {
  resolve: Resolve
  referrer: string
}

/** Listens as a mini-program does; WeChat's typings forget what the listener is really given. */
const listen = ({ wx }: Device): Asked[] => {
  const asked: Asked[] = []
  const listener = (resolve: Resolve, { referrer }: { referrer: string }) => void asked.push({ resolve, referrer })
  Reflect.apply(wx.onNeedPrivacyAuthorization, wx, [listener])
  return asked
}
const open = (options: DeviceOptions = {}) => {
  const device = world.emulator.device(options)
  return { device, asked: listen(device) }
}
/** What an API of callbacks ends with. */
const outcome = (call: (callbacks: object) => unknown): Promise<Record<string, unknown>> =>
  new Promise((resolve) => {
    expect(call({ success: resolve, fail: resolve })).toBeUndefined()
  })
const setting = ({ wx }: Device) => outcome((callbacks) => wx.getPrivacySetting(callbacks))
const required = ({ wx }: Device) => outcome((callbacks) => wx.requirePrivacyAuthorize(callbacks))
/** Lets everything that can happen without anybody's doing happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve))
const isPending = async (promise: Promise<unknown>) => {
  const pending = Symbol('pending')
  return (await Promise.race([promise, settle().then(() => pending)])) === pending
}

describe('a listener', () => {
  test('is told who asks, and the tap waits', async () => {
    const { device, asked } = open()
    const tap = device.tapPhone()
    await settle()

    expect(asked.map(({ referrer }) => referrer)).toEqual(['button.getPhoneNumber'])
    expect(await isPending(tap)).toBe(true)
    expect(world.emulator.trace.count('button.getPhoneNumber')).toBe(0)
  })

  test('lets it go on by agreeing for a button that was tapped', async () => {
    const { device, asked } = open()
    const tap = device.tapPhone()
    await settle()

    await device.tapAgree('agree-btn')
    asked[0]?.resolve({ event: 'agree', buttonId: 'agree-btn' })

    expect(await tap).toHaveProperty('code')
  })

  test('is refused for a button that was not tapped, or tapped under another name', async () => {
    const report = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    const { device, asked } = open()
    const tap = device.tapPhone()
    await settle()

    asked[0]?.resolve({ event: 'agree', buttonId: 'agree-btn' })
    asked[0]?.resolve({ event: 'agree' })
    await device.tapAgree('other')
    asked[0]?.resolve({ event: 'agree', buttonId: 'agree-btn' })

    expect(await isPending(tap)).toBe(true)
    expect(report).toHaveBeenCalledTimes(3)
    asked[0]?.resolve({ event: 'agree', buttonId: 'other' })
    expect(await tap).toHaveProperty('code')
    report.mockRestore()
  })

  test('a tap from before it was asked does not count', async () => {
    const report = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    const { device, asked } = open()
    await device.tapAgree('agree-btn')
    world.emulator.weixin.forgetConsent('v1')
    const tap = device.tapPhone()
    await settle()

    asked[0]?.resolve({ event: 'agree', buttonId: 'agree-btn' })

    expect(await isPending(tap)).toBe(true)
    report.mockRestore()
  })

  test('refuses with 104, and then for ten seconds nobody is asked', async () => {
    const { device, asked } = open()
    const tap = device.tapPhone()
    await settle()
    asked[0]?.resolve({ event: 'disagree' })

    expect(await tap).toEqual(REFUSED)
    await world.emulator.clock.advance(9 * SECOND)
    expect(await device.tapPhone()).toEqual({ errMsg: `${REFUSED.errMsg} in gap`, errno: 104 })
    expect(asked).toHaveLength(1)

    await world.emulator.clock.advance(2 * SECOND)
    void device.tapPhone()
    await settle()
    expect(asked).toHaveLength(2)
  })

  test('may say that its dialog is seen; the first real answer counts', async () => {
    const { device, asked } = open()
    const tap = device.tapPhone()
    await settle()
    asked[0]?.resolve({ event: 'exposureAuthorization' })
    expect(await isPending(tap)).toBe(true)

    asked[0]?.resolve({ event: 'disagree' })
    await device.tapAgree('agree-btn')
    asked[0]?.resolve({ event: 'agree', buttonId: 'agree-btn' })

    expect(await tap).toEqual(REFUSED)
  })

  test('that registered last is the only one', async () => {
    const { device, asked } = open()
    const later = listen(device)
    void device.tapPhone()
    await settle()

    expect([asked.length, later.length]).toEqual([0, 1])
  })

  test('hears every API that waits, and one tap serves them all', async () => {
    const { device, asked } = open()
    const [tap, require] = [device.tapPhone(), required(device)]
    await settle()
    await device.tapAgree('agree-btn')
    for (const { resolve } of asked) resolve({ event: 'agree', buttonId: 'agree-btn' })

    expect(asked.map(({ referrer }) => referrer)).toEqual(['button.getPhoneNumber', 'requirePrivacyAuthorize'])
    expect([(await tap).errMsg, (await require)['errMsg']]).toEqual(['getPhoneNumber:ok', 'requirePrivacyAuthorize:ok'])
  })

  test('that throws is reported, and the API waits on', async () => {
    const report = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    const device = world.emulator.device()
    device.wx.onNeedPrivacyAuthorization(() => {
      throw new Error('mine')
    })

    expect(await isPending(device.tapPhone())).toBe(true)
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'mine' }))
    report.mockRestore()
  })
})

describe('without a listener', () => {
  test("WeChat's own dialog asks once, and the consent lasts", async () => {
    const device = world.emulator.device()

    expect(await device.tapPhone()).toHaveProperty('code')
    expect(await world.emulator.device({ privacyDialog: 'refuse' }).tapPhone()).toHaveProperty('code')
    expect(world.emulator.trace.count('button.agreePrivacyAuthorization')).toBe(1)
  })

  test('a refusal is 104, and silence for ten seconds', async () => {
    const refusing = world.emulator.device({ privacyDialog: 'refuse' })
    const first = await refusing.tapPhone()
    const agreeing = world.emulator.device()

    expect(first).toEqual(REFUSED)
    expect(await agreeing.tapPhone()).toMatchObject({ errno: 104 })
    await world.emulator.clock.advance(10 * SECOND)
    expect(await agreeing.tapPhone()).toHaveProperty('code')
  })
})

describe('consent', () => {
  test('by the combined button comes before the number, without an event', async () => {
    const { device, asked } = open()

    expect(await device.tapPhone({ agrees: true })).toHaveProperty('code')
    expect(asked).toHaveLength(0)
  })

  test('is of one person in one app', async () => {
    await world.emulator.device().tapAgree('agree-btn')
    const other = open({ account: 'v2' })
    const otherApp = open({ app: world.emulator.apps[1]?.appid ?? '' })
    void other.device.tapPhone()
    void otherApp.device.tapPhone()
    await settle()

    expect([other.asked.length, otherApp.asked.length]).toEqual([1, 1])
  })

  test('is forgotten on request', async () => {
    const { device, asked } = open()
    await device.tapAgree('agree-btn')
    world.emulator.weixin.forgetConsent('v1')
    void device.tapPhone()
    await settle()

    expect(asked).toHaveLength(1)
  })

  test('is asked for again when the guideline gains something, and the old is still usable', async () => {
    world.emulator.weixin.declarePrivacy(['phone'])
    const { device } = open()
    await device.tapAgree('agree-btn')
    expect(await setting(device)).toMatchObject({ needAuthorization: false })

    world.emulator.weixin.declarePrivacy(['phone', 'profile'])

    expect(await setting(device)).toMatchObject({ needAuthorization: true })
    expect(await device.tapPhone()).toHaveProperty('code')
  })

  test('outlives a relaunch', async () => {
    await world.emulator.device().tapAgree('agree-btn')

    expect(await setting(world.emulator.device())).toMatchObject({ needAuthorization: false })
  })
})

describe('wx.getPrivacySetting', () => {
  test('names the guideline and says whether it is to be agreed to', async () => {
    expect(await setting(world.emulator.device())).toEqual({
      needAuthorization: true,
      privacyContractName: `《${world.emulator.apps[0]?.name}隐私保护指引》`,
      errMsg: 'getPrivacySetting:ok',
    })
  })

  test('needs nothing where nothing is declared, and the phone is then undeclared', async () => {
    world.emulator.weixin.declarePrivacy([])
    const { device, asked } = open()

    expect(await setting(device)).toMatchObject({ needAuthorization: false })
    expect(await device.tapPhone()).toMatchObject({ errno: 112 })
    expect(asked).toHaveLength(0)
  })
})

describe('wx.requirePrivacyAuthorize', () => {
  test('succeeds at once for who has agreed', async () => {
    const { device, asked } = open()
    await device.tapAgree('agree-btn')

    expect(await required(device)).toEqual({ errMsg: 'requirePrivacyAuthorize:ok' })
    expect(asked).toHaveLength(0)
  })

  test('fails with 104 for who refuses', async () => {
    const { device, asked } = open()
    const end = required(device)
    await settle()
    asked[0]?.resolve({ event: 'disagree' })

    expect(await end).toEqual({
      errMsg: 'requirePrivacyAuthorize:fail privacy permission is not authorized',
      errno: 104,
    })
  })
})

test('the guideline opens', async () => {
  const { wx } = world.emulator.device()

  expect(await outcome((callbacks) => wx.openPrivacyContract(callbacks))).toEqual({ errMsg: 'openPrivacyContract:ok' })
})

describe('below base library 2.32.3', () => {
  test('nothing is intercepted, and none of the APIs is there', async () => {
    const device = world.emulator.device({ libVersion: '2.32.2', privacyDialog: 'refuse' })

    expect(await device.tapPhone()).toHaveProperty('code')
    for (const name of ['getPrivacySetting', 'onNeedPrivacyAuthorization', 'requirePrivacyAuthorize'])
      expect(Reflect.get(device.wx, name)).toBeUndefined()
    await expect(device.tapAgree('agree-btn')).rejects.toThrow('has no button agreePrivacyAuthorization')
  })
})
