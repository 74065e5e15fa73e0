// wx.getUserProfile and wx.getUserInfo on a handset: row 18 of the platform's acceptance list, ages, dialogs, sealed data.
import { createDecipheriv, createHash } from 'node:crypto'
import type { Device, DeviceOptions } from '../../emulator/types'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const DESC = '用于完善资料'

interface Info {
  errMsg: string
  userInfo: WechatMiniprogram.UserInfo
  rawData: string
  signature: string
  encryptedData: string
  iv: string
  cloudID?: string
}

/** A handset of the first account, who has agreed to the guideline and has logged in. */
const open = async (libVersion: string, options: DeviceOptions = {}): Promise<Device> => {
  world.emulator.weixin.agreePrivacy('v1')
  const device = world.emulator.device({ libVersion, ...options })
  await new Promise((success, fail) => device.wx.login({ success, fail }))
  return device
}
const profile = (device: Device, desc: unknown = DESC): Promise<Info> =>
  device.tap(
    () =>
      new Promise((success, fail) => {
        Reflect.apply(device.wx.getUserProfile, device.wx, [{ desc, success, fail }])
      }),
  )
const info = ({ wx }: Device): Promise<Info> =>
  new Promise((resolve, fail) => wx.getUserInfo({ success: (told) => resolve(told as Info), fail }))
const setting = ({ wx }: Device) =>
  new Promise((resolve, fail) => wx.getSetting({ success: ({ authSetting }) => resolve(authSetting), fail }))
const opened = ({ encryptedData, iv }: Info): Record<string, unknown> => {
  const key = Buffer.from(world.emulator.weixin.sessionKey('v1') ?? '', 'base64')
  const cipher = createDecipheriv('aes-128-cbc', key, Buffer.from(iv, 'base64'))
  return JSON.parse(Buffer.concat([cipher.update(encryptedData, 'base64'), cipher.final()]).toString())
}
const ANONYMOUS = {
  nickName: '微信用户',
  gender: 0,
  avatarUrl: expect.stringContaining('/POgEwh4mIHO4nibH0KlMECNjjGxQUq24'),
}

describe('row 18', () => {
  test.each(['2.27.1', '3.17.0'])('getUserProfile gives WeChat’s anonymous user from %s on', async (libVersion) => {
    const device = await open(libVersion, { userInfoDialog: 'deny' })

    expect(await profile(device)).toMatchObject({ errMsg: 'getUserProfile:ok', userInfo: ANONYMOUS })
  })

  test.each(['1.9.0', '2.10.3', '2.20.0', '3.17.0'])(
    'getUserInfo gives it on %s, by API and by button, without a dialog',
    async (libVersion) => {
      const device = await open(libVersion, { userInfoDialog: 'deny' })

      expect(await info(device)).toMatchObject({ errMsg: 'getUserInfo:ok', userInfo: ANONYMOUS })
      expect(await device.tapUserInfo()).toMatchObject({ errMsg: 'getUserInfo:ok', userInfo: ANONYMOUS })
      expect(await setting(device)).toEqual({ 'scope.userInfo': true })
      await expect(
        new Promise((success, fail) => device.wx.authorize({ scope: 'scope.userInfo', success, fail })),
      ).resolves.toEqual({
        errMsg: 'authorize:ok',
      })
    },
  )
})

describe('getUserProfile below 2.27.1', () => {
  test('gives the real name and face of who says yes, every time anew', async () => {
    const device = await open('2.20.0')

    expect((await profile(device)).userInfo).toMatchObject({ nickName: '小满', language: 'zh_CN' })
    const refusing = await open('2.20.0', { userInfoDialog: 'deny' })
    await expect(profile(refusing)).rejects.toEqual({ errMsg: 'getUserProfile:fail auth deny' })
  })

  test('seals the same data, without openId and unionId', async () => {
    const told = await profile(await open('2.20.0'))

    expect(opened(told)).toEqual({
      ...told.userInfo,
      watermark: { appid: world.emulator.apps[0]?.appid, timestamp: expect.any(Number) },
    })
  })

  test('signs the raw data with the session_key', async () => {
    const { rawData, signature, userInfo } = await profile(await open('2.20.0'))
    const key = world.emulator.weixin.sessionKey('v1')

    expect(JSON.parse(rawData)).toEqual(userInfo)
    expect(signature).toBe(createHash('sha1').update(`${rawData}${key}`).digest('hex'))
  })

  test('wants a tap, and is refused in a later callback', async () => {
    const device = await open('2.20.0')
    const later = await device
      .tap(() => new Promise((resolve) => setTimeout(resolve, 5)))
      .then(() => {
        return new Promise((success, fail) => device.wx.getUserProfile({ desc: DESC, success, fail })).catch(
          (told) => told,
        )
      })

    expect(later).toEqual({ errMsg: 'getUserProfile:fail can only be invoked by user TAP gesture.' })
  })

  test.each([
    [42, 'getUserProfile:fail parameter error: parameter.desc should be String instead of number;'],
    ['', 'getUserProfile:fail desc length does not meet the requirements'],
    ['字'.repeat(31), 'getUserProfile:fail desc length does not meet the requirements'],
  ])('refuses the description %p', async (desc, errMsg) => {
    await expect(profile(await open('2.20.0'), desc)).rejects.toEqual({ errMsg })
  })

  test('is not there before 2.10.4', async () => {
    const there = async (libVersion: string) => Reflect.get((await open(libVersion)).wx, 'getUserProfile') !== undefined

    expect([await there('2.10.3'), await there('2.10.4')]).toEqual([false, true])
  })

  test('fails without a network', async () => {
    const device = await open('2.20.0')
    device.setOnline(false)

    await expect(profile(device)).rejects.toMatchObject({ errno: 600003 })
  })
})

test('the faces lie under the paths of WeChat’s picture servers, and nobody else’s', async () => {
  const { avatarUrl } = (await profile(await open('2.20.0'))).userInfo
  const face = (address: string) => fetch(address.replace('https://thirdwx.qlogo.cn', world.emulator.url))
  const found = await face(avatarUrl)

  expect([found.status, found.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(Buffer.from(await found.arrayBuffer()).toString('latin1', 1, 4)).toBe('PNG')
  expect((await face(avatarUrl.replace(/.{8}\/132$/, '00000000/132'))).status).toBe(404)
})

describe('getUserInfo', () => {
  test('seals openId, and unionId where the app is bound', async () => {
    const device = await open('2.10.3')
    const { emulator } = world
    const openId = emulator.weixin.openid('v1')

    expect(opened(await info(device))).toMatchObject({ openId, unionId: emulator.weixin.unionid('v1') })
    emulator.weixin.setBound(emulator.apps[0]?.appid ?? '', false)
    const alone = opened(await info(device))
    expect(alone).toMatchObject({ openId })
    expect(alone).not.toHaveProperty('unionId')
  })

  test('gives nothing sealed where no credentials are wanted', async () => {
    const { wx } = await open('2.10.3')
    const told = await new Promise((success, fail) => wx.getUserInfo({ withCredentials: false, success, fail }))

    expect(new Set(Object.keys(told as object))).toEqual(new Set(['errMsg', 'rawData', 'userInfo']))
  })

  test('needs consent where libraries ask for it', async () => {
    world.emulator.weixin.declarePrivacy(['phone'])
    const device = world.emulator.device()

    await expect(info(device)).rejects.toMatchObject({ errno: 112, errMsg: expect.stringMatching(/^getUserInfo:fail/) })
    expect(await device.tapUserInfo()).toMatchObject({ errno: 112, errMsg: expect.stringMatching(/^getUserInfo:fail/) })
  })
})

describe('a mini-program published before 2021-04-28', () => {
  beforeEach(() => world.emulator.weixin.setProfileService({ userInfo: 'dialog' }))

  test('asks by its button, and a no is remembered in the settings', async () => {
    const device = await open('2.10.3', { userInfoDialog: 'deny' })
    expect(await setting(device)).toEqual({})

    expect(await device.tapUserInfo()).toEqual({ errMsg: 'getUserInfo:fail auth deny' })
    expect(await setting(device)).toEqual({ 'scope.userInfo': false })
  })

  test('gives real data to the API only after a yes to the button', async () => {
    const device = await open('2.10.3')
    await expect(info(device)).rejects.toEqual({ errMsg: 'getUserInfo:fail scope unauthorized' })

    expect(await device.tapUserInfo()).toMatchObject({ userInfo: { nickName: '小满' } })
    expect((await info(device)).userInfo.nickName).toBe('小满')
  })
})
