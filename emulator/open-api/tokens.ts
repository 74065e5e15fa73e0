// Access tokens for servers: GET /cgi-bin/token, POST /cgi-bin/stable_token.

import { WeixinError } from '../errcodes'
import type { Issued } from '../state/access-tokens'
import type { OperationPorts, Operations } from './operation'
import { fieldsOf } from './request'

/** What may be wrong with who asks: 40002, 41002, 41004, 40013, 40125. */
interface Credentials {
  grant_type?: unknown
  appid?: unknown
  secret?: unknown
}

/**
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getaccesstoken
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken
 */
export function tokenOperations({ state, clock }: OperationPorts): Operations {
  const appFor = ({ grant_type, appid, secret }: Credentials): string => {
    if (grant_type !== 'client_credential') throw new WeixinError(40002)
    if (typeof appid !== 'string' || appid === '') throw new WeixinError(41002)
    if (typeof secret !== 'string' || secret === '') throw new WeixinError(41004)
    const app = state.apps.find(appid)
    if (app === undefined) throw new WeixinError(40013)
    if (app.secret !== secret) throw new WeixinError(40125)
    return app.appid
  }
  const answer = ({ token, expiresAt }: Issued) => ({
    access_token: token,
    expires_in: Math.round((expiresAt - clock.now()) / 1000),
  })
  return {
    '/cgi-bin/token': {
      op: 'token',
      method: 'GET',
      account: () => undefined,
      run: ({ query }) => answer(state.tokens.issueClassic(appFor(Object.fromEntries(query)))),
    },
    '/cgi-bin/stable_token': {
      op: 'stable_token',
      method: 'POST',
      account: () => undefined,
      run(request) {
        const fields = fieldsOf(request)
        const appid = appFor(fields)
        const { force_refresh: forced = false } = fields
        if (typeof forced !== 'boolean') throw new WeixinError(47001)
        if (!forced) return answer(state.tokens.stable(appid))
        const issued = state.tokens.forceStable(appid)
        if (issued === undefined) throw new WeixinError(45009)
        return answer(issued)
      },
    },
  }
}
