// A granted phone number: the code, the sealed data and the CloudID that one tap leaves behind.

import { randomBytes } from 'node:crypto'
import { atLeast } from './device/version'
import { hashOf, sealOpenData } from './open-data'
import type { PhoneDetail } from './phone'
import type { State } from './state'
import { fullNumber, type PhoneNumber } from './state/phone-numbers'
import type { Clock } from './types'

/** The button's `code`. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
const CODE_SINCE = '2.21.2'
/** `cloudID` in open data. */
const CLOUD_ID_SINCE = '2.7.0'

/** As getuserphonenumber and the sealed data spell it. */
export interface PhoneInfo {
  phoneNumber: string
  purePhoneNumber: string
  countryCode: string
  watermark: { timestamp: number; appid: string }
}

/** `at` is the moment of the tap, milliseconds. */
export const phoneInfo = (number: PhoneNumber, appid: string, at: number): PhoneInfo => ({
  phoneNumber: fullNumber(number),
  purePhoneNumber: number.pure,
  countryCode: number.countryCode,
  watermark: { timestamp: Math.floor(at / 1000), appid },
})

export interface PhoneGrant {
  account: string
  appid: string
  number: PhoneNumber
  /** The real-time variant gives a code and nothing else. */
  realtime: boolean
  libVersion: string
  /** `wx.cloud.init` was called: then there is a CloudID. */
  cloud: boolean
}

/** What of it the base library puts into the event. */
export function grantPhone(
  { state, clock }: { state: State; clock: Clock },
  grant: PhoneGrant,
): Omit<PhoneDetail, 'errMsg'> {
  const { account, appid, number, realtime, libVersion, cloud } = grant
  const code = atLeast(libVersion, CODE_SINCE) ? { code: state.phoneCodes.issue(account, appid, number) } : {}
  if (realtime) return code
  const data = phoneInfo(number, appid, clock.now())
  const sealed = sealOpenData(data, sealingKey(state, account, appid))
  state.sealed.remember(hashOf(sealed.encryptedData), appid)
  const withID = cloud && atLeast(libVersion, CLOUD_ID_SINCE)
  return { ...code, ...sealed, ...(withID ? { cloudID: state.cloudIDs.issue(account, appid, data) } : {}) }
}

/** Who never logged in, or whose key died, gets data that no server can open: only a fresh login helps. */
function sealingKey(state: State, account: string, appid: string): string {
  const current = state.keys.state(account, appid) === 'alive' ? state.keys.current(account, appid) : undefined
  return current ?? randomBytes(16).toString('base64')
}
