/**
 * The wire as WeChat spells it. Types only; these names stay at the wire (adapters and the emulator).
 */

/**
 * A success of `GET /sns/jscode2session`. No `errcode` on success; `unionid` only when the mini-program is
 * bound to an Open Platform account.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
 */
export interface Code2SessionReply {
  openid: string
  /** Base64 of 16 bytes. Never leaves the server. */
  session_key: string
  unionid?: string
}

/** A failure of any `api.weixin.qq.com` call; HTTP 200 all the same. `errmsg` ends with ` rid: …`: never compare it. */
export interface WeixinErrorReply {
  errcode: number
  errmsg: string
}

/** Seals who sealed the data for whom, and when. */
export interface Watermark {
  /** Seconds since 1970. */
  timestamp: number
  appid: string
}

/**
 * The phone number as WeChat tells it, in this spelling on every path: `phone_info` of getuserphonenumber, `phoneInfo` of
 * the cloud call, `data` behind a cloudID, and the plaintext of sealed data.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
 */
export interface PhoneInfo {
  /** With the country's prefix when the number is foreign, for instance `+1 2025550123`, with or without a plus. */
  phoneNumber: string
  /** Without. */
  purePhoneNumber: string
  /** A string today; samples of 2022 to 2024 show a number. */
  countryCode: string | number
  watermark: Watermark
}

/** A success of `POST /wxa/business/getuserphonenumber`. */
export interface PhoneNumberReply {
  errcode: 0
  errmsg: string
  phone_info: PhoneInfo
}

/**
 * A success of `POST /cgi-bin/stable_token`.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken
 */
export interface StableTokenReply {
  access_token: string
  /** Seconds that the token has left, not its whole life. */
  expires_in: number
}

/**
 * A success of `POST /wxa/business/checkencryptedmsg`. `vaild` is WeChat's spelling; errcode 1 says that no such data
 * was sealed in the last three days.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/internet/api_checkencrypteddata
 */
export interface CheckEncryptedReply {
  vaild: boolean
  /** Seconds since 1970. */
  create_time?: number
}

/** One answer of `cloud.getOpenData`. */
export type OpenDataReply = { cloudID: string; data: unknown } | { cloudID: string; errCode: number; errMsg: string }

/** What WeChat adds to the `event` of a function that a client called. */
export interface EventUserInfo {
  appId: string
  openId: string
}
