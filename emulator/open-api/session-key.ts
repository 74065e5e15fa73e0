// The session_key as a server may ask about it: GET /wxa/checksession, GET /wxa/resetusersessionkey.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { WeixinError } from '../errcodes'
import type { OperationPorts, Operations } from './operation'
import { anywhere, appOf, type OpenApiRequest } from './request'

/** Resets of one person per minute; WeChat refuses "frequent" ones without a figure. */
const RESETS_PER_MINUTE = 10
const MINUTE_MS = 60_000

/**
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey
 */
export function sessionKeyOperations({ state }: OperationPorts): Operations {
  const account = (request: OpenApiRequest) => {
    const found = state.tokens.stateOf(request.query.get('access_token') ?? '')
    return typeof found === 'object' ? state.personOf(anywhere(request, 'openid') ?? '', found.appid) : undefined
  }
  /** Who proved to hold the key. Throws token errors, 40097, 40003, 87008, 87007 or 87009. */
  const holder = (request: OpenApiRequest) => {
    const appid = appOf(state, request)
    const [openid, signature, method] = ['openid', 'signature', 'sig_method'].map((name) => anywhere(request, name))
    if (openid === undefined || signature === undefined || method === undefined) throw new WeixinError(40097)
    const person = state.personOf(openid, appid)
    if (person === undefined) throw new WeixinError(40003)
    if (method !== 'hmac_sha256') throw new WeixinError(87008)
    const sessionKey = state.keys.current(person, appid)
    if (sessionKey === undefined || state.keys.state(person, appid) !== 'alive') throw new WeixinError(87007)
    if (!sameText(signature, emptySignature(sessionKey))) throw new WeixinError(87009)
    return { appid, person, openid }
  }
  return {
    '/wxa/checksession': {
      op: 'checksession',
      method: 'GET',
      account,
      run(request) {
        holder(request)
        return { errcode: 0, errmsg: 'ok' }
      },
    },
    '/wxa/resetusersessionkey': {
      op: 'resetusersessionkey',
      method: 'GET',
      account,
      run(request) {
        const { appid, person, openid } = holder(request)
        if (!state.quotas.take(`resetusersessionkey ${appid} ${person}`, RESETS_PER_MINUTE, MINUTE_MS))
          throw new WeixinError(45011)
        return { errcode: 0, errmsg: 'ok', openid, session_key: state.keys.reset(person, appid) }
      },
    },
  }
}

/** The key is the base64 text as it is, the message is empty. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
export const emptySignature = (sessionKey: string): string => createHmac('sha256', sessionKey).update('').digest('hex')

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
