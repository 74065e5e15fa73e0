// The call `userInfo`: a name and a face from WeChat's older interfaces, signed and sealed; or nothing, when they are nobody's.
import { createHash } from 'node:crypto'
import { createSecret } from '../../cloudfunctions/core/secret'
import { isSigned, readUserInfo } from '../../cloudfunctions/core/user-info'
import { ANONYMOUS_FACE } from '../../emulator/anonymous'
import { pictureOf } from '../support/pictures'
import { seal } from '../support/sealed'
import { ALICE, APPID, BOB, createTestServer, keyOf, outcomeOf, type ServerOptions, VARIABLES } from '../support/server'
import { FACE_URL, type UserInfoOptions, userInfoOf } from '../support/user-info'
import vectors from '../vectors/open-data.json'

const MINUTE = 60_000
const FACE = pictureOf('jpeg')

const given = async (options: ServerOptions = {}) => {
  const fetched: string[] = []
  const face = async (url: string) => {
    fetched.push(url)
    return url === FACE_URL ? FACE : undefined
  }
  const server = createTestServer({ face, ...options })
  const { token } = await server.signIn()
  const send = (data: unknown) => server.main({ v: 1, call: 'userInfo', data, token })
  const tap = (more: Partial<UserInfoOptions> = {}) => userInfoOf({ at: server.clock.now(), ...more })
  return { ...server, server, token, send, tap, fetched, stored: () => server.memory.all().users[0] }
}

describe('published samples', () => {
  it.each(vectors.raw_data_signature)('rawData is signed as published: $id', (sample) => {
    const key = createSecret('session_key', sample.session_key)
    expect(isSigned(sample.raw_data, sample.signature, key)).toBe(true)
    expect(isSigned(`${sample.raw_data} `, sample.signature, key)).toBe(false)
  })

  it.each(vectors.open_data)('sealed data is read as published, and stored: $id', async (sample) => {
    const { appid, session_key: key, iv, encrypted_data: encryptedData } = sample
    const person = JSON.parse(sample.expected_plaintext)
    const { main, clock, codeOf, from, memory } = createTestServer({ variables: { ...VARIABLES, WEIXIN_APPID: appid } })
    clock.advance(person.watermark.timestamp * 1000 - clock.now())
    from({ appid, openid: person.openId })
    const login = await main({ v: 1, call: 'login', data: {}, code: codeOf(person.openId, { key }) })
    const rawData = '{"nickName":"Band"}'
    const signature = createHash('sha1').update(`${rawData}${key}`).digest('hex')
    const data = { rawData, signature, encryptedData, iv }
    const reply = await main({ v: 1, call: 'userInfo', data, token: login.session?.token })
    expect(reply).toMatchObject({ ok: true, data: { user: { nickname: 'Band', unionLinked: false } } })
    expect(JSON.stringify(memory.all())).not.toContain(person.unionId)
  })
})

describe('a person', () => {
  it('is stored with name and face, the face among our own files and checked by WeChat', async () => {
    const { send, tap, storage, memory, asked, stored } = await given()
    const reply = await send(tap())
    const [path] = [...storage.files.keys()]
    expect(reply).toMatchObject({
      ok: true,
      data: { user: { nickname: '小明', avatarState: 'checking', avatarUrl: expect.stringContaining(path ?? '?') } },
    })
    expect(storage.files.get(path ?? '')).toEqual({ bytes: FACE, type: 'image/jpeg' })
    expect(memory.all().uploads).toMatchObject([{ path, state: 'saved' }])
    expect(asked).toEqual(['cloud: checkText', 'cloud: checkPicture'])
    expect(JSON.stringify(stored())).not.toContain('qlogo')
  })

  it('from getUserProfile, which seals no openid, is stored as well', async () => {
    const { send, tap } = await given()
    expect(await send(tap({ openId: null }))).toMatchObject({ ok: true, data: { user: { nickname: '小明' } } })
  })

  it('whose data was sealed before the key was rotated is read while that is fresh, and not later', async () => {
    const { send, tap, main, codeOf, clock } = await given()
    const before = tap()
    await main({ v: 1, call: 'login', data: {}, code: codeOf(ALICE, { key: keyOf('next') }) })
    expect(outcomeOf(await send(before))).toBe('ok')
    clock.advance(10 * MINUTE + 1)
    expect(outcomeOf(await send(tap()))).toBe('SESSION_KEY_STALE')
    expect(outcomeOf(await send(tap({ key: keyOf('next') })))).toBe('ok')
  })

  it.each([
    ['a name with a line end', { nickName: 'a\nb' }],
    ['a name beyond twenty', { nickName: '字'.repeat(21) }],
    ['a risky name', { nickName: 'risky' }],
  ])('with %s keeps the face alone, and the name there was', async (_what, info) => {
    const checkText = async (text: string) => ({ suggest: text === 'risky' ? 'risky' : 'pass' })
    const { send, tap, main, token } = await given({ checkText })
    await main({ v: 1, call: 'profile', data: { nickname: 'mine' }, token })
    const user = { nickname: 'mine', avatarState: 'checking' }
    expect(await send(tap({ info }))).toMatchObject({ ok: true, data: { user } })
  })

  it.each<[string, NonNullable<ServerOptions['face']>]>([
    ['cannot be had', async () => undefined],
    ['is no picture', async () => Buffer.from('<svg/>')],
  ])('whose face %s keeps the name alone', async (_what, face) => {
    const { send, tap, memory, storage } = await given({ face })
    const reply = await send(tap())
    expect(reply).toMatchObject({ ok: true, data: { user: { nickname: '小明' } } })
    expect(reply).not.toHaveProperty('data.user.avatarUrl')
    expect([memory.all().uploads, storage.files.size]).toEqual([[], 0])
  })
})

describe('nobody', () => {
  const GREY =
    'https://thirdwx.qlogo.cn/mmopen/vi_32/icTdbqWNOwNRna42FI242Lcia07jQodd2FJGIYQfG0LAJGFxM4FbnQP6yfMxBgJ0F3YRqJCJ1aPAK2dQagdusBZg/132'

  it.each([
    ['WeChat’s user', { nickName: '微信用户', avatarUrl: ANONYMOUS_FACE }],
    ['WeChat’s user in English', { nickName: 'WeChat User', avatarUrl: GREY }],
    ['a demoted answer', { nickName: 'Real', is_demote: true }],
    ['no name', { nickName: '', avatarUrl: '' }],
    ['no name at all', { nickName: undefined }],
  ])('(%s) is stored, and what was there stays', async (_what, info) => {
    const { send, tap, main, token, fetched, asked } = await given()
    await main({ v: 1, call: 'profile', data: { nickname: 'mine' }, token })
    const before = asked.length
    expect(await send(tap({ info }))).toMatchObject({ ok: true, data: { user: { nickname: 'mine' } } })
    expect([fetched, asked.length]).toEqual([[], before])
  })

  it.each([
    ['the first', ANONYMOUS_FACE],
    ['the second', GREY],
    ['none', ''],
  ])('’s grey face (%s) is no face, even beside a name', async (_which, avatarUrl) => {
    const { send, tap, fetched } = await given()
    const reply = await send(tap({ info: { avatarUrl } }))
    expect(reply).toMatchObject({ ok: true, data: { user: { nickname: '小明' } } })
    expect([reply, fetched]).not.toHaveProperty('0.data.user.avatarUrl')
    expect(fetched).toEqual([])
  })
})

describe('tampering', () => {
  type Body = ReturnType<typeof userInfoOf>
  const flipped = (text: string, at: number, bit = 1) => {
    const bytes = Buffer.from(text, 'base64')
    bytes[at] = (bytes[at] ?? 0) ^ bit
    return bytes.toString('base64')
  }

  it.each<[string, (body: Body, other: Body) => Partial<Body>]>([
    ['another rawData', (_body, other) => ({ rawData: other.rawData })],
    ['a longer rawData', ({ rawData }) => ({ rawData: `${rawData} ` })],
    ['another’s signature', (_body, other) => ({ signature: other.signature })],
    ['a signature in capitals', ({ signature }) => ({ signature: signature.toUpperCase() })],
    ['half a signature', ({ signature }) => ({ signature: signature.slice(0, 20) })],
    ['no hex', () => ({ signature: 'z'.repeat(40) })],
    ['a signature without the key', ({ rawData }) => ({ signature: createHash('sha1').update(rawData).digest('hex') })],
    [
      'a signature by the bytes of the key',
      ({ rawData }) => ({
        signature: createHash('sha1')
          .update(rawData)
          .update(Buffer.from(keyOf(ALICE), 'base64'))
          .digest('hex'),
      }),
    ],
    ['a bent first block', ({ encryptedData }) => ({ encryptedData: flipped(encryptedData, 3) })],
    [
      'a bent last byte',
      ({ encryptedData }) => ({
        encryptedData: flipped(encryptedData, Buffer.from(encryptedData, 'base64').length - 17),
      }),
    ],
    ['no block', () => ({ encryptedData: '=' })],
    ['an iv that bends the openid', ({ iv }) => ({ iv: flipped(iv, 12) })],
    ['an iv that bends the name of the openid away', ({ iv }) => ({ iv: flipped(iv, 7) })],
    [
      'the data of another person under the key of this one',
      () => {
        const { encryptedData, iv } = userInfoOf({ at: Date.UTC(2026, 10, 20, 8), openId: BOB })
        return { encryptedData, iv }
      },
    ],
    ['an openid that is empty', () => userInfoOf({ at: Date.UTC(2026, 10, 20, 8), openId: '' })],
    [
      'another name than was signed',
      () => {
        const { encryptedData, iv } = userInfoOf({ at: Date.UTC(2026, 10, 20, 8), info: { nickName: 'X' } })
        return { encryptedData, iv }
      },
    ],
    ['another iv', () => ({ iv: Buffer.alloc(16, 0xee).toString('base64') })],
    ['a short iv', () => ({ iv: Buffer.alloc(8).toString('base64') })],
    ['what was sealed for somebody else', (_body, other) => other],
    ['the openId of somebody else', ({ rawData }) => seal(keyOf(ALICE), { ...JSON.parse(rawData), openId: BOB })],
    ['an empty openId', ({ rawData }) => seal(keyOf(ALICE), { ...JSON.parse(rawData), openId: '' })],
    ['an openId under a bent name', ({ rawData }) => seal(keyOf(ALICE), { ...JSON.parse(rawData), openIe: ALICE })],
    ['a name that was not signed', ({ rawData }) => seal(keyOf(ALICE), { ...JSON.parse(rawData), nickName: 'Eve' })],
    ['no name', () => seal(keyOf(ALICE), {})],
    ['the data of somebody else', (_body, other) => ({ encryptedData: other.encryptedData, iv: other.iv })],
  ])('%s is refused in one word, and nothing is stored', async (_what, bend) => {
    const { send, tap, stored, asked, fetched } = await given()
    const before = stored()
    const other = tap({ key: keyOf(BOB), openId: BOB, info: { nickName: 'Bob' } })
    const body = tap()
    expect(outcomeOf(await send({ ...body, ...bend(body, other) }))).toBe('SESSION_KEY_STALE')
    expect([stored(), asked, fetched]).toEqual([before, [], []])
  })

  it('two thousand times gets one and the same word', async () => {
    let seed = 20261120
    const dice = (sides: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return Math.floor((seed / 2147483648) * sides)
    }
    // The limit of five an hour is another test's: here every try is a fresh one.
    const { send, tap, lines } = await given({
      around: (stores) => ({ ...stores, counters: { ...stores.counters, take: async () => true } }),
    })
    const body = tap()
    const length = Buffer.from(body.encryptedData, 'base64').length
    const kinds: Array<() => Partial<Body>> = [
      () => ({ encryptedData: flipped(body.encryptedData, dice(length), 1 << dice(8)) }),
      () => ({ encryptedData: body.encryptedData.slice(0, 1 + dice(body.encryptedData.length - 1)) }),
      () => ({ iv: Buffer.from(Array.from({ length: 16 }, () => dice(256))).toString('base64') }),
      () => ({ iv: flipped(body.iv, dice(16), 1 << dice(8)) }),
      () => ({ iv: body.iv.slice(0, 1 + dice(body.iv.length - 1)) }),
      () => ({ signature: body.signature.replace(/./, body.signature.startsWith('0') ? '1' : '0') }),
      () => ({ rawData: body.rawData.slice(0, 1 + dice(body.rawData.length - 1)) }),
      () => seal(keyOf(ALICE), ['no object', dice(10)]),
      () => seal(keyOf(`wrong ${dice(1000)}`), { nickName: 'x' }),
    ]
    const words = new Set<string>()
    for (let n = 0; n < 2000; n++) {
      const reply = await send({ ...body, ...kinds[n % kinds.length]?.() })
      words.add(reply.ok ? 'ok' : JSON.stringify([reply.error, reply.session]))
    }
    expect([...words]).toEqual([expect.stringContaining('SESSION_KEY_STALE')])
    expect(new Set(lines.map(({ line }) => line.detail)).size).toBeGreaterThan(5) // the log knows them apart
  }, 120_000)

  it('is limited to five an hour, and honest data is not counted', async () => {
    const { send, tap, clock } = await given()
    const bent = () => ({ ...tap(), signature: '0'.repeat(40) })
    for (let n = 0; n < 8; n++) expect(outcomeOf(await send(tap()))).toBe('ok')
    for (let n = 0; n < 5; n++) expect(outcomeOf(await send(bent()))).toBe('SESSION_KEY_STALE')
    expect(outcomeOf(await send(tap()))).toBe('RATE_LIMITED')
    clock.advance(60 * MINUTE)
    expect(outcomeOf(await send(tap()))).toBe('ok')
  })
})

describe('data that opens and yet is not for this session', () => {
  it.each<[string, Partial<UserInfoOptions>]>([
    ['of another mini-program', { appid: 'wx00000000000000bb' }],
    ['of an hour ago', { at: Date.UTC(2026, 10, 20, 7) }],
  ])('%s is a mismatch, and nothing is stored', async (_what, more) => {
    const { send, tap, stored } = await given()
    const before = stored()
    expect(outcomeOf(await send(tap(more)))).toBe('DATA_MISMATCH')
    expect(stored()).toEqual(before)
  })

  it('a unionid in it is not even looked at', async () => {
    const { send, tap, memory } = await given()
    await send(tap({ info: { unionId: 'somebody-elses-unionid' } }))
    expect(memory.all().identities).toHaveLength(1)
    const known = readUserInfo(
      { nickName: 'A', unionId: 'x', watermark: { appid: APPID, timestamp: 1 } },
      { appid: APPID, now: 1000 },
    )
    expect(known).toEqual({ nickname: 'A' })
  })
})

it.each<[string, unknown]>([
  ['nothing', {}],
  ['a field too few', { rawData: 'x', signature: 'x', iv: 'x' }],
  ['an object for a text', { rawData: { $ne: 1 }, signature: 'x', encryptedData: 'x', iv: 'x' }],
  ['an empty text', { rawData: '', signature: 'x', encryptedData: 'x', iv: 'x' }],
  ['too much', { rawData: 'x'.repeat(8193), signature: 'x', encryptedData: 'x', iv: 'x' }],
  ['a field too many', { rawData: 'x', signature: 'x', encryptedData: 'x', iv: 'x', openid: 'x' }],
])('%s is no request, and is not counted', async (_what, data) => {
  const { send, memory } = await given()
  expect(outcomeOf(await send(data))).toBe('BAD_REQUEST')
  expect(memory.all().counters).toEqual([])
})
