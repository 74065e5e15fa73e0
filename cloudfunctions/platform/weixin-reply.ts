// An answer of api.weixin.qq.com: read once, with HTTP, JSON and errcode behind it.
import type { WeixinErrorReply } from '../../typings/weixin'
import { Refusal } from '../core/errors'
import { type Fields, isObject } from '../core/shape'
import { type Asked, httpsText } from './https-text'

export interface WeixinAnswer {
  /** Resolves once the request has left, or never will. */
  sent: Promise<void>
  /** WECHAT_BUSY when there is no answer, or none that is a JSON object; an errcode other than 0 is up to `refused`. */
  reply: Promise<Fields>
}

const MAX_ANSWER_BYTES = 64 * 1024 // an honest answer has about 150, a token's at most 700

export const busy = (detail: string) =>
  new Refusal('WECHAT_BUSY', 'WeChat could not be reached, or gave no answer', { detail })

/** `refused` turns an errcode into what is thrown. */
export const askWeixin = (
  address: string,
  asked: Omit<Asked, 'maxBytes'>,
  refused: (errcode: number, rid: string | undefined) => Error,
): WeixinAnswer => {
  const { sent, answer } = httpsText(address, { ...asked, maxBytes: MAX_ANSWER_BYTES })
  const read = async (): Promise<Fields> => {
    const { status, text } = await answer.catch((cause: unknown) => {
      throw busy(cause instanceof Error ? cause.message : 'no answer')
    })
    // WeChat answers 200 whatever it thinks of a request: a 4xx is somebody else's, and no later try will change it.
    if (status >= 400 && status < 500)
      throw new Refusal('MISCONFIGURED', 'WEIXIN_API_BASE is not the address of api.weixin.qq.com', {
        detail: `HTTP status ${status}`,
      })
    if (status !== 200) throw busy(`HTTP status ${status}`)
    const reply = parsed(text)
    if (!isObject(reply)) throw busy('an answer that is no JSON object')
    if (isErrorReply(reply)) throw refused(reply.errcode, ridOf(reply.errmsg))
    return reply
  }
  return { sent, reply: read() }
}

/** A parser's complaint may quote the text, and the text may hold a secret: it goes nowhere. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isErrorReply = (reply: unknown): reply is WeixinErrorReply =>
  isObject(reply) && typeof reply['errcode'] === 'number' && reply['errcode'] !== 0

const ridOf = (errmsg: unknown): string | undefined =>
  typeof errmsg === 'string' ? /rid: ([0-9a-f-]{8,40})/.exec(errmsg)?.[1] : undefined
