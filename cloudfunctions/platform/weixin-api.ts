// api.weixin.qq.com, as far as a sign-in needs it: the exchange of a login code.
import type { Code2SessionReply, WeixinErrorReply } from '../../typings/weixin'
import { Refusal } from '../core/errors'
import type { Clock, Exchanged, Weixin } from '../core/ports'
import { createSecret } from '../core/secret'
import { isObject } from '../core/shape'
import type { FullEnvironment } from './environment'
import { httpsGetText } from './https-get'
import { refusalOf } from './weixin-errcodes'

export interface WeixinApiPorts {
  clock: Clock
  environment: Pick<FullEnvironment, 'appid' | 'appSecret' | 'apiBase'>
}

const MAX_ANSWER_BYTES = 64 * 1024 // an honest answer has about 150

const busy = (detail: string) =>
  new Refusal('WECHAT_BUSY', 'WeChat could not be reached, or gave no answer', { detail })

/**
 * A code is sent once and never again: whether a lost answer spent it, nobody knows. The client takes a fresh one.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
 */
export const createWeixinApi = (
  { clock, environment }: WeixinApiPorts,
  { functionName }: { functionName: string },
): Weixin => ({
  code2Session: (code, signal) => {
    const query = new URLSearchParams({
      appid: environment.appid(),
      secret: environment.appSecret().reveal(),
      js_code: code.reveal(),
      grant_type: 'authorization_code',
    })
    const address = `${environment.apiBase()}/sns/jscode2session?${query}`
    const { sent, answer } = httpsGetText(address, { signal, maxBytes: MAX_ANSWER_BYTES })
    const read = async (): Promise<Exchanged> => {
      const { status, text } = await answer.catch((cause: unknown) => {
        throw busy(cause instanceof Error ? cause.message : 'no answer')
      })
      if (status !== 200) throw busy(`HTTP status ${status}`)
      const reply = parsed(text)
      if (isErrorReply(reply)) throw refusalOf(reply.errcode, ridOf(reply.errmsg), { now: clock.now(), functionName })
      if (!isSessionReply(reply)) throw busy('an answer that is neither a session nor an errcode')
      const { openid, session_key: sessionKey, unionid } = reply
      return { openid, sessionKey: createSecret('session_key', sessionKey), ...(unionid && { unionid }) }
    }
    return { sent, answer: read() }
  },
})

/** A parser's complaint may quote the text, and the text may hold a session_key: it goes nowhere. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isErrorReply = (reply: unknown): reply is WeixinErrorReply =>
  isObject(reply) && typeof reply['errcode'] === 'number' && reply['errcode'] !== 0

const isSessionReply = (reply: unknown): reply is Code2SessionReply =>
  isObject(reply) &&
  isText(reply['openid']) &&
  typeof reply['session_key'] === 'string' &&
  /^[A-Za-z0-9+/]{22}==$/.test(reply['session_key']) && // base64 of 16 bytes
  (reply['unionid'] === undefined || reply['unionid'] === '' || isText(reply['unionid']))

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 128

const ridOf = (errmsg: unknown): string | undefined =>
  typeof errmsg === 'string' ? /rid: ([0-9a-f-]{8,40})/.exec(errmsg)?.[1] : undefined
