/** What `wx` says when it fails, translated once: the only room that reads errMsg. */
import type { ErrorCode } from '../../../typings/contract'
import { type AuthError, authError } from '../core/errors'

/** What `fail` is given; which fields are there depends on the API and the base library. */
export interface WxFailure {
  errMsg?: string
  errno?: number
  errCode?: number
}

export const asWxFailure = (value: unknown): WxFailure => (typeof value === 'object' && value !== null ? value : {})

const describe = ({ errMsg, errno, errCode }: WxFailure): string =>
  [
    errMsg ?? 'failed without a word',
    errno === undefined ? '' : `errno ${errno}`,
    errCode === undefined ? '' : `errCode ${errCode}`,
  ]
    .filter(Boolean)
    .join(', ')

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const codeOfErrno = (errno: number): ErrorCode | undefined => {
  if (errno === 5) return 'TIMEOUT'
  if (errno >= 600_000 && errno <= 600_009) return 'NETWORK'
  if (errno === 1_402_101) return 'USER_BLOCKED'
  if (errno === 1003) return 'RATE_LIMITED'
  return undefined
}

/** Texts are the last resort, for base libraries without errno. */
const codeOfText = (text: string): ErrorCode | undefined => {
  if (/time ?out|超时/i.test(text)) return 'TIMEOUT'
  if (/request:fail|network|interrupted|ERR_INTERNET|ERR_NAME|ERR_CONNECTION|网络/i.test(text)) return 'NETWORK'
  return undefined
}

/** `wx.login` failed. Without a reason it is WeChat's own trouble: seen at random on iOS, gone the next time. */
export const loginFailure = (failure: WxFailure): AuthError =>
  authError(codeOfErrno(failure.errno ?? -1) ?? codeOfText(failure.errMsg ?? '') ?? 'WECHAT_BUSY', describe(failure))

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference/errcode */
const cloudCodes: Record<number, ErrorCode> = {
  [-501000]: 'MISCONFIGURED', // no such function, or no such environment
  [-601034]: 'MISCONFIGURED', // the cloud is not enabled
  [-601012]: 'MISCONFIGURED',
  [-601027]: 'MISCONFIGURED',
  [-604101]: 'MISCONFIGURED', // the function lacks the openapi permission
  [-501005]: 'MISCONFIGURED',
  [-501023]: 'NOT_PERMITTED',
  [-501001]: 'WECHAT_BUSY',
  [-501002]: 'TIMEOUT',
  [-501003]: 'WECHAT_BUSY',
  [-501004]: 'WECHAT_BUSY',
  [-504003]: 'TIMEOUT',
  [-404005]: 'TIMEOUT', // polling for the result gave up
  [-404010]: 'TIMEOUT',
  [-404012]: 'TIMEOUT',
}

/** `wx.cloud.callFunction` failed: no answer of ours came. */
export const cloudFailure = (failure: WxFailure, functionName: string): AuthError => {
  // Recent builds put the number into errCode, older ones into the text only.
  const written = /errCode: ?(-\d+)/.exec(failure.errMsg ?? '')?.[1]
  const errCode = failure.errCode ?? (written === undefined ? undefined : Number(written))
  const code =
    cloudCodes[errCode ?? 0] ?? codeOfErrno(failure.errno ?? -1) ?? codeOfText(failure.errMsg ?? '') ?? 'INTERNAL'
  return authError(code, `function ${functionName}: ${describe(failure)}`)
}

/** Storage says "nothing there" by failing. */
export const isNotFound = (failure: WxFailure): boolean => /data not found/i.test(failure.errMsg ?? '')

export const storageFailure = (failure: WxFailure): AuthError => authError('INTERNAL', describe(failure))
