// What `wx` says when it fails, translated once: the only room that reads errMsg.
import type { ErrorCode } from '../../../typings/contract'
import { type AuthError, authError } from '../core/errors'

/** What `fail` is given; which fields are there depends on the API and the base library. */
export interface WxFailure {
  errMsg?: string
  errno?: number
  errCode?: number
}

export const asWxFailure = (value: unknown): WxFailure => (typeof value === 'object' && value !== null ? value : {})

/** For developers: what `fail` was given, without what else an event may carry. */
const describe = ({ errMsg, errno, errCode }: WxFailure): string => JSON.stringify({ errMsg, errno, errCode })

/** A code, the numbers that mean it, the words that mean it. Words are for base libraries without numbers. */
type Rule = [code: ErrorCode, numbers: number[], words?: RegExp]

const byNumber = (rules: Rule[], number: number | undefined): ErrorCode | undefined =>
  rules.find(([, numbers]) => numbers.includes(number ?? Number.NaN))?.[0]
const byWords = (rules: Rule[], { errMsg = '' }: WxFailure): ErrorCode | undefined =>
  rules.find(([, , words]) => words?.test(errMsg))?.[0]

const NETWORK_ERRNO = 600_000 // and the nine after it

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const anyApi: Rule[] = [
  ['TIMEOUT', [5], /time ?out|超时/i],
  ['NETWORK', [NETWORK_ERRNO], /request:fail|network|interrupted|ERR_INTERNET|ERR_NAME|ERR_CONNECTION|网络/i],
  ['USER_BLOCKED', [1_402_101]],
  ['RATE_LIMITED', [1003]],
]

/** What every API may say, the number first. */
const generalCode = (failure: WxFailure): ErrorCode | undefined => {
  const { errno = 0 } = failure
  const isNetwork = errno - NETWORK_ERRNO >= 0 && errno - NETWORK_ERRNO < 10
  return byNumber(anyApi, isNetwork ? NETWORK_ERRNO : errno) ?? byWords(anyApi, failure)
}

/** `wx.login` failed. Without a reason it is WeChat's own trouble: seen at random on iOS, gone the next time. */
export const loginFailure = (failure: WxFailure): AuthError =>
  authError(generalCode(failure) ?? 'WECHAT_BUSY', describe(failure))

/** What the phone buttons say; https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
const phoneButton: Rule[] = [
  ['PRIVACY_UNDECLARED', [112, 1025, 101_100, 101_101], /not declared|api banned/i], // no consent of the user cures it
  ['PRIVACY_DENIED', [103, 104, 101_102], /privacy permission/i],
  ['QUOTA_EXHAUSTED', [1_400_001], /enough quota/i],
  ['NOT_PERMITTED', [102], /no permission/i],
  ['USER_BLOCKED', [1_421_102], /is blocked/i],
  ['USER_DENIED', [1], /deny|cancel/i],
]

/** The phone button's event is a failure. A plain refusal may carry 103 too, so here the words come first. */
export const phoneFailure = (failure: WxFailure): AuthError =>
  authError(
    byWords(phoneButton, failure) ?? byNumber(phoneButton, failure.errno) ?? generalCode(failure) ?? 'INTERNAL',
    describe(failure),
  )

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference/errcode */
const cloudCall: Rule[] = [
  // In turn: no such function or environment, cloud not enabled (three ways), an openapi not declared, no permission set.
  ['MISCONFIGURED', [-501000, -601034, -601012, -601027, -604101, -501005]],
  ['NOT_PERMITTED', [-501023]],
  ['WECHAT_BUSY', [-501001, -501003, -501004]],
  ['TIMEOUT', [-501002, -504003, -404005, -404010, -404012]], // the last three: polling for the result gave up
]

/** `wx.cloud.callFunction` failed: no answer of ours came. */
export const cloudFailure = (failure: WxFailure, functionName: string): AuthError => {
  // Recent builds put the number into errCode, older ones into the text only.
  const written = /errCode: ?(-\d+)/.exec(failure.errMsg ?? '')?.[1]
  const code = byNumber(cloudCall, failure.errCode ?? Number(written)) ?? generalCode(failure) ?? 'INTERNAL'
  return authError(code, `function ${functionName}: ${describe(failure)}`)
}

/** Storage says "nothing there" by failing. */
export const isNotFound = (failure: WxFailure): boolean => /data not found/i.test(failure.errMsg ?? '')

export const storageFailure = (failure: WxFailure): AuthError => authError('INTERNAL', describe(failure))
