// The access token from WeChat's stable_token: the same one for every instance until shortly before it expires.
// https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken
import { type AccessTokens, createAccessTokens } from '../core/access-token'
import type { Clock } from '../core/ports'
import { createSecret } from '../core/secret'
import type { FullEnvironment } from './environment'
import { refusalOf } from './weixin-errcodes'
import { askWeixin, busy } from './weixin-reply'

export interface StableTokenPorts {
  clock: Clock
  environment: Pick<FullEnvironment, 'appid' | 'appSecret' | 'apiBase'>
}

export const createStableToken = (
  { clock, environment }: StableTokenPorts,
  { functionName }: { functionName: string },
): AccessTokens =>
  createAccessTokens({
    clock,
    obtain: async (renewal, signal) => {
      const json = JSON.stringify({
        grant_type: 'client_credential',
        appid: environment.appid(),
        secret: environment.appSecret().reveal(),
        force_refresh: renewal === 'forced',
      })
      const address = `${environment.apiBase()}/cgi-bin/stable_token`
      const { access_token: token, expires_in: seconds } = await askWeixin(address, { signal, json }, (errcode, rid) =>
        refusalOf('getStableAccessToken', errcode, rid, { now: clock.now(), functionName }),
      ).reply
      if (typeof token !== 'string' || !/^[\x21-\x7e]{1,2048}$/.test(token)) throw busy('an answer without a token')
      if (typeof seconds !== 'number' || !(seconds > 0)) throw busy('a token without a life')
      return { token: createSecret('access token', token), expiresInMs: seconds * 1000 }
    },
  })
