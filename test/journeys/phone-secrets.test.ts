// No full number, no session_key, no access token, no AppSecret, no code: not in a reply, not in a log, not in what is stored.
import path from 'node:path'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createLog } from '../../cloudfunctions/platform/log'
import type { DeviceOptions, Emulator } from '../../emulator/types'
import { handset, useEmulator } from '../support/journey'
import { leaksIn } from '../support/leaks'

const world = useEmulator({ functions: [path.resolve('dist/cloudfunctions'), path.resolve('test/journeys/functions')] })

/** All that `callFunction` resolved to, as it reached the mini-program: the trace would mask it. */
const replies: string[] = []
beforeEach(() => {
  replies.length = 0
})

const listening = (): Emulator =>
  Object.create(world.emulator, {
    device: {
      value: (options: DeviceOptions) => {
        const device = world.emulator.device(options)
        const { cloud } = device.wx
        const callFunction = cloud.callFunction.bind(cloud)
        Object.assign(cloud, {
          callFunction: async (asked: Parameters<typeof callFunction>[0]) => {
            const reply: unknown = await callFunction(asked)
            replies.push(JSON.stringify(reply))
            return reply
          },
        })
        return device
      },
    },
  })

/** Lives through every way a number comes and goes, the failures too; says all that must not be seen. */
const liveALittle = async (): Promise<Record<string, string>> => {
  const { weixin, faults, apps, accounts } = world.emulator
  const secrets: Record<string, string> = {}
  const keep = (name: string, value: string | undefined) => {
    if (value === undefined) throw new Error(`no ${name}`)
    secrets[name] = value
  }
  const tap = () => {
    const { code, encryptedData = '', iv = '', cloudID = '' } = weixin.phoneCode('v1')
    const n = Object.keys(secrets).length
    keep(`phone code ${n}`, code)
    keep(`sealed data ${n}`, encryptedData)
    keep(`cloudID ${n}`, cloudID)
    return { code, sealed: { encryptedData, iv }, cloudID }
  }
  const { auth } = handset(listening())
  await auth.signIn()
  keep('session_key', weixin.sessionKey('v1'))
  keep('AppSecret', apps[0]?.secret)
  keep('phone number', accounts[0]?.phone)
  keep('openid', weixin.openid('v1'))

  const { code } = tap()
  await auth.call('phone', { code })
  await auth.call('phone', { code })
  await auth.call('phone', { remove: true })
  await auth.call('phone', tap().sealed)
  await auth.call('phone', { cloudID: tap().cloudID })
  keep('access token', weixin.accessToken())
  for (const errcode of [40029, -604101, 48001]) {
    faults.add({ at: 'phonenumber.getPhoneNumber', answer: { errcode } })
    await expect(auth.call('phone', { code: tap().code })).rejects.toBeDefined()
  }
  faults.add({ at: 'checkencryptedmsg', answer: { errcode: 40001 }, times: 2 })
  await expect(auth.call('phone', tap().sealed)).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
  weixin.rotateSessionKey('v1')
  keep('next session_key', weixin.sessionKey('v1'))
  await expect(auth.call('phone', tap().sealed)).rejects.toMatchObject({ code: 'SESSION_KEY_STALE' })
  const other = handset(listening(), { account: 'v2', device: 'another' })
  await other.auth.signIn()
  await expect(other.auth.call('phone', { code })).rejects.toMatchObject({ code: 'PHONE_CODE_INVALID' })
  return secrets
}
test('nothing that reaches the client holds one of them', async () => {
  const secrets = await liveALittle()

  expect(replies.length).toBeGreaterThan(10)
  expect(leaksIn(replies.join(), secrets)).toEqual([])
})

test('no log line of any worker holds one of them', async () => {
  const secrets = await liveALittle()

  expect(world.emulator.logs.length).toBeGreaterThan(10)
  expect(leaksIn(JSON.stringify(world.emulator.logs), secrets)).toEqual([])
})

test('nothing that is stored holds one of them in clear', async () => {
  const secrets = await liveALittle()

  const everything = JSON.stringify(world.emulator.database.everything())
  expect(everything).toMatch(/phoneCode:[0-9a-f]{64}/) // the codes are there, as hashes
  expect(everything).toContain('120****0001')
  expect(leaksIn(everything, secrets)).toEqual([])
})

test('the search finds each of them, and the real logger masks each of them', async () => {
  const secrets = await liveALittle()

  for (const [name, value] of Object.entries(secrets)) {
    expect(leaksIn(`{"text":"it was ${value} once"}`, { [name]: value })).toEqual([name])
    const lines: string[] = []
    const log = createLog({ write: (text) => lines.push(text) })
    const line = { requestId: 'r', transport: 'cloud', call: 'phone', ms: 1, ok: false, detail: `it was ${value} once` }
    log.write(line, [createSecret('phone code', value)])
    expect(leaksIn(lines.join(), { [name]: value })).toEqual([])
    expect(lines.join()).toContain('it was [phone code] once')
  }
})
