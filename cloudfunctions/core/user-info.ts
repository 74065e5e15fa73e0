// The user information of older libraries: signed, sealed, and often WeChat's anonymous user instead of a person.
// https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
import { createHash, timingSafeEqual } from 'node:crypto'
import { openidIdentity } from './identities'
import type { Secret } from './secret'
import { type Fields, isObject } from './shape'
import { checkWatermark, type Expected } from './watermark'

/** Whether WeChat signed this: hex SHA-1 over rawData and the text of the session_key, compared in constant time. */
export const isSigned = (rawData: string, signature: string, key: Secret): boolean => {
  const expected = createHash('sha1')
    .update(rawData + key.reveal())
    .digest()
  const given = Buffer.from(/^[0-9a-f]{40}$/.test(signature) ? signature : '', 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export interface Signed {
  rawData: string
  signature: string
}

export interface Owner {
  appid: string
  /** The `o:` identity of the session. */
  identity: string
}

/**
 * Whether WeChat's signature stands behind what was opened. CBC has no MAC, and whoever bends the iv bends the first
 * block without a trace: so what is sealed has to say what is signed, and nothing that neither is signed nor comes
 * with the openId of the session. A unionId in here is not looked at, whoever it is.
 */
export const isVouched = (
  { rawData, signature }: Signed,
  data: Fields,
  key: Secret,
  { appid, identity }: Owner,
): boolean => {
  if (!isSigned(rawData, signature, key)) return false
  const raw = parsed(rawData)
  if (raw === undefined) return false
  const isSame = Object.entries(raw).every(([name, value]) => JSON.stringify(data[name]) === JSON.stringify(value))
  const { openId } = data
  // getUserProfile seals no openId.
  if (openId === undefined) {
    return isSame && Object.keys(data).every((name) => name === 'watermark' || Object.hasOwn(raw, name))
  }
  return isSame && typeof openId === 'string' && openidIdentity(appid, openId) === identity
}

const parsed = (text: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
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

/** Reads what was sealed and vouched for. DATA_MISMATCH when it is for another mini-program, or too old. */
export const readUserInfo = (data: Fields, expected: Expected): Known => {
  checkWatermark(data, expected)
  const { nickName, avatarUrl, is_demote: isDemoted } = data
  // WeChat's own word for it, where it says so.
  if (isDemoted === true) return {}
  if (typeof nickName !== 'string' || ANONYMOUS_NAMES.includes(nickName)) return {}
  const isFace =
    typeof avatarUrl === 'string' && avatarUrl !== '' && !GREY_FACES.some((grey) => avatarUrl.includes(grey))
  return { nickname: nickName, ...(isFace && { face: avatarUrl }) }
}
