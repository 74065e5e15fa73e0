// The user information of older libraries: signed and sealed, real or WeChat's anonymous one.

import { createHash, randomBytes } from 'node:crypto'
import { ANONYMOUS_FACE, ANONYMOUS_NAME } from '../anonymous'
import { atLeast } from '../device/version'
import { hashOf, sealOpenData } from '../open-data'
import { faceOf, greyFace } from '../pictures'
import type { State } from '../state'
import type { Clock } from '../types'

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/user-info/UserInfo.html; the order is that of `rawData`. */
export interface UserInfo {
  nickName: string
  gender: 0
  language: 'zh_CN' | ''
  city: ''
  province: ''
  country: ''
  avatarUrl: string
  /** Seen on what is not real. */
  is_demote?: true
}

export interface UserInfoAnswer {
  userInfo: UserInfo
  /** JSON text of `userInfo`. */
  rawData: string
  /** Hex SHA-1 over rawData and the text of the session_key. */
  signature: string
  encryptedData: string
  iv: string
  cloudID?: string
}

/** What the anonymous user has been seen with; its face is the same for everybody. */
const ANONYMOUS: UserInfo = {
  ...{ nickName: ANONYMOUS_NAME, gender: 0, language: '', city: '', province: '', country: '' },
  avatarUrl: ANONYMOUS_FACE,
  is_demote: true,
}
/** Where WeChat keeps faces; the emulator gives them under its own address, with the same paths. */
export const PICTURE_SERVER = 'https://thirdwx.qlogo.cn'
const FACES = `${PICTURE_SERVER}/mmopen/vi_32/`
/** `cloudID` in open data. */
const CLOUD_ID_SINCE = '2.7.0'

export interface UserInfoGrant {
  account: string
  appid: string
  /** False: the anonymous user. */
  real: boolean
  /** `getUserInfo` seals openId and unionId with it, `getUserProfile` does not. */
  withIds: boolean
  libVersion: string
  /** `wx.cloud.init` was called: then there is a CloudID. */
  cloud: boolean
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
export function grantUserInfo({ state, clock }: { state: State; clock: Clock }, grant: UserInfoGrant): UserInfoAnswer {
  const { account, appid, real, withIds, libVersion, cloud } = grant
  const userInfo = real ? userInfoOf(state, account) : ANONYMOUS
  const rawData = JSON.stringify(userInfo)
  const key = sealingKey(state, account, appid)
  const { bound } = state.apps.get(appid)
  const ids = {
    openId: state.apps.openid(account, appid),
    ...(bound ? { unionId: state.apps.unionid(account) } : {}),
  }
  const watermark = { timestamp: Math.floor(clock.now() / 1000), appid }
  const data = { ...(withIds ? ids : {}), ...userInfo, watermark }
  const sealed = sealOpenData(data, key)
  state.sealed.remember(hashOf(sealed.encryptedData), appid)
  const hasCloudID = cloud && atLeast(libVersion, CLOUD_ID_SINCE)
  return {
    userInfo,
    rawData,
    signature: createHash('sha1')
      .update(rawData + key)
      .digest('hex'),
    ...sealed,
    ...(hasCloudID ? { cloudID: state.cloudIDs.issue(account, appid, data) } : {}),
  }
}

const userInfoOf = (state: State, account: string): UserInfo => ({
  nickName: state.accounts.get(account).nickname,
  gender: 0,
  language: 'zh_CN',
  city: '',
  province: '',
  country: '',
  avatarUrl: faceUrl(account),
})

/** Where the face of this person lies on WeChat's servers. */
const faceUrl = (account: string): string =>
  `${FACES}${createHash('sha256').update(`face ${account}`).digest('hex')}/132`

/** The picture at such an address, a PNG; undefined when nobody's face lies there. */
export function faceAt(state: Pick<State, 'accounts'>, url: string): Buffer | undefined {
  if (url === ANONYMOUS_FACE) return greyFace().bytes
  const owner = state.accounts.all().find(({ id }) => faceUrl(id) === url)
  return owner === undefined ? undefined : faceOf(owner.id).bytes
}

/** Who never logged in, or whose key died, gets data that no server can open: only a fresh login helps. */
function sealingKey(state: State, account: string, appid: string): string {
  const current = state.keys.state(account, appid) === 'alive' ? state.keys.current(account, appid) : undefined
  return current ?? randomBytes(16).toString('base64')
}
