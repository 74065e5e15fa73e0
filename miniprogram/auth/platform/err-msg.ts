// What `wx` says when it fails, translated once: the only room that reads errMsg.
import type { ErrorCode } from '../../../typings/contract'
import { type AuthError, authError } from '../core/errors'
import { fieldsOf } from '../core/fields'

/** What `fail` is given; which fields are there depends on the API and the base library. */
interface WxFailure {
  errMsg?: string
  errno?: number
  errCode?: number
}

/** For developers: what `fail` was given, without what else an event may carry. */
const describe = ({ errMsg, errno, errCode }: WxFailure): string => JSON.stringify({ errMsg, errno, errCode })

/** A code, the numbers that mean it, the words that mean it. Words are for base libraries without numbers. */
type Rule = [code: ErrorCode, numbers: number[], words?: RegExp]

const byNumber = (rules: Rule[], number = 0): ErrorCode | undefined =>
  rules.find(([, numbers]) => numbers.includes(number))?.[0]
const byWords = (rules: Rule[], { errMsg = '' }: WxFailure): ErrorCode | undefined =>
  rules.find(([, , words]) => words?.test(errMsg))?.[0]

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const anyApi: Rule[] = [
  ['TIMEOUT', [5], /time ?out|超时/i],
  [
    'NETWORK',
    [6e5, 600001, 600002, 600003, 600004, 600005, 600006, 600007, 600008, 600009],
    /request:fail|network|interrupted|ERR_|网络/i,
  ],
  ['USER_BLOCKED', [1_402_101]],
  ['RATE_LIMITED', [1003]],
]

/** By the rules of one API, then by those of all; the number first. */
const codeOf = (own: Rule[], failure: WxFailure, number = failure.errno): ErrorCode | undefined =>
  byNumber(own, number) ?? byWords(own, failure) ?? byNumber(anyApi, failure.errno) ?? byWords(anyApi, failure)

/** `wx.login` failed. Without a reason it is WeChat's own trouble: seen at random on iOS, gone the next time. */
export const loginFailure = (thrown: unknown): AuthError => {
  const failure: WxFailure = fieldsOf(thrown)
  return authError(codeOf([], failure) ?? 'WECHAT_BUSY', describe(failure))
}

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
export const phoneFailure = (detail: unknown): AuthError => {
  const failure: WxFailure = fieldsOf(detail)
  return authError(byWords(phoneButton, failure) ?? codeOf(phoneButton, failure) ?? 'INTERNAL', describe(failure))
}

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference/errcode */
const cloudCall: Rule[] = [
  // In turn: no such function or environment, cloud not enabled (three ways), an openapi not declared, no permission set.
  ['MISCONFIGURED', [-501000, -601034, -601012, -601027, -604101, -501005]],
  ['NOT_PERMITTED', [-501023]],
  ['WECHAT_BUSY', [-501001, -501003, -501004]],
  ['TIMEOUT', [-501002, -504003, -404005, -404010, -404012]], // the last three: polling for the result gave up
]

/** `wx.cloud.callFunction` failed: no answer of ours came. */
export const cloudFailure = (thrown: unknown, functionName: string): AuthError => {
  const failure: WxFailure = fieldsOf(thrown)
  // Recent builds put the number into errCode, older ones into the text only.
  const written = /errCode: ?(-\d+)/.exec(failure.errMsg ?? '')?.[1]
  const code = codeOf(cloudCall, failure, failure.errCode ?? Number(written))
  return authError(code ?? 'INTERNAL', `${functionName}: ${describe(failure)}`)
}

const request: Rule[] = [
  // In turn: not among the domains in the console, not https, no address at all.
  ['MISCONFIGURED', [600_002, 600_005, 600_009], /domain list|合法域名|must be http|invalid url/i],
]

/** `wx.request` failed: no answer came. A certificate that does not hold is the network's: a hotel's, as often as ours. */
export const requestFailure = (thrown: unknown, url: string): AuthError => {
  const failure: WxFailure = fieldsOf(thrown)
  return authError(codeOf(request, failure) ?? 'NETWORK', `${url}: ${describe(failure)}`)
}

/** Somebody answered who is not our function: a gateway, a proxy, a page. Not the user's network in any case. */
const statusCodes: Rule[] = [
  ['TIMEOUT', [408, 504]],
  ['RATE_LIMITED', [429]],
  ['WECHAT_BUSY', [502, 503]],
  ['INTERNAL', [500]], // the function died; its log has the reason
]

export const statusFailure = (status: number, url: string): AuthError =>
  authError(byNumber(statusCodes, status) ?? 'MISCONFIGURED', `${url} gave no envelope: is it ours? (status ${status})`)

/** Storage says "nothing there" by failing. */
export const isNotFound = (thrown: unknown): boolean => {
  const { errMsg = '' }: WxFailure = fieldsOf(thrown)
  return /data not found/i.test(errMsg)
}

export const storageFailure = (thrown: unknown): AuthError => authError('INTERNAL', describe(fieldsOf(thrown)))
