// What a mini-program sees of its cloud functions: identity, the refusals and the limits.
import path from 'node:path'
import { useEmulator } from '../support/journey'

const world = useEmulator({
  project: path.resolve('test/emulator/project'),
  functions: [path.resolve('test/emulator/functions')],
  timeLimitMs: 3_000,
})

/** `wx.cloud.callFunction` on a handset of the first account. */
const call = (name: string, data: object): Promise<unknown> => {
  const { wx } = world.emulator.device()
  wx.cloud.init()
  return Promise.resolve(wx.cloud.callFunction({ name, data }))
}

test('the openid stands in the environment of the function and in event.userInfo', async () => {
  const openid = world.emulator.weixin.openid('v1')
  const appid = world.emulator.apps[0]?.appid

  expect(await call('plain', { deed: 'environment', names: ['WX_OPENID', 'WX_APPID', 'TCB_SOURCE'] })).toMatchObject({
    errMsg: 'cloud.callFunction:ok',
    result: [openid, appid, expect.stringMatching(/^wx_(client|devtools)$/)],
  })
  expect(await call('plain', { deed: 'event', userInfo: { openId: 'forged' } })).toMatchObject({
    result: { deed: 'event', userInfo: { appId: appid, openId: openid } },
  })
})

test('a function that does not exist: -501000', async () => {
  await expect(call('nobody', {})).rejects.toMatchObject({
    errCode: -501000,
    errMsg: expect.stringContaining('FunctionName parameter could not be found'),
  })
})

test('a collection that does not exist: -502005, told by the real SDK', async () => {
  expect(await call('database', { on: 'nowhere', do: [['get', { id: 'x' }]] })).toMatchObject({
    result: [{ errCode: -502005, errMsg: expect.stringContaining('Db or Table not exist: nowhere') }],
  })
})

test('a handler that takes more than three seconds: -504003', async () => {
  const { faults, clock } = world.emulator
  const slow = faults.add({ at: 'things.get', answer: 'hold' })
  const outcome = expect(call('database', { do: [['get', { id: 'x' }]] })).rejects.toMatchObject({
    errCode: -504003,
    errMsg: expect.stringContaining('Invoking task timed out after 3 seconds'),
  })
  await slow.held()

  await clock.advance(3000)

  await outcome
})

test('a result above one megabyte: -604001', async () => {
  await expect(call('plain', { deed: 'big', bytes: 1024 * 1024 })).rejects.toMatchObject({ errCode: -604001 })
})

test('a handler that throws: -504002 with its reason', async () => {
  await expect(call('plain', { deed: 'fail', message: 'boo' })).rejects.toMatchObject({
    errCode: -504002,
    errMsg: expect.stringContaining('TypeError: boo'),
  })
})
