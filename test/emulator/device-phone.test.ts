// The phone button on a handset: rows 12 and 14 of the platform's acceptance list, charges, base libraries.
import type { DeviceOptions, PhoneDetail, PhoneTap } from '../../emulator/types'
import { openApi } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const CODE = expect.stringMatching(/^[0-9a-f]{64}$/)
const BASE64 = expect.stringMatching(/^[A-Za-z0-9+/]+=*$/)

/** A tap of the first account, who has agreed to the guideline. */
const tap = (how: PhoneTap = {}, options: DeviceOptions = {}): Promise<PhoneDetail> => {
  world.emulator.weixin.agreePrivacy('v1')
  return world.emulator.device(options).tapPhone(how)
}
const numberOf = async ({ code }: PhoneDetail) => {
  const access_token = world.emulator.weixin.accessToken()
  const reply = await openApi(world.emulator, '/wxa/business/getuserphonenumber', { access_token }, { code })
  return (reply['phone_info'] as { phoneNumber: string } | undefined)?.phoneNumber
}

describe('allowed', () => {
  test('it gives a code for the bound number, and the sealed data of older days', async () => {
    const detail = await tap()

    expect(detail).toEqual({ errMsg: 'getPhoneNumber:ok', code: CODE, encryptedData: BASE64, iv: BASE64 })
    expect(await numberOf(detail)).toBe('12066600001')
  })

  test('in real time it gives a code and nothing else', async () => {
    expect(await tap({ realtime: true })).toEqual({ errMsg: 'getRealtimePhoneNumber:ok', code: CODE })
  })

  test('where the cloud is enabled there is a CloudID', async () => {
    world.emulator.weixin.agreePrivacy('v1')
    const device = world.emulator.device()
    device.wx.cloud.init()

    expect(await device.tapPhone()).toHaveProperty('cloudID')
    expect(await device.tapPhone({ realtime: true })).not.toHaveProperty('cloudID')
  })

  test('another number that the person added is as good', async () => {
    world.emulator.weixin.addNumber('v1', '13800000000')

    expect(await numberOf(await tap({ choose: '13800000000' }))).toBe('13800000000')
    await expect(tap({ choose: '13900000000' })).rejects.toThrow('v1 has no such number')
  })
})

describe('refused', () => {
  test.each<[string, () => Promise<PhoneDetail>, PhoneDetail]>([
    ['by the person', () => tap({ choose: 'deny' }), { errMsg: 'fail user deny' }],
    [
      'for want of quota',
      () => {
        world.emulator.weixin.setPhoneQuota(0)
        return tap()
      },
      { errMsg: 'fail appid no enough quota', errno: 1400001 },
    ],
    [
      'to a personal subject',
      () => {
        world.emulator.weixin.setEntitled(false)
        return tap()
      },
      { errMsg: 'fail no permission', errno: 102 },
    ],
    [
      'because the guideline does not declare it',
      () => {
        world.emulator.weixin.declarePrivacy(['profile'])
        return tap()
      },
      { errMsg: 'fail api scope is not declared in the privacy agreement', errno: 112 },
    ],
    [
      'because the person did not agree to the guideline',
      () => world.emulator.device({ privacyDialog: 'refuse' }).tapPhone(),
      { errMsg: 'fail privacy permission is not authorized', errno: 104 },
    ],
    [
      'without a network',
      () => {
        world.emulator.weixin.agreePrivacy('v1')
        const device = world.emulator.device()
        device.setOnline(false)
        return device.tapPhone()
      },
      { errMsg: 'fail request:fail network is disconnected', errno: 600003 },
    ],
  ])('%s', async (_why, refused, { errMsg, errno }) => {
    const detail = await refused()

    expect(detail).toEqual({ errMsg: `getPhoneNumber:${errMsg}`, ...(errno === undefined ? {} : { errno }) })
  })

  test.each([
    ['deny', undefined],
    ['noQuota', 1400001],
    ['undeclared', 112],
    ['privacyRefused', 104],
    ['notEntitled', 102],
    ['offline', 600003],
  ] as const)('beforehand, by the outcome %s, whatever the person would choose', async (outcome, errno) => {
    world.emulator.weixin.setPhoneOutcome(outcome)
    const detail = await tap()

    expect([detail.errMsg.slice(0, 19), detail.errno, detail.code]).toEqual(['getPhoneNumber:fail', errno, undefined])
    world.emulator.weixin.setPhoneOutcome('allow')
    expect(await tap({ choose: 'deny' })).toHaveProperty('code')
  })

  test('by a fault, with any text and number', async () => {
    const fail = { errMsg: 'getPhoneNumber:fail user deny', errno: 103 }
    world.emulator.faults.add({ at: 'button.getPhoneNumber', answer: { fail } })

    expect(await tap()).toEqual(fail)
  })
})

describe('the quota', () => {
  test('is a thousand, and each success event costs one of it, a refusal none', async () => {
    expect(world.emulator.weixin.phoneQuota()).toBe(1000)
    await tap()
    await tap({ realtime: true })
    await tap({ choose: 'deny' })

    expect(world.emulator.weixin.phoneQuota()).toBe(998)
    expect(world.emulator.weixin.phoneQuota(world.emulator.apps[1]?.appid)).toBe(1000)
  })

  test('is charged although the answer is lost on the way back', async () => {
    world.emulator.faults.add({ at: 'button.getPhoneNumber', answer: 'lost' })

    expect(await tap()).toMatchObject({ errno: 600003 })
    expect(world.emulator.weixin.phoneQuota()).toBe(999)
  })

  test('ends with the last one', async () => {
    world.emulator.weixin.setPhoneQuota(1)

    expect([await tap(), await tap()]).toMatchObject([{ code: CODE }, { errno: 1400001 }])
  })
})

describe('the base library', () => {
  test.each([
    ['2.10.3', ['encryptedData', 'errMsg', 'iv']],
    ['2.21.1', ['encryptedData', 'errMsg', 'iv']],
    ['2.21.2', ['code', 'encryptedData', 'errMsg', 'iv']],
    ['3.17.0', ['code', 'encryptedData', 'errMsg', 'iv']],
  ])('%s gives %j', async (libVersion, keys) => {
    expect(new Set(Object.keys(await tap({}, { libVersion })))).toEqual(new Set(keys))
  })

  test('knows the real-time button from 2.24.4 on', async () => {
    await expect(tap({ realtime: true }, { libVersion: '2.24.3' })).rejects.toThrow('2.24.3 has no button')
    expect(await tap({ realtime: true }, { libVersion: '2.24.4' })).toHaveProperty('code')
  })

  test.each([
    ['button.open-type.getPhoneNumber', '1.2.0'],
    ['button.open-type.chooseAvatar', '2.21.2'],
    ['button.open-type.getRealtimePhoneNumber', '2.24.4'],
    ['button.open-type.agreePrivacyAuthorization', '2.32.3'],
    ['button.phone-number-no-quota-toast', '3.0.1'],
    ['input.type.nickname', '2.21.2'],
    ['input.bindnicknamereview', '2.29.1'],
    ['onNeedPrivacyAuthorization', '2.32.3'],
    ['getPrivacySetting', '2.32.3'],
  ])('canIUse(%s) since %s', (schema, since) => {
    const versions = ['1.1.1', '2.10.3', '2.20.0', '2.24.4', '2.27.1', '2.32.3', '3.17.0']
    const answers = versions.filter((libVersion) => world.emulator.device({ libVersion }).wx.canIUse(schema))

    const isNewer = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true }) >= 0
    expect(answers).toEqual(versions.filter((version) => isNewer(version, since)))
  })

  test.each(['button.open-type.nothing', 'button.nothing', 'input.type.nothing'])('canIUse(%s) never', (schema) => {
    expect(world.emulator.device().wx.canIUse(schema)).toBe(false)
  })
})

test('a tap is one hop, without the number or the code', async () => {
  const { code } = await tap()

  const hop = world.emulator.trace.hops.find(({ op }) => op === 'button.getPhoneNumber')
  expect(hop).toMatchObject({ from: 'mini-program', to: 'wx', account: 'v1', reply: { code: '•••' } })
  expect(JSON.stringify(world.emulator.trace.hops)).not.toContain(code)
})
