// The user information of older libraries as WeChat signs and seals it, by code that shares nothing with what opens it.
import { createHash } from 'node:crypto'
import { seal } from './sealed'
import { ALICE, APPID, keyOf } from './server'

export const FACE_URL = 'https://thirdwx.qlogo.cn/mmopen/vi_32/Q0j4TwGTfTK2RLrF/132'

export interface UserInfoOptions {
  /** Milliseconds. */
  at: number
  key?: string
  appid?: string
  /** Null: none, as from getUserProfile. */
  openId?: string | null
  /** Over the person's own. */
  info?: Record<string, unknown>
}

/** What the four fields of the call `userInfo` hold after a tap. */
export const userInfoOf = ({ at, key = keyOf(ALICE), appid = APPID, openId = ALICE, info }: UserInfoOptions) => {
  const person = { nickName: '小明', gender: 1, language: 'zh_CN', city: '', avatarUrl: FACE_URL, ...info }
  const rawData = JSON.stringify(person)
  const watermark = { timestamp: Math.floor(at / 1000), appid }
  return {
    rawData,
    signature: createHash('sha1').update(`${rawData}${key}`).digest('hex'),
    ...seal(key, { ...(openId !== null && { openId }), ...person, watermark }),
  }
}
