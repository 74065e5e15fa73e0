// Content checks as a server asks for them: row 22 of the platform's acceptance list, by token and as cloud calls.
import path from 'node:path'
import { openApi } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator({
  project: path.resolve('test/emulator/project'),
  functions: [path.resolve('test/emulator/functions')],
})
const HOUR = 3_600_000
const openid = (account = 'v1', app?: string) => world.emulator.weixin.openid(account, app)
const visit = (account = 'v1') => void world.emulator.weixin.loginCode(account)
const byToken = (route: string) => (fields: object) =>
  openApi(world.emulator, route, { access_token: world.emulator.weixin.accessToken() }, fields)
const text = (fields: object = {}) =>
  byToken('/wxa/msg_sec_check')({ content: '小明', version: 2, scene: 1, openid: openid(), ...fields })
const media = (fields: object = {}) =>
  byToken('/wxa/media_check_async')({
    ...{ media_url: `${world.emulator.url}/cos/nothing`, media_type: 2, version: 2, scene: 1, openid: openid() },
    ...fields,
  })
const byCloud = (api: string, data: object, name = 'openapi') =>
  world.emulator.functions.invoke(name, { deed: 'openapi', api: `security.${api}`, data }, { account: 'v1' })

describe('row 22: a text', () => {
  beforeEach(() => visit())

  test('without a bad word passes', async () => {
    expect(await text()).toEqual({
      errcode: 0,
      errmsg: 'ok',
      result: { suggest: 'pass', label: 100 },
      detail: [{ strategy: 'content_model', errcode: 0, suggest: 'pass', label: 100, prob: 90 }],
      trace_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
    })
  })

  test('that is a bad nickname is errcode 0 and risky', async () => {
    expect(await text({ content: '我是RiskyWord' })).toMatchObject({
      errcode: 0,
      result: { suggest: 'risky', label: 21000 },
      detail: [{ strategy: 'keyword', keyword: 'riskyword' }],
    })
    expect(await text({ nickname: '违规词' })).toMatchObject({ result: { suggest: 'risky' } })
  })

  test('of somebody not seen for two hours is 61010, until they come back', async () => {
    await world.emulator.clock.advance(2 * HOUR + 1000)
    expect(await text()).toMatchObject({ errcode: 61010 })
    visit()
    expect(await text()).toMatchObject({ errcode: 0 })
  })

  test('of somebody who was never here is 61010, whoever else is', async () => {
    expect(await text({ openid: openid('v2') })).toMatchObject({ errcode: 61010 })
  })

  test.each<[string, object, number]>([
    ['no openid', { openid: undefined }, 40003],
    ['a made-up openid', { openid: `o${'x'.repeat(27)}` }, 40003],
    ['an unknown scene', { scene: 5 }, 40129],
    ['the version of the past', { version: 1 }, 40097],
    ['no text', { content: '' }, 47001],
    ['a text that is too long', { content: 'x'.repeat(2501) }, 40097],
  ])('with %s is refused', async (_, fields, errcode) => {
    expect(await text(fields)).toMatchObject({ errcode })
  })

  test('with the openid of the other mini-program is 43104', async () => {
    expect(await text({ openid: openid('v1', world.emulator.apps[1]?.appid) })).toMatchObject({ errcode: 43104 })
  })

  test.each(['pass', 'review', 'risky'] as const)('is %s when WeChat is told to say so', async (verdict) => {
    world.emulator.weixin.setContentService({ text: verdict })

    expect(await text({ content: '违规词' })).toMatchObject({ errcode: 0, result: { suggest: verdict } })
  })

  test.each([44991, 40001, -1])('is bent by a fault: %d', async (errcode) => {
    world.emulator.faults.add({ at: 'msg_sec_check', answer: { errcode } })

    expect(await text()).toMatchObject({ errcode })
  })
})

describe('a picture', () => {
  beforeEach(() => visit())

  test('is given a name, and is not asked about twice while the verdict is owed', async () => {
    expect(await media()).toEqual({ errcode: 0, errmsg: 'ok', trace_id: expect.any(String) })
    expect(await media()).toMatchObject({ errcode: 87020 })
    expect(await media({ media_url: `${world.emulator.url}/cos/another` })).toMatchObject({ errcode: 0 })
  })

  test.each<[string, object, number]>([
    ['no address', { media_url: '' }, 47001],
    ['an address that is none', { media_url: 'cloud://a.b/c' }, 47001],
    ['an unknown kind', { media_type: 3 }, 40004],
    ['a made-up openid', { openid: 'x' }, 40003],
  ])('with %s is refused', async (_, fields, errcode) => {
    expect(await media(fields)).toMatchObject({ errcode })
  })
})

describe('as cloud calls', () => {
  test('a function that was called is a visit, and the SDK spells the answer its way', async () => {
    const content = { content: '违规词', version: 2, scene: 1, openid: openid() }

    expect(await byCloud('msgSecCheck', content)).toMatchObject({
      errCode: 0,
      result: { suggest: 'risky', label: 21000 },
      traceId: expect.any(String),
    })
    const question = { mediaUrl: `${world.emulator.url}/cos/a`, mediaType: 2, version: 2, scene: 1, openid: openid() }
    expect(await byCloud('mediaCheckAsync', question)).toMatchObject({ errCode: 0, traceId: expect.any(String) })
  })

  test.each(['msgSecCheck', 'mediaCheckAsync'])('%s is refused where config.json does not declare it', async (api) => {
    expect(await byCloud(api, {}, 'undeclared')).toMatchObject({ errCode: -604101 })
  })
})
