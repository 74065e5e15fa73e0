// A phone number: read from what WeChat vouches for, written down for sealing, masked for the client.
import { Refusal } from './errors'
import { createSecret, type Secret } from './secret'
import { isObject } from './shape'
import { checkWatermark, type Expected } from './watermark'

export interface PhoneNumber {
  /** Digits, without `+`. */
  countryCode: string
  /** Digits, without the country code. */
  digits: Secret
}

/**
 * Reads `{ phoneNumber, purePhoneNumber, countryCode, watermark }`, on every path the same. DATA_MISMATCH when it is not
 * for us, not fresh, no phone number, or when its parts contradict each other: whoever bends one of them is noticed.
 */
export const readPhoneInfo = (info: unknown, expected: Expected): PhoneNumber => {
  if (!isObject(info)) throw noNumber('no object')
  checkWatermark(info, expected)
  const { phoneNumber, purePhoneNumber, countryCode } = info
  const country = typeof countryCode === 'number' ? String(countryCode) : countryCode
  if (typeof country !== 'string' || !/^[1-9]\d{0,3}$/.test(country)) throw noNumber('countryCode')
  if (typeof purePhoneNumber !== 'string' || !/^\d{4,15}$/.test(purePhoneNumber)) throw noNumber('purePhoneNumber')
  if (typeof phoneNumber !== 'string') throw noNumber('phoneNumber')
  const whole = phoneNumber.replace(/[+\s-]/g, '')
  if (whole !== purePhoneNumber && whole !== `${country}${purePhoneNumber}`) throw noNumber('the parts contradict')
  return { countryCode: country, digits: createSecret('phone number', purePhoneNumber) }
}

const noNumber = (detail: string) => new Refusal('DATA_MISMATCH', 'the data is not a phone number', { detail })

/** One text per number, whichever path it came by: what is sealed, and what the blind index is made of. */
export const spelled = ({ countryCode, digits }: PhoneNumber): Secret =>
  createSecret('phone number', `${countryCode} ${digits.reveal()}`)

/** The inverse of `spelled`. */
export const respelled = (text: Secret): PhoneNumber => {
  const [countryCode = '', digits = ''] = text.reveal().split(' ')
  return { countryCode, digits: createSecret('phone number', digits) }
}

const HIDDEN = 4 // at least so many digits
const HEAD = 3 // at most so many in front, four behind: as Chinese numbers are commonly masked
const TAIL = 4

/** `120****0005`. A shorter number shows less; the stars never tell how many digits they stand for. */
export const maskedNumber = ({ digits }: PhoneNumber): string => {
  const number = digits.reveal()
  const shown = Math.max(0, number.length - HIDDEN)
  const tail = Math.min(TAIL, Math.ceil(shown / 2))
  const head = Math.min(HEAD, shown - tail)
  return `${number.slice(0, head)}****${number.slice(number.length - tail)}`
}
