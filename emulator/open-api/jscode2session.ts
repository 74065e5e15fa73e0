// jscode2session: trades a login code for the identity behind it.

import { WeixinError } from '../errcodes'
import type { State } from '../state'
import { CODE_LIFE_MS } from '../state/login-codes'
import type { Clock } from '../types'

/** Exchanges per user and minute, from the older table of the endpoint. */
const PER_MINUTE = 100
const MINUTE_MS = 60_000

/** A success, as the wire spells it. */
export interface Code2SessionReply {
  openid: string
  session_key: string
  unionid?: string
}

/**
 * Throws WeixinError 40002, 41002, 41004, 41008, 40013, 40125, 40029, 40163, 40226 or 45011.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
 */
export function jscode2session(
  { state, clock }: { state: State; clock: Clock },
  query: ReadonlyMap<string, string>,
): Code2SessionReply {
  if (query.get('grant_type') !== 'authorization_code') throw new WeixinError(40002)
  const appid = required(query, 'appid', 41002)
  const secret = required(query, 'secret', 41004)
  const code = required(query, 'js_code', 41008)

  const app = state.apps.find(appid)
  if (app === undefined) throw new WeixinError(40013)
  if (app.secret !== secret) throw new WeixinError(40125)

  const found = state.codes.find(code)
  if (found === undefined || found.appid !== app.appid) throw new WeixinError(40029)
  if (found.usedAt !== undefined) throw new WeixinError(40163)
  if (clock.now() - found.issuedAt > CODE_LIFE_MS) throw new WeixinError(40029)

  const account = state.accounts.get(found.account)
  if (account.blocked) throw new WeixinError(40226)
  if (!state.quotas.take(`jscode2session ${app.appid} ${account.id}`, PER_MINUTE, MINUTE_MS))
    throw new WeixinError(45011)

  const sessionKey = state.keys.current(account.id, app.appid)
  if (sessionKey === undefined) throw new WeixinError(-1)
  state.codes.spend(code)
  return {
    session_key: sessionKey,
    openid: state.apps.openid(account.id, app.appid),
    ...(app.bound ? { unionid: state.apps.unionid(account.id) } : {}),
  }
}

function required(query: ReadonlyMap<string, string>, name: string, missing: number): string {
  const value = query.get(name)
  if (value === undefined || value === '') throw new WeixinError(missing)
  return value
}
