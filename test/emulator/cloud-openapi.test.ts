// The open API and open data as the real wx-server-sdk asks for them, from functions without a token.
import path from 'node:path'
import { useEmulator } from '../support/journey'

const world = useEmulator({
  project: path.resolve('test/emulator/project'),
  functions: [path.resolve('test/emulator/functions')],
})
const SECOND = 1000

const invoke = (event: object, name = 'openapi', caller: object = { account: 'v1' }) =>
  world.emulator.functions.invoke(name, event, caller)
const getPhoneNumber = (code: string, ...rest: [name?: string, caller?: object]) =>
  invoke({ deed: 'openapi', api: 'phonenumber.getPhoneNumber', data: { code } }, ...rest)
const getOpenData = (list: string[], account = 'v1') => invoke({ deed: 'getOpenData', list }, 'openapi', { account })

describe('phonenumber.getPhoneNumber', () => {
  test('gives the number, camel-cased by the SDK, and spends the code', async () => {
    const { code } = world.emulator.weixin.phoneCode('v1')

    expect(await getPhoneNumber(code)).toEqual({
      errCode: 0,
      errMsg: 'openapi.phonenumber.getPhoneNumber:ok',
      phoneInfo: {
        phoneNumber: '12066600001',
        purePhoneNumber: '12066600001',
        countryCode: '86',
        watermark: { timestamp: expect.any(Number), appid: world.emulator.apps[0]?.appid },
      },
    })
    expect(await getPhoneNumber(code)).toMatchObject({
      errCode: 40029,
      errMsg: expect.stringContaining('openapi.phonenumber.getPhoneNumber:fail invalid code'),
    })
  })

  test('is refused where config.json does not declare it, and the code stays good', async () => {
    const { code } = world.emulator.weixin.phoneCode('v1')

    expect(await getPhoneNumber(code, 'undeclared')).toMatchObject({ errCode: -604101 })
    expect(await getPhoneNumber(code)).toHaveProperty('phoneInfo')
  })

  test('is refused when nobody called the function, unless a timer did', async () => {
    const { code } = world.emulator.weixin.phoneCode('v1')

    expect(await getPhoneNumber(code, 'openapi', { source: 'wx_http' })).toMatchObject({ errCode: -604104 })
    expect(await getPhoneNumber(code, 'openapi', { source: 'wx_trigger' })).toHaveProperty('phoneInfo')
  })

  test('of an app without the capability is 48001', async () => {
    world.emulator.weixin.setEntitled(false)

    expect(await getPhoneNumber('x')).toMatchObject({ errCode: 48001 })
  })

  test.each([40029, 45011, -1, -604101])('is bent by a fault: %d', async (errcode) => {
    world.emulator.faults.add({ at: 'phonenumber.getPhoneNumber', answer: { errcode } })

    expect(await getPhoneNumber('x')).toMatchObject({ errCode: errcode })
  })

  test('is a hop to WeChat without the code or the number', async () => {
    const { code } = world.emulator.weixin.phoneCode('v1')
    await getPhoneNumber(code)

    const hop = world.emulator.trace.hops.find(({ op }) => op === 'phonenumber.getPhoneNumber')
    expect(hop).toMatchObject({ from: 'function', to: 'weixin', account: 'v1', request: { code: '•••' } })
    expect(JSON.stringify(hop)).not.toMatch(/12066600001|[0-9a-f]{64}/)
  })
})

test('an API nobody knows is -604100, also when it is undeclared', async () => {
  expect(await invoke({ deed: 'openapi', api: 'phonenumber.nothing', data: {} })).toMatchObject({ errCode: -604100 })
  expect(await invoke({ deed: 'openapi', api: 'auth.code2Session', data: {} }, 'undeclared')).toMatchObject({
    errCode: -604100,
  })
})

describe('getOpenData', () => {
  test('opens the CloudIDs of the caller in their order, and tells what each of the others lacks', async () => {
    const { weixin, clock } = world.emulator
    const id = (account: string) => String(weixin.phoneCode(account).cloudID)
    const old = id('v1')
    await clock.advance(301 * SECOND)
    const [mine, foreign] = [id('v1'), id('v2')]

    expect(await getOpenData([mine, old, foreign, 'made-up'])).toMatchObject({
      errMsg: 'getOpenData:ok',
      list: [
        { cloudID: mine, data: { phoneNumber: '12066600001', watermark: { appid: world.emulator.apps[0]?.appid } } },
        { cloudID: old, errCode: -601006, errMsg: 'cloudID expired.' },
        { cloudID: foreign, errCode: -601007 },
        { cloudID: 'made-up', errCode: -601005 },
      ],
    })
  })

  test('does not open a CloudID of the other app', async () => {
    const { weixin, apps } = world.emulator
    const { cloudID } = weixin.phoneCode('v1', apps[1]?.appid)

    expect(await getOpenData([String(cloudID)])).toMatchObject({ list: [{ errCode: -601007 }] })
  })
})
