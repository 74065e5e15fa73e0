// The user information of older libraries: signed, sealed, and often WeChat's anonymous user instead of a person.
// https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
import { createHash, timingSafeEqual } from 'node:crypto'
import { Refusal } from './errors'
import { openidIdentity } from './identities'
import type { Secret } from './secret'
import type { Fields } from './shape'
import { checkWatermark } from './watermark'

/** Whether WeChat signed this: hex SHA-1 over rawData and the text of the session_key, compared in constant time. */
export const isSigned = (rawData: string, signature: string, key: Secret): boolean => {
  const expected = createHash('sha1')
    .update(rawData + key.reveal())
    .digest()
  const given = Buffer.from(/^[0-9a-f]{40}$/.test(signature) ? signature : '', 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** What WeChat gives instead of a person: not a name, and not a face. */
const ANONYMOUS_NAMES: readonly unknown[] = ['微信用户', 'WeChat User', '']
const GREY_FACES = [
  'icTdbqWNOwNRna42FI242Lcia07jQodd2FJGIYQfG0LAJGFxM4FbnQP6yfMxBgJ0F3YRqJCJ1aPAK2dQagdusBZg',
  'POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg',
]

/** What is known of a person; what is anonymous is absent. */
export interface Known {
  nickname?: string
  /** Where WeChat keeps the face. */
  face?: string
}

export interface ExpectedOwner {
  appid: string
  now: number
  /** The `o:` identity of the session. */
  identity: string
}

/** Reads what was sealed. DATA_MISMATCH when it is for another mini-program, too old, or of another person. */
export const readUserInfo = (data: Fields, { appid, now, identity }: ExpectedOwner): Known => {
  checkWatermark(data, { appid, now })
  const { openId, nickName, avatarUrl } = data
  // getUserProfile seals no openId; a unionId in here is not looked at, whoever it is.
  if (openId !== undefined && (typeof openId !== 'string' || openidIdentity(appid, openId) !== identity)) {
    throw new Refusal('DATA_MISMATCH', 'the user information is of another person')
  }
  if (typeof nickName !== 'string' || ANONYMOUS_NAMES.includes(nickName)) return {}
  const isFace =
    typeof avatarUrl === 'string' && avatarUrl !== '' && !GREY_FACES.some((grey) => avatarUrl.includes(grey))
  return { nickname: nickName, ...(isFace && { face: avatarUrl }) }
}
