// What a push says: an event of WeChat's as one of the few that matter here.
// https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_mediacheckasync
// https://developers.weixin.qq.com/miniprogram/dev/server/event_push/platform/authorized_user_information_changes
import type { Forgotten, PushEvent } from '../core/push'
import { pushRefused } from '../core/push-envelope'
import { type Fields, isObject } from '../core/shape'

/** WeChat gives up on a push within minutes: what is older was kept by somebody else. */
const MAX_AGE_MS = 86_400_000

/**
 * RevokeInfo, and whose it is here: 6 nickname and avatar together, 8 the phone number, 14 a picture from album or
 * camera, 19 the nickname from the keyboard, 20 WeChat's avatar from the sheet. A chosen picture is the avatar: no other
 * is kept. The rest (addresses, positions, steps, files, …) is never asked for.
 */
const REVOKED: Readonly<Record<string, Partial<Forgotten>>> = {
  6: { nickname: true, avatar: true },
  8: { phone: true },
  14: { avatar: true },
  19: { nickname: true },
  20: { avatar: true },
}

/** What is about a person, and takes something away. */
const PERSONAL: readonly string[] = [
  'user_info_modified',
  'user_authorization_revoke',
  'user_authorization_cancellation',
]

/** Throws NOT_PERMITTED for what is another mini-program's, or from another day, or takes away and does not say when. */
export const readEvent = (message: Fields, { appid, now }: { appid: string; now: number }): PushEvent => {
  const { Event: event, CreateTime: createdAt, OpenID: openid, RevokeInfo: revoked } = message
  const name = typeof event === 'string' ? event : ''
  for (const key of ['appid', 'AppID', 'AppId']) {
    const value = message[key]
    if (value !== undefined && value !== appid) throw pushRefused('the event is of another mini-program')
  }
  const at = createdAt === undefined ? undefined : Math.floor(Number(createdAt)) * 1000
  // The time in the address is signed but could be swapped with the nonce; this one is inside.
  if (at !== undefined && !(Math.abs(now - at) <= MAX_AGE_MS)) throw pushRefused('the event is of another day')
  if (name === 'wxa_media_check') return verdictOf(message)
  const isPerson = typeof openid === 'string' && /^[\w-]{10,128}$/.test(openid)
  if (!isPerson || !PERSONAL.includes(name)) {
    return { kind: 'other', name: /^\w{1,64}$/.test(name) ? name : '(unnamed)' }
  }
  // WeChat always says it. Taken for "now", one that comes again would take what the person gave since.
  if (at === undefined) throw pushRefused('the event has no time')
  if (name === 'user_authorization_cancellation') return { kind: 'cancelled', openid, at }
  // WeChat cleared a risky profile and asks us to do the same: which of the two it was, it does not say.
  const what = name === 'user_info_modified' ? { phone: false, nickname: true, avatar: true } : forgottenOf(revoked)
  return { kind: 'forget', openid, what, at }
}

const forgottenOf = (revoked: unknown): Forgotten => {
  const codes = String(revoked ?? '').match(/\d+/g) ?? []
  const takes = (what: keyof Forgotten) => codes.some((code) => REVOKED[code]?.[what] === true)
  return { phone: takes('phone'), nickname: takes('nickname'), avatar: takes('avatar') }
}

/** Numbers are texts in XML. A picture that WeChat could not fetch (-1008) or judge has no verdict. */
const verdictOf = (message: Fields): PushEvent => {
  const { trace_id: traceId, errcode = 0, result } = message
  if (typeof traceId !== 'string' || !/^[\w-]{1,128}$/.test(traceId)) return { kind: 'other', name: 'wxa_media_check' }
  const suggest = Number(errcode) === 0 && isObject(result) ? result['suggest'] : undefined
  return { kind: 'verdict', traceId, verdict: suggest === 'pass' || suggest === 'risky' ? suggest : 'unclear' }
}
