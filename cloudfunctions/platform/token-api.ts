// The interfaces of api.weixin.qq.com that want an access token.
import { type AccessTokens, TokenRefused } from '../core/access-token'
import type { Clock, TokenUser, Weixin } from '../core/ports'
import { isObject } from '../core/shape'
import type { FullEnvironment } from './environment'
import { type Api, refusalOf, refusesToken } from './weixin-errcodes'
import { askWeixin, busy } from './weixin-reply'

export interface TokenApiPorts {
  clock: Clock
  environment: Pick<FullEnvironment, 'apiBase'>
  tokens: AccessTokens
}

/** What the text or the picture is for, among profile, comment, forum, social log. */
export const PROFILE_SCENE = 1
/** And not a sound. */
export const IMAGE = 2

const NOT_SEALED = 1 // "no such data, or older than three days"

class NotSealed extends Error {}

export const createTokenApi = (
  { clock, environment, tokens }: TokenApiPorts,
  { functionName }: { functionName: string },
): Omit<Weixin, 'code2Session' | 'face'> => {
  const refused = (api: Api) => (errcode: number, rid: string | undefined) => {
    if (refusesToken(errcode)) return new TokenRefused(`errcode ${errcode}`)
    if (api === 'checkEncryptedData' && errcode === NOT_SEALED) return new NotSealed()
    return refusalOf(api, errcode, rid, { now: clock.now(), functionName })
  }
  const ask = (api: Api, path: string, body: object, by: TokenUser) =>
    tokens.use(by, (token) => {
      const address = `${environment.apiBase()}${path}?${new URLSearchParams({ access_token: token.reveal() })}`
      return askWeixin(address, { signal: by.signal, json: JSON.stringify(body) }, refused(api)).reply
    })
  return {
    // https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
    phoneInfo: async (code, by) => {
      const body = { code: code.reveal() }
      const { phone_info: info } = await ask('getPhoneNumber', '/wxa/business/getuserphonenumber', body, by)
      if (!isObject(info)) throw busy('an answer without a phone number')
      return info
    },
    // https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck
    checkText: async ({ text, openid }, by) => {
      const body = { content: text, version: 2, scene: PROFILE_SCENE, openid: openid.reveal() }
      return (await ask('msgSecCheck', '/wxa/msg_sec_check', body, by))['result']
    },
    // https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_mediacheckasync
    checkPicture: async ({ url, openid }, by) => {
      const body = { media_url: url, media_type: IMAGE, version: 2, scene: PROFILE_SCENE, openid: openid.reveal() }
      return (await ask('mediaCheckAsync', '/wxa/media_check_async', body, by))['trace_id']
    },
    // https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/internet/api_checkencrypteddata
    hasSealed: async (hash, by) => {
      const body = { encrypted_msg_hash: hash }
      try {
        // `vaild` is WeChat's spelling.
        return (await ask('checkEncryptedData', '/wxa/business/checkencryptedmsg', body, by))['vaild'] === true
      } catch (failure) {
        if (failure instanceof NotSealed) return false
        throw failure
      }
    },
  }
}
