// The door of the function `push`: which pushes are believed, and what they are answered.
import { open } from '../core/access'
import type { Deadline } from '../core/deadline'
import { HttpRefusal, type HttpRequest, isHttpEvent, parseHttp } from '../core/http'
import { type HttpReply, statusFor, textReply } from '../core/http-reply'
import type { Opened } from '../core/ports'
import { dealWith, type PushDeeds } from '../core/push'
import { checkStamp, FRESH_MS, openEnvelope, type PushKeys, type PushStamp, pushRefused } from '../core/push-envelope'
import { parsePushText } from '../core/push-text'
import { type Fields, isObject } from '../core/shape'
import { isClientSource, isHttpSource } from '../core/sources'
import { createFrame } from '../frame'
import { readEvent } from '../platform/push-events'
import type { ServePorts } from '../serve'
import { createDeeds } from './deeds'

const MAX_BYTES = 64 * 1024 // the gateway hands on 100 KB of text; an honest push has about 1 KB
const NONCE_MS = 3 * FRESH_MS // longer than a timestamp can be fresh, before and after now

/** What is dealt with, and under which name it is remembered; an address check has an echo and nothing to do. */
type Received = { message: Fields; nonce?: string } | { echo: string }

export interface PushOptions {
  deeds?: (ports: ServePorts, opened: Opened, deadline: Deadline) => PushDeeds
}

/**
 * `(event, context) => answer`. With WEIXIN_PUSH_TOKEN and WEIXIN_PUSH_AES_KEY only pushes in secure mode are served,
 * over HTTP access; with neither, only what the cloud itself delivers as a plain event. Over HTTP it never throws; a
 * cloud push that could not be dealt with is rejected, because the platform has no other word for it.
 */
export const createPushDoor = (ports: ServePorts, { deeds = createDeeds }: PushOptions = {}) => {
  const { clock, environment, cloud } = ports
  const frame = createFrame(ports)

  const received = (event: unknown): Received => {
    const keys = environment.pushKeys()
    if (keys !== undefined) return fromHttp(event, { keys, appid: environment.appid(), now: clock.now() })
    if (isHttpEvent(event)) throw pushRefused('it came over HTTP, but WEIXIN_PUSH_TOKEN is not set')
    const { userInfo: _byWeixin, ...message } = isObject(event) ? event : {}
    return { message }
  }

  const dealt = async (event: unknown, deadline: Deadline, note: (done: string) => void): Promise<string> => {
    const what = received(event)
    if ('echo' in what) {
      note('address check')
      return what.echo
    }
    const { message, nonce } = what
    const opened = open(cloud, deadline)
    const { source } = opened.caller
    // A signature cannot be forged, a plain event can be sent by anybody who may call the function.
    if (isClientSource(source) || (nonce === undefined && isHttpSource(source)))
      throw pushRefused(`it came by ${source}`)
    const appid = environment.appid()
    const pushed = readEvent(message, { appid, now: clock.now() })
    const { identities, users, pushNonces } = opened.stores
    if (nonce !== undefined && (await pushNonces.seen(nonce))) {
      note('seen before')
      return 'success'
    }
    note(await dealWith(pushed, { identities, users, appid, deeds: deeds(ports, opened, deadline) }))
    // Remembered only now: one that failed halfway is welcome again, and all that it does may be done twice. A plain
    // event has no signature to remember: there the time inside alone keeps it from what is newer.
    if (nonce !== undefined) await pushNonces.add(nonce, clock.now() + NONCE_MS)
    return 'success'
  }

  return async (event: unknown, context?: unknown): Promise<HttpReply | string> => {
    const trail = { hidden: [], line: { call: '(push)', detail: '' } }
    const framed = await frame(context, { transport: 'push', trail }, (deadline) =>
      dealt(event, deadline, (done) => {
        trail.line.detail = done
      }),
    )
    if (framed.ok) return isHttpEvent(event) ? textReply(200, framed.value) : framed.value
    const { refusal, requestId } = framed
    if (isHttpEvent(event)) {
      const status = refusal instanceof HttpRefusal ? refusal.status : statusFor[refusal.code]
      return textReply(status, refusal.code === 'NOT_PERMITTED' ? 'refused' : 'failed')
    }
    if (refusal.code === 'NOT_PERMITTED') return 'refused'
    throw new Error(`the push was not dealt with: the log has the reason under ${requestId}`)
  }
}

const fromHttp = (event: unknown, { keys, appid, now }: { keys: PushKeys; appid: string; now: number }): Received => {
  if (!isHttpEvent(event)) throw pushRefused('only pushes in secure mode are served')
  const request = parseHttp(event, { maxBytes: () => MAX_BYTES })
  const trust = { token: keys.token, now }
  if (request.method === 'GET') return echoed(request, trust)
  if (request.method !== 'POST') throw new HttpRefusal(405, 'only GET and POST are served here')
  // `signature` is there too, and holds without a word about the body: it is not enough.
  if (request.query('encrypt_type') !== 'aes') throw pushRefused('not in secure mode')
  const { Encrypt: encrypt } = parsePushText(request.body.toString('utf8')) ?? {}
  if (typeof encrypt !== 'string') throw pushRefused('no ciphertext')
  const stamp = stampOf(request, 'msg_signature')
  checkStamp(stamp, [encrypt], trust)
  const message = parsePushText(openEnvelope(encrypt, { key: keys.key, appid }))
  if (message === undefined) throw pushRefused('the message is neither JSON nor XML')
  return { message, nonce: `pushNonce:${stamp.signature}` }
}

/** WeChat asks once, when the address is entered in its console, whether we know the token. */
const echoed = (request: HttpRequest, trust: { token: PushKeys['token']; now: number }): Received => {
  checkStamp(stampOf(request, 'signature'), [], trust)
  const echo = request.query('echostr') ?? ''
  if (!/^[\w+/=-]{1,256}$/.test(echo)) throw pushRefused('an echostr out of shape')
  return { echo }
}

const stampOf = (request: HttpRequest, signature: 'signature' | 'msg_signature'): PushStamp => ({
  timestamp: request.query('timestamp') ?? '',
  nonce: request.query('nonce') ?? '',
  signature: request.query(signature) ?? '',
})
