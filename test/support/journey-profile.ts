// Given for journeys of the profile: a person who is signed in, with a phone that takes pictures and sends them.
import type { AvatarTap, Emulator } from '../../emulator/types'
import type { Auth } from '../../miniprogram/auth/index'
import type { PictureType } from '../../typings/contract'
import { handset } from './journey'
import { pictureOf } from './pictures'

export interface Person {
  auth: Auth
  /** A path from `avatarUpload`; nothing lies there yet. */
  issued(type?: PictureType, size?: number): Promise<string>
  /** Sends these bytes to the path as a client can; a picture of this type unless said. */
  send(cloudPath: string, bytes?: Buffer): Promise<string>
  /** Both, of a picture that no two have the same. */
  upload(bytes?: Buffer): Promise<string>
}

export const personOf = async (emulator: Emulator, account = 'v1'): Promise<Person> => {
  const { auth } = handset(emulator, { account, device: account })
  await auth.signIn()
  const hand = emulator.device({ account, device: `${account}-camera` })
  hand.wx.cloud.init()
  const issued = async (type: PictureType = 'png', size = 64) =>
    (await auth.call('avatarUpload', { type, size })).cloudPath
  const send = async (cloudPath: string, bytes = pictureOf('png')) => {
    const picture: AvatarTap['picture'] = { name: 'mine.png', bytes }
    const chosen = await hand.tapAvatar({ picture })
    if (chosen === undefined) throw new Error('the sheet gave no picture')
    const { fileID } = await hand.wx.cloud.uploadFile({ cloudPath, filePath: chosen.avatarUrl })
    return fileID
  }
  const upload = async (bytes?: Buffer) => {
    const cloudPath = await issued()
    await send(cloudPath, bytes)
    return cloudPath
  }
  return { auth, issued, send, upload }
}

/** What WeChat signed and sealed for this account, as an older library hands it over. */
export const userInfoOf = async (emulator: Emulator, { account = 'v1', libVersion = '2.20.0' } = {}) => {
  const device = emulator.device({ account, device: `${account}-old`, libVersion })
  const detail =
    libVersion < '2.10.4'
      ? await device.tapUserInfo()
      : await device.tap(() => device.wx.getUserProfile({ desc: '用于显示头像和昵称' }))
  const { rawData, signature, encryptedData, iv } = detail as Record<string, unknown>
  const texts = { rawData, signature, encryptedData, iv }
  for (const [name, text] of Object.entries(texts)) if (typeof text !== 'string') throw new Error(`no ${name}`)
  return texts as { rawData: string; signature: string; encryptedData: string; iv: string }
}
