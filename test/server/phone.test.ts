// The call `phone`, through `serve`: by code, by sealed data, by cloudID, and gone again.
import { Refusal } from '../../cloudfunctions/core/errors'
import { createMemoryStores } from '../support/memory-stores'
import { phoneInfoOf, seal } from '../support/sealed'
import { ALICE, APPID, BOB, createTestServer, keyOf, outcomeOf, type ServerOptions, VARIABLES } from '../support/server'

const MINUTE = 60_000
const NUMBER = '12066600005'
const BOUND = { ok: true, data: { user: { phone: { masked: '120****0005', countryCode: '86' } } } }

const given = async (options: ServerOptions = {}) => {
  const server = createTestServer(options)
  const alice = await server.signIn()
  const as = async (openid: string) => {
    const { token } = await server.signIn(openid)
    return (data: unknown) => {
      server.from({ appid: APPID, openid })
      return server.main({ v: 1, call: 'phone', data, token })
    }
  }
  return { ...server, as, alice, phone: await as(ALICE) }
}
const outcome = async (reply: ReturnType<ReturnType<typeof createTestServer>['main']>) => outcomeOf(await reply)

describe('by code', () => {
  it('binds the number, and tells it masked from then on', async () => {
    const { tap, phone, main, signIn } = await given()
    expect(await phone({ code: tap(NUMBER).code })).toMatchObject(BOUND)
    const { token, user } = await signIn()
    expect(user.phone).toEqual({ masked: '120****0005', countryCode: '86' })
    expect(await main({ v: 1, call: 'profile', data: {}, token })).toMatchObject(BOUND)
  })

  it('goes by cloud call when the context says who is calling', async () => {
    const { tap, phone, asked } = await given()
    await phone({ code: tap().code })
    expect(asked).toEqual(['cloud: phoneInfo'])
  })

  it('prefers the code when sealed data came along', async () => {
    const { tap, phone, asked } = await given()
    const { code, sealed } = tap(NUMBER)
    expect(await phone({ code, ...sealed })).toMatchObject(BOUND)
    expect(asked).toEqual(['cloud: phoneInfo'])
  })

  it('asks WeChat once, however often it is repeated, for ten minutes', async () => {
    const { tap, phone, asked, clock } = await given()
    const { code } = tap(NUMBER)
    await phone({ code })
    clock.advance(10 * MINUTE - 1)
    expect(await phone({ code })).toMatchObject(BOUND)
    expect(asked).toHaveLength(1)
    clock.advance(1)
    expect(await outcome(phone({ code }))).toBe('PHONE_CODE_INVALID')
  })

  it('of a repeat binds again what was removed meanwhile', async () => {
    const { tap, phone } = await given()
    const { code } = tap(NUMBER)
    await phone({ code })
    await phone({ remove: true })
    expect(await phone({ code })).toMatchObject(BOUND)
  })

  it('answers nobody else from memory', async () => {
    const { tap, phone, as } = await given()
    const { code } = tap(NUMBER)
    await phone({ code })
    const bob = await as(BOB)
    expect(await outcome(bob({ code }))).toBe('PHONE_CODE_INVALID')
  })

  it('spends nothing for a session that does not hold', async () => {
    const { tap, main, phone, asked } = await given()
    const { code } = tap(NUMBER)
    const refused = await main({ v: 1, call: 'phone', data: { code }, token: 'a'.repeat(43) })
    expect([outcomeOf(refused), asked]).toEqual(['SESSION_EXPIRED', []])
    expect(await phone({ code })).toMatchObject(BOUND)
  })

  it('spends nothing for an account that is gone', async () => {
    const { tap, phone, asked, memory, alice } = await given()
    await memory.users.remove(alice.user.id)
    expect(await outcome(phone({ code: tap().code }))).toBe('SESSION_EXPIRED')
    expect(asked).toEqual([])
  })

  it('leaves nothing of an account that was deleted while WeChat was asked', async () => {
    const memory = createMemoryStores()
    let deleted = false
    const { tap, phone } = await given({
      around: () => ({
        ...memory,
        users: {
          ...memory.users,
          find: async (id) => (deleted ? undefined : memory.users.find(id)),
          point: async () => !deleted,
        },
      }),
      phoneInfo: async () => {
        deleted = true
        return phoneInfoOf(APPID, Date.UTC(2026, 10, 20, 8))
      },
    })
    expect(await outcome(phone({ code: tap().code }))).toBe('SESSION_EXPIRED')
    expect([memory.all().phones, memory.all().redemptions]).toEqual([[], []])
  })

  it.each([
    ['SEALING_KEYS', undefined],
    ['INDEX_KEY', undefined],
    ['INDEX_KEY', 'short'],
    ['WEIXIN_APPID', undefined],
  ])('spends nothing when %s is %s: it says so', async (name, value) => {
    const variables: Record<string, string | undefined> = { ...VARIABLES }
    const { tap, phone, asked } = await given({ variables })
    variables[name] = value
    const reply = await phone({ code: tap().code })
    expect(reply).toMatchObject({ error: { code: 'MISCONFIGURED', message: expect.stringContaining(name) } })
    expect(asked).toEqual([])
  })

  it('needs none of them for anything else', async () => {
    const { INDEX_KEY: _none, ...variables } = VARIABLES
    const { main, signIn, phone } = await given({ variables })
    const { token } = await signIn()
    expect(await outcome(main({ v: 1, call: 'profile', data: {}, token }))).toBe('ok')
    expect(await outcome(phone({ remove: true }))).toBe('ok')
  })

  it.each([
    ['of another mini-program', phoneInfoOf('wx00000000000000bb', Date.UTC(2026, 10, 20, 8))],
    ['an hour old', phoneInfoOf(APPID, Date.UTC(2026, 10, 20, 7))],
    ['no phone number', { watermark: phoneInfoOf(APPID, Date.UTC(2026, 10, 20, 8)).watermark }],
  ])('refuses an answer that is %s', async (_what, info) => {
    const { tap, phone, memory } = await given({ phoneInfo: async () => info })
    expect(await outcome(phone({ code: tap().code }))).toBe('DATA_MISMATCH')
    expect(memory.all().phones).toEqual([])
  })

  it('refuses what WeChat refuses, and does not remember that', async () => {
    let busy = true
    const { tap, phone, memory } = await given({
      phoneInfo: async () => {
        if (busy) throw new Refusal('WECHAT_BUSY', 'busy')
        return phoneInfoOf(APPID, Date.UTC(2026, 10, 20, 8), NUMBER)
      },
    })
    const { code } = tap()
    expect(await outcome(phone({ code }))).toBe('WECHAT_BUSY')
    expect(memory.all().redemptions).toEqual([])
    busy = false
    expect(await phone({ code })).toMatchObject(BOUND)
  })
})

describe('where the platform has no cloud calls', () => {
  it('the code goes by access token', async () => {
    const { tap, phone, asked } = await given({ cloudCalls: false })
    expect(await phone({ code: tap(NUMBER).code })).toMatchObject(BOUND)
    expect(asked).toEqual(['token: phoneInfo'])
  })

  it('a cloudID means nothing', async () => {
    const { tap, phone, asked } = await given({ cloudCalls: false })
    expect(await outcome(phone({ cloudID: tap().cloudID }))).toBe('BAD_REQUEST')
    expect(asked).toEqual([])
  })
})

describe('by sealed data', () => {
  it('binds once WeChat confirms that it sealed it', async () => {
    const { tap, phone, asked } = await given()
    expect(await phone(tap(NUMBER).sealed)).toMatchObject(BOUND)
    expect(asked).toEqual(['token: hasSealed'])
  })

  it('binds nothing that WeChat did not seal', async () => {
    const { phone, clock, memory } = await given()
    const forged = seal(keyOf(ALICE), phoneInfoOf(APPID, clock.now()))
    expect(await outcome(phone(forged))).toBe('DATA_MISMATCH')
    expect(memory.all().phones).toEqual([])
  })

  it('opens with the previous key while data sealed before the rotation is fresh', async () => {
    const { tap, phone, main, codeOf, clock } = await given()
    const rotate = async () => main({ v: 1, call: 'login', data: {}, code: codeOf(ALICE, { key: keyOf('next') }) })
    const before = tap(NUMBER)
    await rotate()
    expect(await phone(before.sealed)).toMatchObject(BOUND)
    clock.advance(10 * MINUTE)
    expect(await outcome(phone(tap(NUMBER).sealed))).toBe('ok')
    clock.advance(1)
    expect(await outcome(phone(tap(NUMBER).sealed))).toBe('SESSION_KEY_STALE')
  })

  it('tells a key it does not know by one code, and after a sign-in the next tap works', async () => {
    const { tap, phone, main, codeOf } = await given()
    const key = keyOf('rotated elsewhere')
    expect(await outcome(phone(tap(NUMBER, { key }).sealed))).toBe('SESSION_KEY_STALE')
    await main({ v: 1, call: 'login', data: {}, code: codeOf(ALICE, { key }) })
    expect(await phone(tap(NUMBER, { key }).sealed)).toMatchObject(BOUND)
  })

  it('does not open what was sealed for another person', async () => {
    const { tap, as } = await given()
    const bob = await as(BOB)
    expect(await outcome(bob(tap(NUMBER).sealed))).toBe('SESSION_KEY_STALE')
  })

  it.each([
    ['for another mini-program', phoneInfoOf('wx00000000000000bb', Date.UTC(2026, 10, 20, 8))],
    ['an hour ago', phoneInfoOf(APPID, Date.UTC(2026, 10, 20, 7))],
    ['and is a profile', { nickName: 'Band', watermark: phoneInfoOf(APPID, Date.UTC(2026, 10, 20, 8)).watermark }],
  ])('refuses what was sealed %s, without asking WeChat', async (_what, data) => {
    const { phone, asked } = await given()
    expect(await outcome(phone(seal(keyOf(ALICE), data)))).toBe('DATA_MISMATCH')
    expect(asked).toEqual([])
  })

  it('opens nothing for an identity whose key is sealed with a key since retired', async () => {
    const variables = { ...VARIABLES }
    const { tap, phone, lines } = await given({ variables })
    variables.SEALING_KEYS = `k2:${Buffer.alloc(32, 3).toString('base64')}`
    expect(await outcome(phone(tap().sealed))).toBe('SESSION_KEY_STALE')
    expect(lines.at(-1)?.line.detail).toBe('no session_key is kept')
  })
})

describe('by cloudID', () => {
  it('binds what WeChat says it stands for', async () => {
    const { tap, phone, asked } = await given()
    expect(await phone({ cloudID: tap(NUMBER).cloudID })).toMatchObject(BOUND)
    expect(asked).toEqual(['cloud: openData'])
  })

  it('is refused as an object of the shape that WeChat itself puts there', async () => {
    const { tap, phone, asked, clock } = await given()
    const forged = { cloudID: tap().cloudID, data: phoneInfoOf(APPID, clock.now()) }
    for (const data of [{ cloudID: forged }, forged]) expect(await outcome(phone(data))).toBe('BAD_REQUEST')
    expect(asked).toEqual([])
  })

  it.each([
    ['of other data', async () => ({ stepInfoList: [], watermark: { appid: APPID, timestamp: 1 } })],
    ['of nothing', async () => undefined],
  ])('%s binds nothing', async (_what, openData) => {
    const { tap, phone } = await given({ openData })
    expect(await outcome(phone({ cloudID: tap().cloudID }))).toBe('DATA_MISMATCH')
  })
})

describe('what is no request', () => {
  it.each<[string, unknown]>([
    ['nothing', {}],
    ['no object', 'code'],
    ['an empty code', { code: '' }],
    ['a code that is an object', { code: { $ne: 1 } }],
    ['a code too long', { code: 'c'.repeat(257) }],
    ['a take-over that is not true', { code: 'c', takeOver: false }],
    ['a take-over of nothing', { takeOver: true }],
    ['data without an iv', { encryptedData: 'AAAA' }],
    ['a code with half of the data', { code: 'c', iv: 'AAAA' }],
    ['a code with a cloudID', { code: 'c', cloudID: 'd' }],
    ['a removal that is not true', { remove: false }],
    ['a removal with a code', { remove: true, code: 'c' }],
    ['an unknown key', { code: 'c', openid: 'o' }],
  ])('%s is refused before anybody is asked', async (_what, data) => {
    const { phone, asked, memory } = await given()
    expect(await outcome(phone(data))).toBe('BAD_REQUEST')
    expect([asked, memory.all().redemptions, memory.all().counters]).toEqual([[], [], []])
  })

  it('nor does the call take a login code: a fresh key would end the data beside it', async () => {
    const { main, codeOf, tap } = await given()
    expect(await outcome(main({ v: 1, call: 'phone', data: { code: tap().code }, code: codeOf() }))).toBe('BAD_REQUEST')
  })
})

describe('one number, two users', () => {
  it('the second is told that it is taken, and by a second yes gets it', async () => {
    const { tap, phone, as, main, alice } = await given()
    await phone({ code: tap(NUMBER).code })
    const bob = await as(BOB)
    expect(await outcome(bob({ code: tap(NUMBER).code }))).toBe('PHONE_TAKEN')
    expect(await bob({ code: tap(NUMBER).code, takeOver: true })).toMatchObject(BOUND)
    await phone({ remove: true })
    const profile = await main({ v: 1, call: 'profile', data: {}, token: alice.token })
    expect(profile).not.toHaveProperty('data.user.phone')
    expect(await outcome(phone({ code: tap(NUMBER).code }))).toBe('PHONE_TAKEN')
  })

  it('it is taken also after the sealing key was rotated', async () => {
    const variables: Record<string, string> = { ...VARIABLES }
    const { tap, phone, as } = await given({ variables })
    await phone({ code: tap(NUMBER).code })
    variables['SEALING_KEYS'] = `${VARIABLES.SEALING_KEYS},k2:${Buffer.alloc(32, 3).toString('base64')}`
    variables['SEALING_WITH'] = 'k2'
    const bob = await as(BOB)
    expect(await outcome(bob({ code: tap(NUMBER).code }))).toBe('PHONE_TAKEN')
  })

  it('removed by one, it is free for the other', async () => {
    const { tap, phone, as, memory } = await given()
    await phone({ code: tap(NUMBER).code })
    for (let n = 0; n < 2; n++) expect(await outcome(phone({ remove: true }))).toBe('ok')
    expect(memory.all().phones).toEqual([])
    const bob = await as(BOB)
    expect(await bob({ code: tap(NUMBER).code })).toMatchObject(BOUND)
  })
})

describe('what is stored and logged', () => {
  it('never holds the number, the code or the cloudID in clear', async () => {
    const { tap, phone, memory, lines } = await given()
    const { code, cloudID, sealed } = tap(NUMBER)
    await phone({ code })
    await phone({ cloudID })
    await phone(sealed)
    const told = JSON.stringify([memory.all(), lines])
    for (const secret of [NUMBER, code, cloudID, sealed.encryptedData]) expect(told).not.toContain(secret)
    expect(told).toContain('[phone number]') // each line is told what it has to mask
  })

  it('holds the number sealed for this user, and nowhere twice', async () => {
    const { tap, phone, memory, alice } = await given()
    await phone({ code: tap(NUMBER).code })
    const { phones, users } = memory.all()
    expect(phones).toEqual([
      { id: expect.stringMatching(/^[0-9a-f]{64}$/), owner: alice.user.id, attempt: expect.any(String) },
    ])
    expect(users[0]?.phone).toMatchObject({ claim: phones[0]?.id, sealed: expect.stringMatching(/^v1\.k1\./) })
  })
})
