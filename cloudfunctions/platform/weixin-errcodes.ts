// The errcodes of code2Session, translated once. WeChat's texts are never compared: they change, and end in a request id.
// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
import { Refusal } from '../core/errors'

type Translate = (context: { now: number; functionName: string }) => Refusal

const MINUTE_MS = 60_000
const SKEW_MS = 1_000 // WeChat's minute is not exactly ours

const codeInvalid =
  (why: string): Translate =>
  () =>
    new Refusal('CODE_INVALID', `WeChat refused the login code: ${why}`)

const misconfigured =
  (fix: string): Translate =>
  ({ functionName }) =>
    new Refusal('MISCONFIGURED', `${fix} (function ${functionName})`)

const CODES: Readonly<Record<number, Translate>> = {
  [-1]: () => new Refusal('WECHAT_BUSY', 'WeChat is busy'),
  40029: codeInvalid('unknown, expired, or of another mini-program'),
  40163: codeInvalid('it was used before'),
  40226: () => new Refusal('USER_BLOCKED', 'WeChat intercepts the login of this high-risk user'),
  45011: ({ now }) =>
    new Refusal('RATE_LIMITED', 'too many logins of this user in a minute', {
      retryAfterMs: MINUTE_MS - (now % MINUTE_MS) + SKEW_MS,
    }),
  40013: misconfigured('WeChat does not know the AppID in WEIXIN_APPID'),
  40125: misconfigured('WEIXIN_APP_SECRET is not the AppSecret of WEIXIN_APPID'),
  40164: misconfigured('the IP whitelist of the mini-program does not admit the address of the function'),
  40243: misconfigured('the AppSecret of WEIXIN_APPID is frozen: unfreeze it in the WeChat console'),
  41002: misconfigured('WeChat received no AppID: check WEIXIN_APPID'),
  41004: misconfigured('WeChat received no AppSecret: check WEIXIN_APP_SECRET'),
  41008: misconfigured('WeChat received no login code: check what stands between the function and WEIXIN_API_BASE'),
  40066: misconfigured('WEIXIN_API_BASE does not lead to api.weixin.qq.com: the path is unknown there'),
}

/** `rid`: WeChat's own name for the request, worth having in the log. */
export const refusalOf = (errcode: number, rid: string | undefined, context: Parameters<Translate>[0]): Refusal => {
  const known = Object.hasOwn(CODES, errcode) ? CODES[errcode]?.(context) : undefined
  const { code, message, retryAfterMs } =
    known ?? new Refusal('INTERNAL', `WeChat answered code2Session with the unexpected errcode ${errcode}`)
  const detail = `errcode ${errcode}${rid === undefined ? '' : ` rid ${rid}`}`
  return new Refusal(code, message, { detail, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}
