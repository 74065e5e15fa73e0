// The way by access token, where nobody with an openid is calling: our adapters against WeChat's own interfaces.
import { createSecret } from '../../cloudfunctions/core/secret'
import { createClock } from '../../cloudfunctions/platform/clock'
import { createEnvironment } from '../../cloudfunctions/platform/environment'
import { createWeixinApi } from '../../cloudfunctions/platform/weixin-api'
import { useEmulator } from '../support/journey'

const CALLERS = 20
const world = useEmulator()

/** One instance of a function that has no caller. */
const instance = ({ mayForce = async () => true } = {}) => {
  const { appid, secret } = world.emulator.apps[0] ?? {}
  const variables = { WEIXIN_APPID: appid, WEIXIN_APP_SECRET: secret, WEIXIN_API_BASE: world.emulator.url }
  const clock = { ...createClock(), now: () => world.emulator.clock.now() }
  const api = createWeixinApi({ clock, environment: createEnvironment(variables, 'https') }, { functionName: 'https' })
  const by = () => ({ signal: new AbortController().signal, hide: () => undefined, mayForce })
  const redeem = (account = 'v1', app?: string) =>
    api.phoneInfo(createSecret('phone code', world.emulator.weixin.phoneCode(account, app).code), by())
  return { api, by, redeem }
}
const count = (op: string) => world.emulator.trace.count(op)

test('a phone code becomes the number, with one token for all who ask', async () => {
  const { redeem } = instance()

  const infos = await Promise.all(Array.from({ length: CALLERS }, () => redeem()))

  for (const info of infos) expect(info).toMatchObject({ purePhoneNumber: '12066600001', countryCode: '86' })
  expect([count('stable_token'), count('getuserphonenumber')]).toEqual([1, CALLERS])
})

test.each(['expire', 'invalidate'] as const)(
  'a token that ends for twenty at once (%s) is fetched once more, and each asks once more',
  async (how) => {
    const { redeem } = instance()
    await redeem()
    world.emulator.weixin.endAccessTokens(how)
    world.emulator.trace.clear()

    await Promise.all(Array.from({ length: CALLERS }, () => redeem()))

    expect([count('stable_token'), count('getuserphonenumber')]).toEqual([1, 2 * CALLERS])
  },
)

test('a token that WeChat keeps giving and refusing is replaced by force, once for twenty', async () => {
  const { redeem } = instance()
  await redeem()
  world.emulator.trace.clear()
  const before = world.emulator.weixin.accessToken()
  world.emulator.faults.add({ at: 'getuserphonenumber', answer: { errcode: 40001 }, times: CALLERS })

  await Promise.all(Array.from({ length: CALLERS }, () => redeem()))

  expect(world.emulator.weixin.accessToken()).not.toBe(before)
  expect(count('stable_token')).toBe(2)
})

test('without leave to force, the refusal is told, and no token ends', async () => {
  const { redeem } = instance({ mayForce: async () => false })
  await redeem()
  const before = world.emulator.weixin.accessToken()
  world.emulator.faults.add({ at: 'getuserphonenumber', answer: { errcode: 40001 } })

  await expect(redeem()).rejects.toMatchObject({ code: 'WECHAT_BUSY', retryAfterMs: 30_000 })

  expect(world.emulator.weixin.accessToken()).toBe(before)
})

test('two instances use the same token, and neither ends the other’s', async () => {
  const [one, two] = [instance(), instance()]

  for (let n = 0; n < 3; n++) for (const { redeem } of [one, two]) await redeem()

  expect([count('stable_token'), count('getuserphonenumber')]).toEqual([2, 6])
})

test('a code of another mini-program, and a code that is spent, are refused', async () => {
  const { api, by, redeem } = instance()
  await expect(redeem('v1', world.emulator.apps[1]?.appid)).rejects.toMatchObject({ code: 'MISCONFIGURED' })
  const code = createSecret('phone code', world.emulator.weixin.phoneCode('v1').code)
  await api.phoneInfo(code, by())

  await expect(api.phoneInfo(code, by())).rejects.toMatchObject({ code: 'PHONE_CODE_INVALID' })
})
