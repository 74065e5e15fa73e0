// Access tokens of both kinds: rows 9 to 11 of the platform's acceptance list, and what a bad token is told.
import { openApi } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const SECOND = 1000
interface Token {
  access_token: string
  expires_in: number
}

const credentials = (nth = 0) => {
  const { appid = '', secret = '' } = world.emulator.apps[nth] ?? {}
  return { grant_type: 'client_credential', appid, secret }
}
const stable = async (more: object = {}) =>
  (await openApi(world.emulator, '/cgi-bin/stable_token', {}, { ...credentials(), ...more })) as unknown as Token
const forced = () => stable({ force_refresh: true })
const classic = async () => (await openApi(world.emulator, '/cgi-bin/token', credentials())) as unknown as Token
/** What a token is told: 40029 means it was accepted, and only the code was wrong. */
const told = async ({ access_token }: Token) =>
  (await openApi(world.emulator, '/wxa/business/getuserphonenumber', { access_token }, { code: 'x' }))['errcode']
const GOOD = 40029

describe('a stable token', () => {
  test('is the same one while it lives, with less and less of it left', async () => {
    const first = await stable()
    await world.emulator.clock.advance(345 * SECOND)
    const second = await stable()

    expect(first.expires_in).toBeGreaterThan(7190)
    expect(second.access_token).toBe(first.access_token)
    expect(first.expires_in - second.expires_in).toBeGreaterThanOrEqual(345)
  })

  test('is renewed five minutes before its end, and until then both are good', async () => {
    const first = await stable()
    await world.emulator.clock.advance(6901 * SECOND)
    const second = await stable()

    expect(second.access_token).not.toBe(first.access_token)
    expect([await told(first), await told(second)]).toEqual([GOOD, GOOD])
    await world.emulator.clock.advance(300 * SECOND)
    expect([await told(first), await told(second)]).toEqual([42001, GOOD])
  })

  test('never has less than five minutes left when it is told', async () => {
    await stable()
    await world.emulator.clock.advance(6899 * SECOND)

    expect((await stable()).expires_in).toBeGreaterThanOrEqual(300)
  })

  test('dies at once when another is forced', async () => {
    const [first, second] = [await stable(), await forced()]

    expect([await told(first), await told(second)]).toEqual([40001, GOOD])
    expect((await stable()).access_token).toBe(second.access_token)
  })

  test('is not replaced by a second force within thirty seconds', async () => {
    const first = await forced()
    await world.emulator.clock.advance(29 * SECOND)
    const second = await forced()
    await world.emulator.clock.advance(2 * SECOND)
    const third = await forced()

    expect(second.access_token).toBe(first.access_token)
    expect(third.access_token).not.toBe(first.access_token)
  })

  test('is forced twenty times a day, and the twenty-first is told so', async () => {
    for (let nth = 0; nth < 20; nth += 1) {
      expect(await forced()).toHaveProperty('access_token')
      await world.emulator.clock.advance(31 * SECOND)
    }

    expect(await forced()).toMatchObject({ errcode: 45009 })
    expect(await stable()).toHaveProperty('access_token')
  })
})

describe('a classic token', () => {
  test('ends the one before it and leaves the stable one alone', async () => {
    const still = await stable()
    const [first, second] = [await classic(), await classic()]

    expect(second.expires_in).toBe(7200)
    expect([await told(first), await told(second), await told(still)]).toEqual([40001, GOOD, GOOD])
    await forced()
    expect(await told(second)).toBe(GOOD)
  })
})

test('a token stands for its app alone', async () => {
  const other = await stable(credentials(1))
  const { code } = world.emulator.weixin.phoneCode('v1')

  const path = '/wxa/business/getuserphonenumber'
  expect(await openApi(world.emulator, path, { access_token: other.access_token }, { code })).toMatchObject({
    errcode: 40013,
  })
})

test.each([
  ['expire', 42001],
  ['invalidate', 40001],
] as const)('a test may end all tokens: %s is told as %d, and the next fetch gives a new one', async (how, errcode) => {
  const [one, other] = [await stable(), await classic()]
  world.emulator.weixin.endAccessTokens(how)

  expect([await told(one), await told(other)]).toEqual([errcode, errcode])
  expect(await told(await stable())).toBe(GOOD)
})

test('the token a test takes by the door is the one servers get', async () => {
  expect((await stable()).access_token).toBe(world.emulator.weixin.accessToken())
})

describe('what is refused', () => {
  test.each([
    ['no token', {}, 41001],
    ['an empty token', { access_token: '' }, 41001],
    ['a token of no shape', { access_token: 'abc' }, 40014],
    ['a token nobody issued', { access_token: `91_${'x'.repeat(128)}` }, 40001],
  ])('%s', async (_what, query, errcode) => {
    expect(await openApi(world.emulator, '/wxa/business/getuserphonenumber', query, { code: 'x' })).toMatchObject({
      errcode,
    })
  })

  test.each([
    ['another grant', { grant_type: 'x' }, 40002],
    ['no appid', { appid: undefined }, 41002],
    ['no secret', { secret: undefined }, 41004],
    ['an unknown appid', { appid: 'wx0' }, 40013],
    ['a wrong secret', { secret: 'x' }, 40125],
    ['a force that is no boolean', { force_refresh: 'true' }, 47001],
  ])('%s', async (_what, change, errcode) => {
    expect(await stable(change)).toMatchObject({ errcode })
  })

  test('a stable token by GET, a classic one by POST, bodies that are none', async () => {
    const post = (body: string) => openApi(world.emulator, '/cgi-bin/stable_token', {}, body)

    expect(await openApi(world.emulator, '/cgi-bin/stable_token', credentials())).toMatchObject({ errcode: 43002 })
    expect(await openApi(world.emulator, '/cgi-bin/token', credentials(), '{}')).toMatchObject({ errcode: 43001 })
    expect(await post(' ')).toMatchObject({ errcode: 44002 })
    expect(await post('grant_type=client_credential')).toMatchObject({ errcode: 47001 })
    expect(await post('[]')).toMatchObject({ errcode: 47001 })
  })
})

test('neither tokens nor secrets are in the trace', async () => {
  const { access_token } = await stable()
  await told({ access_token, expires_in: 0 })

  const trace = JSON.stringify(world.emulator.trace.hops)
  expect(trace).toContain('getuserphonenumber')
  expect(trace).not.toContain(access_token)
  expect(trace).not.toContain(credentials().secret)
})
