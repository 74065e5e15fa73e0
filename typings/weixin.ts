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

/** What WeChat adds to the `event` of a function that a client called. */
export interface EventUserInfo {
  appId: string
  openId: string
}
