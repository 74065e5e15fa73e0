// Sealed data that does not open: whatever the step, the client learns nothing, and soon it may not ask any more.
import { randomBytes } from 'node:crypto'
import { openData } from '../../cloudfunctions/core/open-data'
import { createSecret } from '../../cloudfunctions/core/secret'
import { phoneInfoOf, seal, sealBytes } from '../support/sealed'
import { ALICE, APPID, BOB, createTestServer, keyOf, outcomeOf } from '../support/server'
import { SOME_DAY } from '../support/told-clock'

const HOUR = 3_600_000
const KEY = keyOf(ALICE)

const given = async () => {
  const server = createTestServer()
  const { token } = await server.signIn()
  const phone = (data: unknown) => server.main({ v: 1, call: 'phone', data, token })
  return { ...server, phone, token }
}
type Sealed = ReturnType<typeof seal>

const sound = seal(KEY, phoneInfoOf(APPID, SOME_DAY))
const bytes = Buffer.from(sound.encryptedData, 'base64')
const DAMAGE: Array<[string, Sealed, string]> = [
  ['another key', seal(randomKey(), phoneInfoOf(APPID, SOME_DAY)), ''],
  ['another iv', { ...sound, iv: randomKey() }, ''],
  ['no base64', { ...sound, encryptedData: '?'.repeat(64) }, 'base64'],
  ['a cut block', { ...sound, encryptedData: bytes.subarray(0, -7).toString('base64') }, 'length'],
  ['bad padding', sealBytes(KEY, Buffer.alloc(32, 0), { padded: false }), 'padding'],
  ['no UTF-8', sealBytes(KEY, Buffer.from([0xff, 0xfe])), 'UTF-8'],
  ['no JSON', sealBytes(KEY, Buffer.from('not JSON')), 'JSON'],
  ['an array', seal(KEY, [phoneInfoOf(APPID, SOME_DAY)]), 'not an object'],
]

describe('whatever is wrong', () => {
  it('the answers differ in nothing but the request id', async () => {
    const answers = new Set<string>()
    for (const [, sealed] of DAMAGE) {
      const { phone } = await given()
      answers.add(JSON.stringify({ ...(await phone(sealed)), requestId: '' }))
    }
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toContain('"SESSION_KEY_STALE"')
  })

  it.each(DAMAGE)('the log says at which step: %s', async (_what, sealed, step) => {
    const { phone, lines } = await given()
    await phone(sealed)
    expect(lines.at(-1)?.line.detail).toContain(`failed at: ${step}`)
  })

  it('WeChat is not asked, and no number is looked at', async () => {
    const { phone, asked, memory } = await given()
    for (const [, sealed] of DAMAGE.slice(0, 5)) await phone(sealed)
    expect([asked, memory.all().phones]).toEqual([[], []])
  })
})

describe('the sixth failure of an identity in an hour', () => {
  const fail = async (
    phone: (data: unknown) => ReturnType<ReturnType<typeof createTestServer>['main']>,
    times: number,
  ) => {
    const outcomes: string[] = []
    for (let n = 0; n < times; n++) outcomes.push(outcomeOf(await phone(seal(randomKey(), {}))))
    return outcomes
  }

  it('is refused, and tells when the hour is over', async () => {
    const { phone, clock } = await given()
    clock.advance(20 * 60_000)
    expect(await fail(phone, 6)).toEqual([...Array(5).fill('SESSION_KEY_STALE'), 'RATE_LIMITED'])
    expect(await phone(sound)).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: 40 * 60_000 } })
  })

  it('leaves it to wait until the next hour', async () => {
    const { phone, clock, tap } = await given()
    await fail(phone, 6)
    clock.advance(HOUR)
    expect(outcomeOf(await phone(tap().sealed))).toBe('ok')
  })

  it('is no other identity’s', async () => {
    const { phone, signIn, main, tap } = await given()
    await fail(phone, 6)
    const bob = await signIn(BOB)
    const { sealed } = tap(undefined, { key: keyOf(BOB) })
    expect(outcomeOf(await main({ v: 1, call: 'phone', data: sealed, token: bob.token }))).toBe('ok')
  })

  it('counts no data that opens', async () => {
    const { phone, tap } = await given()
    for (let n = 0; n < 7; n++) expect(outcomeOf(await phone(tap().sealed))).toBe('ok')
  })

  it('is the sixth also when thirty come at once', async () => {
    const { phone } = await given()
    const replies = await Promise.all(Array.from({ length: 30 }, () => phone(seal(randomKey(), {}))))
    expect(replies.map(outcomeOf).filter((code) => code === 'SESSION_KEY_STALE')).toHaveLength(5)
  })
})

describe('a padding oracle', () => {
  /** The textbook attack: bend the block before, byte by byte, until the padding is right; 128 tries a byte on average. */
  const attack = async (phone: (data: Sealed) => Promise<unknown>) => {
    const answers = new Map<string, number>()
    const [first, target] = [bytes.subarray(0, 16), bytes.subarray(16, 32)]
    for (let guess = 0; guess < 256; guess++) {
      const bent = Buffer.from(first)
      bent[15] = (bent[15] ?? 0) ^ guess
      const sealed = { iv: sound.iv, encryptedData: Buffer.concat([bent, target]).toString('base64') }
      const answer = JSON.stringify(await phone(sealed)).replace(/"requestId":"[^"]*"/, '')
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }
    return [...answers.values()]
  }

  it('works against whoever tells at which step it failed', async () => {
    const heard = await attack(async ({ encryptedData, iv }) =>
      openData(createSecret('session_key', KEY), { encryptedData: createSecret('sealed data', encryptedData), iv }),
    )
    expect(heard.length).toBeGreaterThan(1)
  })

  it('gets five answers, all alike, and then none', async () => {
    const { phone } = await given()
    expect(await attack(phone)).toEqual([5, 251])
  })
})

function randomKey(): string {
  return randomBytes(16).toString('base64')
}
