// Phone numbers: read on every path the same, and shown to nobody whole.
import { maskedNumber, readPhoneInfo, respelled, spelled } from '../../cloudfunctions/core/phone-number'
import { createSecret } from '../../cloudfunctions/core/secret'
import { type PhoneInfo, phoneInfoOf } from '../support/sealed'
import { APPID } from '../support/server'
import { SOME_DAY } from '../support/told-clock'

const expected = { appid: APPID, now: SOME_DAY }
const read = (info: unknown) => readPhoneInfo(info, expected)
const info = (bent: object = {}): PhoneInfo => ({ ...phoneInfoOf(APPID, SOME_DAY), ...bent })
const mismatch = expect.objectContaining({ code: 'DATA_MISMATCH' })
const at = (ms: number) => info({ watermark: { appid: APPID, timestamp: (SOME_DAY + ms) / 1000 } })

describe('what WeChat vouches for', () => {
  it('is a number with its country', () => {
    const { countryCode, digits } = read(info())
    expect([countryCode, digits.reveal(), `${digits}`]).toEqual(['86', '12066600001', '[phone number]'])
  })

  it.each([
    ['+1 2025550123', '2025550123', '1'],
    ['+12025550123', '2025550123', '1'],
    ['12025550123', '2025550123', '1'],
    ['+852 61234567', '61234567', '852'],
    ['+86 13800138000', '13800138000', '86'],
    ['13800138000', '13800138000', 86],
  ])('is one number in whatever spelling: %s', (phoneNumber, purePhoneNumber, countryCode) => {
    const number = read(info({ phoneNumber, purePhoneNumber, countryCode }))
    expect(spelled(number).reveal()).toBe(`${countryCode} ${purePhoneNumber}`)
  })

  it.each<[string, unknown]>([
    ['not there', undefined],
    ['an array', [info()]],
    ['a profile', { nickName: 'Band', watermark: info().watermark }],
    ['a number without a country', info({ countryCode: undefined })],
    ['a country that is none', info({ countryCode: '0086' })],
    ['a country that is an object', info({ countryCode: { $ne: 1 } })],
    ['a number with letters', info({ phoneNumber: '1206660000x', purePhoneNumber: '1206660000x' })],
    ['two numbers', info({ phoneNumber: '12066600002' })],
    ['one number with the country of another', info({ phoneNumber: '+1 12066600001' })],
    ['without a watermark', info({ watermark: undefined })],
    ['of another mini-program', info({ watermark: { appid: 'wx00000000000000bb', timestamp: SOME_DAY / 1000 } })],
    ['without a time', info({ watermark: { appid: APPID } })],
    ['of a time in words', info({ watermark: { appid: APPID, timestamp: String(SOME_DAY / 1000) } })],
    ['ten minutes and a second old', at(-601_000)],
    ['of a time to come', at(61_000)],
  ])('is refused when it is %s', (_what, bent) => {
    expect(() => read(bent)).toThrow(mismatch)
  })

  it.each([[-600_000], [60_000]])('is fresh at the very edge: %i ms', (ms) => {
    expect(() => read(at(ms))).not.toThrow()
  })

  it('comes back from its spelling as it was', () => {
    const number = read(info())
    expect(spelled(respelled(spelled(number))).reveal()).toBe(spelled(number).reveal())
  })
})

describe('the mask', () => {
  const masked = (digits: string) => maskedNumber({ countryCode: '1', digits: createSecret('phone number', digits) })

  it.each([
    ['12066600005', '120****0005'],
    ['2025550123', '202****123'],
    ['612345678', '61****678'],
    ['61234567', '61****67'],
    ['612345', '6****5'],
    ['61234', '****4'],
    ['6123', '****'],
    ['123456789012345', '123****2345'],
  ])('of %s is %s', (digits, mask) => {
    expect(masked(digits)).toBe(mask)
  })

  it('hides at least four digits of every number', () => {
    for (let length = 4; length <= 15; length++) {
      expect(masked('123456789012345'.slice(0, length)).replace('****', '').length).toBeLessThanOrEqual(length - 4)
    }
  })
})
