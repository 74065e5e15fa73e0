// wx.cloud.CloudID: row 21 of the platform's acceptance list, seen by a function with the real SDK.
import path from 'node:path'
import { useEmulator } from '../support/journey'

const world = useEmulator({
  project: path.resolve('test/emulator/project'),
  functions: [path.resolve('test/emulator/functions')],
})
const SECOND = 1000
type Event = Record<string, unknown> & { list?: unknown[] }

const id = (account = 'v1') => String(world.emulator.weixin.phoneCode(account).cloudID)
/** What the function `openapi` saw of it. */
const call = async (build: (CloudID: (id: string) => unknown) => object) => {
  const { wx } = world.emulator.device()
  wx.cloud.init()
  const data = { deed: 'event', ...build((cloudID) => wx.cloud.CloudID(cloudID)) }
  const { result } = await wx.cloud.callFunction({ name: 'openapi', data })
  return result as { event: Event; context: { OPEN_DATA_INFO?: string } }
}

test('at the top level it gives way to the open data, and the context says so', async () => {
  const phone = id()
  const { event, context } = await call((CloudID) => ({ phone: CloudID(phone), other: 1 }))

  expect(event).toMatchObject({
    phone: {
      cloudID: phone,
      data: { phoneNumber: '12066600001', watermark: { appid: world.emulator.apps[0]?.appid } },
    },
    other: 1,
  })
  expect(context.OPEN_DATA_INFO).toBe('{"keys":["phone"]}')
})

test('nested it stays a text', async () => {
  const phone = id()
  const { event, context } = await call((CloudID) => ({ list: [CloudID(phone)], inner: { phone: CloudID(phone) } }))

  expect([event['list'], event['inner']]).toEqual([[phone], { phone }])
  expect(context).not.toHaveProperty('OPEN_DATA_INFO')
})

test('the sixth stays a text', async () => {
  const ids = Array.from({ length: 6 }, () => id())
  const { event, context } = await call((CloudID) =>
    Object.fromEntries(ids.map((cloudID, index) => [`k${index}`, CloudID(cloudID)])),
  )

  expect(event['k4']).toHaveProperty('data')
  expect(event['k5']).toBe(ids[5])
  expect(context.OPEN_DATA_INFO).toBe('{"keys":["k0","k1","k2","k3","k4"]}')
})

test('what cannot be opened is told in its place', async () => {
  const [expired, foreign] = [id(), id('v2')]
  await world.emulator.clock.advance(301 * SECOND)
  const fresh = id('v2')
  const { event } = await call((CloudID) => ({
    expired: CloudID(expired),
    foreign: CloudID(foreign),
    fresh: CloudID(fresh),
    unknown: CloudID('x'),
  }))

  expect(event).toMatchObject({
    expired: { cloudID: expired, errCode: -601006, errMsg: 'cloudID expired.' },
    foreign: { errCode: -601007 },
    fresh: { errCode: -601007 },
    unknown: { errCode: -601005 },
  })
})

test('an object of that shape is what the client sent, and the context does not vouch for it', async () => {
  const forged = { cloudID: 'x', data: { phoneNumber: '13800000000' } }
  const { event, context } = await call(() => ({ phone: forged }))

  expect(event['phone']).toEqual(forged)
  expect(context).not.toHaveProperty('OPEN_DATA_INFO')
})

test('before base library 2.7.0 there is none', () => {
  const { wx } = world.emulator.device({ libVersion: '2.6.6' })

  expect(Reflect.get(wx.cloud, 'CloudID')).toBeUndefined()
})
