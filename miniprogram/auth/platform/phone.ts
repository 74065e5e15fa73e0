// What the phone button's event holds, as the call `phone` wants it.
import type { PhoneRequest } from '../../../typings/contract'
import { fieldsOf } from '../core/fields'
import { phoneFailure } from './err-msg'

/**
 * The code where there is one (from base library 2.21.2), else what is sealed. Throws an AuthError for every refusal:
 * USER_DENIED, PRIVACY_DENIED, PRIVACY_UNDECLARED, QUOTA_EXHAUSTED, NOT_PERMITTED, NETWORK, …
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html
 */
export const phoneRequest = (detail: unknown): PhoneRequest => {
  const { code, encryptedData, iv, cloudID } = fieldsOf(detail)
  if (typeof code === 'string' && code) return { code }
  if (typeof encryptedData === 'string' && typeof iv === 'string' && encryptedData) return { encryptedData, iv }
  if (typeof cloudID === 'string' && cloudID) return { cloudID }
  throw phoneFailure(detail)
}
