// <button open-type="chooseAvatar">: one choice at a time, a temporary file or nothing at all.

import type { DeviceAnswer, DeviceFailure } from './port'
import type { Privacy } from './privacy'
import { answered, type Runtime, WxFailure } from './runtime'

const API = 'chooseAvatar'

/**
 * A failure fires no event; it is for the console. The choice needs no network: the pictures lie on the handset.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/userProfile.html
 */
export function createAvatarButton({ port }: Runtime, privacy: Privacy): (args: object) => Promise<DeviceAnswer> {
  let isChoosing = false
  return async (args) => {
    if (isChoosing) return failed({ errMsg: `fail another ${API} is in progress` })
    isChoosing = true
    try {
      await privacy.require('profile', `button.${API}`)
      const { libVersion, platform } = port.profile
      const value = answered(await port.call(`button.${API}`, { ...args, libVersion, platform }))
      return { ok: true, value }
    } catch (error) {
      if (error instanceof WxFailure) return failed(error.failure)
      throw error
    } finally {
      isChoosing = false
    }
  }
}

const failed = (failure: DeviceFailure): DeviceAnswer => {
  const { errMsg } = failure
  return { ok: false, failure: { ...failure, errMsg: errMsg.startsWith('fail') ? `${API}:${errMsg}` : errMsg } }
}
