// The exchange of a login code, over api.weixin.qq.com.
// https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
import type { Code2SessionReply } from '../../typings/weixin'
import type { Clock, Exchanged, Weixin } from '../core/ports'
import { createSecret } from '../core/secret'
import { isObject } from '../core/shape'
import type { FullEnvironment } from './environment'
import { refusalOf } from './weixin-errcodes'
import { askWeixin, busy } from './weixin-reply'

export interface Code2SessionPorts {
  clock: Clock
  environment: Pick<FullEnvironment, 'appid' | 'appSecret' | 'apiBase' | 'isEmulated'>
}

/** A code is sent once and never again: whether a lost answer spent it, nobody knows. The client takes a fresh one. */
export const createCode2Session =
  ({ clock, environment }: Code2SessionPorts, { functionName }: { functionName: string }): Weixin['code2Session'] =>
  (code, signal) => {
    const query = new URLSearchParams({
      appid: environment.appid(),
      secret: environment.appSecret().reveal(),
      js_code: code.reveal(),
      grant_type: 'authorization_code',
    })
    const address = `${environment.apiBase()}/sns/jscode2session?${query}`
    const { sent, reply } = askWeixin(address, { signal }, (errcode, rid) =>
      refusalOf('code2Session', errcode, rid, { now: clock.now(), functionName }),
    )
    const read = async (): Promise<Exchanged> => {
      const session: unknown = await reply
      if (!isSessionReply(session)) throw busy('an answer that is neither a session nor an errcode')
      const { openid, session_key: sessionKey, unionid } = session
      return { openid, sessionKey: createSecret('session_key', sessionKey), ...(unionid && { unionid }) }
    }
    return { sent, answer: read() }
  }

const isSessionReply = (reply: unknown): reply is Code2SessionReply =>
  isObject(reply) &&
  isText(reply['openid']) &&
  typeof reply['session_key'] === 'string' &&
  /^[A-Za-z0-9+/]{22}==$/.test(reply['session_key']) && // base64 of 16 bytes
  (reply['unionid'] === undefined || reply['unionid'] === '' || isText(reply['unionid']))

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 128
