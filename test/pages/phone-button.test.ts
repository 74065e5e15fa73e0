// The phone button on its own: off until all is ready, never a login in its handler, nobody pays twice.
import { refuse } from '../support/client-world'
import { openPart, settle, usePages } from '../support/page'
import { createPageDevice, type PageDeviceOptions } from '../support/page-device'
import { xiaohe } from '../support/page-home'
import { createNumbers, masked, type Numbers, signedInStorage } from '../support/page-phone'

usePages()

const BUTTON = 'components/phone-button/phone-button'
const OK = { errMsg: 'getPhoneNumber:ok' }

interface Options extends Partial<PageDeviceOptions> {
  numbers?: Numbers
  properties?: { realtime?: boolean; change?: boolean; consent?: boolean }
}
const open = async ({ numbers = createNumbers(), properties = {}, ...options }: Options = {}) => {
  const device = createPageDevice({ server: numbers.server, stored: signedInStorage(), ...options })
  const events = ['bound', 'failed', 'phase']
  const button = await openPart(BUTTON, device, { label: '使用本机手机号', ...properties }, events)
  return {
    device,
    numbers,
    button,
    tap: (code: string) => button.fire('getPhoneNumber', { ...OK, code }, '.ask'),
    sent: () => device.sentCalls('phone').map(({ data }) => data),
  }
}
/** Answers the call `phone` when the test says so. */
const slow = (numbers: Numbers) => {
  numbers.phone = () => 'silence'
}

describe('ready', () => {
  test('it is off until the session_key is known to be alive', async () => {
    const { button, device } = await open({ isKeyDead: true })
    expect(button.heard('phase')).toEqual([{ phase: 'preparing' }, { phase: 'ready' }])
    expect(device.logins()).toBe(1)
    expect(button.isDisabled('.ask')).toBe(false)
  })

  test('a tap before that is no tap', async () => {
    const { button, tap } = await open({ server: () => 'silence', isKeyDead: true })
    expect(button.textOf('.ask')).toBe('正在准备…')
    await expect(tap('c')).rejects.toThrow('no getPhoneNumber now')
  })

  test('what cannot be made ready is told with what to do, and a plain tap tries again', async () => {
    const numbers = createNumbers()
    numbers.isOffline = true
    const { button } = await open({ numbers, isKeyDead: true })
    await settle(5_000)
    expect(button.heard('failed')).toEqual([{ code: 'NETWORK', remedy: 'retry' }])
    numbers.isOffline = false
    await button.tap('.again')
    expect(button.textOf('.ask')).toBe('使用本机手机号')
  })

  test('coming back to the page makes it ready anew', async () => {
    const { button, device } = await open()
    await settle(600_001)
    await button.hideAndShow()
    expect(button.heard('phase').slice(-2)).toEqual([{ phase: 'preparing' }, { phase: 'ready' }])
    expect(device.logins()).toBe(0)
  })
})

describe('the handler', () => {
  test('hands the code over and takes no login code', async () => {
    const { button, device, tap, sent } = await open()
    await tap('phone-code-1')
    expect(sent()).toEqual([{ code: 'phone-code-1' }])
    expect(device.logins()).toBe(0)
    expect(button.heard('bound')).toEqual([{ ...xiaohe, phone: masked }])
  })

  test('below 2.21.2 it hands over what is sealed', async () => {
    const { button, sent } = await open({ lib: '2.20.0' })
    await button.fire('getPhoneNumber', { ...OK, encryptedData: 'ZGF0YQ==', iv: 'aXY=', cloudID: 'i' }, '.ask')
    expect(sent()).toEqual([{ encryptedData: 'ZGF0YQ==', iv: 'aXY=' }])
  })

  test('a failure comes out as the library knows it', async () => {
    const { button } = await open()
    await button.fire('getPhoneNumber', { errMsg: 'getPhoneNumber:fail user deny' }, '.ask')
    expect(button.heard('failed')).toEqual([{ code: 'USER_DENIED', remedy: 'ask' }])
  })
})

describe('nobody pays twice', () => {
  test('it is off while a number is on its way', async () => {
    const numbers = createNumbers()
    slow(numbers)
    const { button, tap, sent } = await open({ numbers })
    await tap('c1')
    expect(button.textOf('.ask')).toBe('正在绑定…')
    await expect(tap('c2')).rejects.toThrow('no getPhoneNumber now')
    expect(sent()).toHaveLength(1)
  })

  test('once bound it is a confirmation', async () => {
    const { button, tap } = await open()
    await tap('c1')
    expect([button.has('.ask'), button.text()]).toEqual([false, '120****0005'])
  })

  test('five numbers a day are enough; tomorrow there are more, also after a relaunch', async () => {
    const { button, device, numbers, tap } = await open()
    numbers.phone = () => refuse('PHONE_CODE_INVALID')
    for (const code of ['c1', 'c2', 'c3', 'c4', 'c5']) await tap(code)
    expect(button.textOf('.ask')).toBe('明天再试')
    expect(button.isDisabled('.ask')).toBe(true)
    expect(button.text()).toContain('今天已经取过多次号码')
    const next = await open({ numbers, stored: device.stored })
    expect(next.button.textOf('.ask')).toBe('明天再试')
    await settle(86_400_000)
    await next.button.hideAndShow()
    expect(next.button.textOf('.ask')).toBe('使用本机手机号')
  })

  test('a refusal is free and counts for nothing', async () => {
    const { button } = await open()
    for (let taps = 0; taps < 6; taps += 1) {
      await button.fire('getPhoneNumber', { errMsg: 'getPhoneNumber:fail user deny' }, '.ask')
    }
    expect(button.isDisabled('.ask')).toBe(false)
  })

  test('storage that fails stands in nobody’s way', async () => {
    const { button, tap } = await open({ isStorageBroken: true })
    await tap('c1')
    await settle(5_000)
    expect(button.heard('bound')).toHaveLength(1)
  })

  test('a lost answer is read from the profile, not paid for again', async () => {
    const { button, numbers, tap, sent } = await open()
    numbers.phone = () => {
      numbers.bind(masked)
      return 'offline'
    }
    await tap('c1')
    await settle(5_000)
    expect([button.heard('failed'), button.heard('bound').length, sent().length]).toEqual([[], 1, 1])
  })
})

describe('the kind of button', () => {
  test.each([
    [{}, '3.17.0', 'getPhoneNumber'],
    [{ realtime: true }, '2.24.4', 'getRealtimePhoneNumber'],
    [{ consent: true }, '2.32.3', 'getPhoneNumber|agreePrivacyAuthorization'],
    [{ consent: true }, '2.32.2', 'getPhoneNumber'],
    [{ realtime: true, consent: true }, '3.17.0', 'getRealtimePhoneNumber|agreePrivacyAuthorization'],
  ])('%j on %s is %s', async (properties, lib, openType) => {
    const { button } = await open({ properties, lib })
    expect(button.attr('openType', '.ask')).toBe(openType)
  })

  test('an empty quota is told in our own words, not in a sheet of the platform', async () => {
    const { button } = await open()
    expect(button.attr('phoneNumberNoQuotaToast', '.ask')).toBe(false)
  })

  test('real-time verification is not there below 2.24.4', async () => {
    const { button } = await open({ properties: { realtime: true }, lib: '2.24.3' })
    expect([button.has('.ask'), button.text()]).toEqual([false, ''])
  })

  test('a real-time number of another account comes with its proof, a quick one without', async () => {
    const now = await open({ properties: { realtime: true } })
    now.numbers.phone = () => refuse('PHONE_TAKEN')
    await now.button.fire('getRealtimePhoneNumber', { errMsg: 'getRealtimePhoneNumber:ok', code: 'n1' }, '.ask')
    expect(now.button.heard('failed')).toEqual([expect.objectContaining({ code: 'PHONE_TAKEN', proof: 'n1' })])
    const quick = await open()
    quick.numbers.phone = () => refuse('PHONE_TAKEN')
    await quick.tap('c1')
    expect(quick.button.heard('failed')).toEqual([expect.not.objectContaining({ proof: expect.anything() })])
  })
})

test('what is under way when the page closes still lands, and no event comes from a button that is gone', async () => {
  const { button, numbers, tap } = await open()
  numbers.phone = () => {
    void button.detach()
    return numbers.bind(masked)
  }
  await tap('c1')
  const { auth } = button.app['globalData'] as { auth: { state: object } }
  expect(auth.state).toMatchObject({ status: 'signedIn', user: { phone: masked } })
  expect(button.heard('bound')).toEqual([])
})
