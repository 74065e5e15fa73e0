// Phone codes: however often one is brought, and wherever somebody dies, it is spent once.
import { randomBytes } from 'node:crypto'
import { createDeadline } from '../../cloudfunctions/core/deadline'
import { Refusal } from '../../cloudfunctions/core/errors'
import { redeemPhoneCode } from '../../cloudfunctions/core/phone-codes'
import type { PhoneNumber } from '../../cloudfunctions/core/phone-number'
import { createSealing, parseKeyring } from '../../cloudfunctions/core/sealing'
import { createSecret } from '../../cloudfunctions/core/secret'
import type { RedemptionStore } from '../../cloudfunctions/core/stores'
import { createMemoryStores } from '../support/memory-stores'
import { refusedBy } from '../support/refused'
import { VARIABLES } from '../support/server'
import { createToldClock } from '../support/told-clock'

const LIMIT = 2600
const NUMBER: PhoneNumber = { countryCode: '86', digits: createSecret('phone number', '12066600005') }

const given = () => {
  const memory = createMemoryStores()
  const clock = createToldClock()
  const random = { bytes: randomBytes }
  const sealing = createSealing({ random, keyring: parseKeyring(VARIABLES.SEALING_KEYS, undefined) })
  let spent = 0
  const redeem = (
    spend: () => Promise<PhoneNumber> = async () => NUMBER,
    {
      identity = 'o:alice',
      redemptions = memory.redemptions,
    }: { identity?: string; redemptions?: RedemptionStore } = {},
  ) => {
    const deadline = createDeadline({ clock }, LIMIT)
    const code = createSecret('phone code', 'the-code')
    return redeemPhoneCode({ clock, random, redemptions, sealing, deadline }, { code, identity }, () => {
      spent += 1
      return spend()
    })
  }
  return { memory, clock, redeem, spent: () => spent }
}
const quiet = async () => {
  for (let n = 0; n < 30; n++) await new Promise<void>((resolve) => setImmediate(resolve))
}
/** Runs time in small steps until it is settled. */
const settle = async <T>(clock: { advance(ms: number): void }, pending: Promise<T>): Promise<T> => {
  let over = false
  const done = pending.finally(() => {
    over = true
  })
  done.catch(() => undefined)
  while (!over) {
    await quiet()
    if (!over) clock.advance(50)
  }
  return done
}
const never = () => new Promise<never>(() => undefined)

describe('a code', () => {
  it('brought ten times at once is spent once, and all get its number', async () => {
    const { redeem, spent, clock } = given()
    const numbers = await settle(clock, Promise.all(Array.from({ length: 10 }, () => redeem())))
    expect(numbers.map(({ digits }) => digits.reveal())).toEqual(Array(10).fill('12066600005'))
    expect(spent()).toBe(1)
  })

  it('is remembered by its hash, its number sealed', async () => {
    const { redeem, memory } = given()
    await redeem()
    expect(memory.all().redemptions).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/^phoneCode:[0-9a-f]{64}$/),
        identity: 'o:alice',
        sealed: expect.stringMatching(/^v1\.k1\./),
      }),
    ])
    expect(JSON.stringify(memory.all())).not.toMatch(/the-code|12066600005/)
  })

  it('is nobody else’s, while it is spent and after', async () => {
    const { redeem, spent } = given()
    const slow = redeem(never)
    slow.catch(() => undefined)
    await quiet()
    expect((await refusedBy(redeem(undefined, { identity: 'o:bob' }))).code).toBe('PHONE_CODE_INVALID')
    expect(spent()).toBe(1)
  })

  it('that WeChat refuses is asked again by whoever waited, and refused to them too', async () => {
    const { redeem, spent, clock, memory } = given()
    const refuse = async () => Promise.reject(new Refusal('PHONE_CODE_INVALID', 'used'))
    const outcomes = settle(clock, Promise.allSettled([redeem(refuse), redeem(refuse)]))
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'PHONE_CODE_INVALID' } })
    expect([spent(), memory.all().redemptions]).toEqual([2, []])
  })

  it('whose spender died is spent anew when that one’s time is up, not before', async () => {
    const { redeem, spent, clock } = given()
    redeem(never).catch(() => undefined)
    await quiet()
    clock.advance(LIMIT - 500)
    const repeat = redeem()
    await quiet()
    expect(spent()).toBe(1)
    const number = await settle(clock, repeat)
    expect([number.digits.reveal(), spent()]).toEqual(['12066600005', 2])
  })

  it('that another spends for too long is waited for until the deadline', async () => {
    const { redeem, clock, spent } = given()
    redeem(never).catch(() => undefined)
    await quiet()
    clock.advance(LIMIT)
    redeem(never).catch(() => undefined)
    await quiet()
    const refused = await refusedBy(settle(clock, redeem()))
    expect([refused.code, spent()]).toEqual(['TIMEOUT', 2])
  })

  it('whose number cannot be remembered is used all the same', async () => {
    const { redeem, memory } = given()
    const redemptions = { ...memory.redemptions, replace: async () => Promise.reject(new Error('cut')) }
    expect((await redeem(undefined, { redemptions })).countryCode).toBe('86')
  })

  it('is forgotten after ten minutes, and spent again', async () => {
    const { redeem, spent, clock } = given()
    await redeem()
    clock.advance(600_000)
    await redeem()
    expect(spent()).toBe(2)
  })
})
