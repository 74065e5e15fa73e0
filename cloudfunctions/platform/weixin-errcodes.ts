// WeChat's errcodes, translated once. Its texts are never compared: they change, and end in a request id.
// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
// https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken
import { Refusal } from '../core/errors'

export interface Context {
  now: number
  functionName: string
}
type Translate = (context: Context) => Refusal
type Codes = Readonly<Record<number, Translate>>

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const SKEW_MS = 1_000 // WeChat's minute is not exactly ours
const UTC_PLUS_8_MS = 8 * 3_600_000 // WeChat's days begin in Beijing

const codeInvalid =
  (why: string): Translate =>
  () =>
    new Refusal('CODE_INVALID', `WeChat refused the login code: ${why}`)

const misconfigured =
  (fix: string): Translate =>
  ({ functionName }) =>
    new Refusal('MISCONFIGURED', `${fix} (function ${functionName})`)

const perMinute =
  (what: string): Translate =>
  ({ now }) =>
    new Refusal('RATE_LIMITED', `too many ${what} in a minute`, {
      retryAfterMs: MINUTE_MS - (now % MINUTE_MS) + SKEW_MS,
    })

/** What an errcode means wherever it comes from. */
const EVERYWHERE: Codes = {
  [-1]: () => new Refusal('WECHAT_BUSY', 'WeChat is busy'),
  40013: misconfigured('WeChat does not know the AppID in WEIXIN_APPID'),
  40125: misconfigured('WEIXIN_APP_SECRET is not the AppSecret of WEIXIN_APPID'),
  40164: misconfigured('the IP whitelist of the mini-program does not admit the address of the function'),
  40243: misconfigured('the AppSecret of WEIXIN_APPID is frozen: unfreeze it in the WeChat console'),
  41001: misconfigured('WeChat received no access token: check what stands between the function and WEIXIN_API_BASE'),
  41002: misconfigured('WeChat received no AppID: check WEIXIN_APPID'),
  41004: misconfigured('WeChat received no AppSecret: check WEIXIN_APP_SECRET'),
  40066: misconfigured('WEIXIN_API_BASE does not lead to api.weixin.qq.com: the path is unknown there'),
  43002: misconfigured('a POST reached WeChat as a GET: check what stands between the function and WEIXIN_API_BASE'),
  45009: ({ now }) =>
    new Refusal('RATE_LIMITED', 'the daily quota of this interface is used up', {
      retryAfterMs: DAY_MS - ((now + UTC_PLUS_8_MS) % DAY_MS) + SKEW_MS,
    }),
  45011: perMinute('calls'),
  48001: () => new Refusal('NOT_PERMITTED', 'the mini-program has no permission for this interface'),
  50004: misconfigured('WeChat forbids this mini-program the access token interface'),
  50007: misconfigured('the account of WEIXIN_APPID is frozen'),
  89503: misconfigured('an administrator of the mini-program has to confirm the address of the function in WeChat'),
  89506: misconfigured('an administrator of the mini-program refused the address of the function: try in 24 hours'),
  89507: misconfigured('an administrator of the mini-program refused the address of the function: try in an hour'),
}

const PHONE: Codes = {
  40029: () => new Refusal('PHONE_CODE_INVALID', 'WeChat refused the phone code: unknown, used, or expired'),
  40013: misconfigured('the phone code is of another mini-program than WEIXIN_APPID'),
  45011: perMinute('phone numbers'),
  48001: () => new Refusal('NOT_PERMITTED', 'the mini-program has no permission to ask for phone numbers'),
}

const notInGoodTime: Translate = () =>
  // The person is here, only WeChat has not seen them for two hours: a fresh login code mends that, and the call is sent
  // again by itself.
  new Refusal('SESSION_EXPIRED', 'WeChat has not seen this person for two hours: sign in again')

const SECURITY: Codes = {
  40003: misconfigured('the openid is not of the mini-program in WEIXIN_APPID'),
  43104: misconfigured('the openid is not of the mini-program in WEIXIN_APPID'),
  44991: perMinute('content checks'),
  61010: notInGoodTime,
  87020: () => new Refusal('WECHAT_BUSY', 'WeChat is looking at this picture already'),
}

const cloudOf = (method: string): Codes => ({
  [-501001]: () => new Refusal('WECHAT_BUSY', 'the cloud did not answer'),
  [-501002]: () => new Refusal('WECHAT_BUSY', 'the cloud did not answer'),
  [-604100]: misconfigured('the cloud does not know this interface'),
  [-604101]: misconfigured(
    `${method} is not declared: put it into permissions.openapi of config.json and deploy again`,
  ),
  [-604102]: () => new Refusal('WECHAT_BUSY', 'the cloud call took too long'),
  [-604103]: () => new Refusal('WECHAT_BUSY', 'the cloud call failed'),
  [-604104]: () => new Refusal('NOT_PERMITTED', 'a cloud call must begin in the mini-program'),
})

/** What it means for one interface in particular. */
const APIS = {
  code2Session: {
    40029: codeInvalid('unknown, expired, or of another mini-program'),
    40163: codeInvalid('it was used before'),
    40226: () => new Refusal('USER_BLOCKED', 'WeChat intercepts the login of this high-risk user'),
    41008: misconfigured('WeChat received no login code: check what stands between the function and WEIXIN_API_BASE'),
    45011: perMinute('logins of this user'),
  },
  getStableAccessToken: {},
  getPhoneNumber: PHONE,
  checkEncryptedData: {},
  msgSecCheck: SECURITY,
  mediaCheckAsync: SECURITY,
  'cloud.openapi.security.msgSecCheck': { ...cloudOf('security.msgSecCheck'), ...SECURITY },
  'cloud.openapi.security.mediaCheckAsync': { ...cloudOf('security.mediaCheckAsync'), ...SECURITY },
  'cloud.openapi.phonenumber.getPhoneNumber': { ...cloudOf('phonenumber.getPhoneNumber'), ...PHONE },
  'cloud.getOpenData': {
    ...cloudOf('getOpenData'),
    [-601005]: () => new Refusal('PHONE_CODE_INVALID', 'WeChat does not know the cloudID'),
    [-601006]: () => new Refusal('PHONE_CODE_INVALID', 'the cloudID expired'),
    [-601007]: () => new Refusal('DATA_MISMATCH', 'the cloudID is not of the person who calls'),
  },
} satisfies Record<string, Codes>

export type Api = keyof typeof APIS

/** `rid`: WeChat's own name for the request, worth having in the log. */
export const refusalOf = (api: Api, errcode: number, rid: string | undefined, context: Context): Refusal => {
  const codes: Codes = { ...EVERYWHERE, ...APIS[api] }
  const known = Object.hasOwn(codes, errcode) ? codes[errcode]?.(context) : undefined
  const { code, message, retryAfterMs } =
    known ?? new Refusal('INTERNAL', `WeChat answered ${api} with the unexpected errcode ${errcode}`)
  const detail = `errcode ${errcode}${rid === undefined ? '' : ` rid ${rid}`}`
  return new Refusal(code, message, { detail, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}

/** The access token was not accepted, and nothing was done. */
export const refusesToken = (errcode: number): boolean => errcode === 40001 || errcode === 40014 || errcode === 42001
