// Buttons with an open-type: what a tap on one does on this handset.

import { createAvatarButton } from './avatar-button'
import { knowsOpenTypes } from './components'
import type { DeviceAnswer, DeviceFailure } from './port'
import type { Privacy } from './privacy'
import { type Runtime, WxFailure } from './runtime'

export interface Buttons {
  /**
   * What the event of this open-type carries, or its failure; undefined where the base library does not know it, and
   * then nothing happens. `together` are all open-types of the button.
   */
  tap(openType: string, args: object, together?: readonly string[]): Promise<DeviceAnswer> | undefined
}

export interface ButtonPorts {
  privacy: Privacy
  /** `wx.cloud.init` was called. */
  cloudEnabled(): boolean
  userInfo(args: object): Promise<DeviceAnswer>
}

export function createButtons(runtime: Runtime, { privacy, cloudEnabled, userInfo }: ButtonPorts): Buttons {
  const { port, network } = runtime
  const avatar = createAvatarButton(runtime, privacy)

  /** The person is asked by the host of the port, which adds what was chosen. */
  const phone = async (openType: string, args: object): Promise<DeviceAnswer> => {
    const named = (failure: DeviceFailure): DeviceFailure => {
      const { errMsg } = failure
      return { ...failure, errMsg: errMsg.startsWith('fail') ? `${openType}:${errMsg}` : errMsg }
    }
    try {
      await privacy.require('phone', `button.${openType}`)
      const { libVersion } = port.profile
      const value = await network.ask(`button.${openType}`, { ...args, libVersion, cloud: cloudEnabled() })
      return { ok: true, value: Object.assign({}, value, { errMsg: `${openType}:ok` }) }
    } catch (error) {
      if (error instanceof WxFailure) return { ok: false, failure: named(error.failure) }
      throw error
    }
  }
  const agree = async (args: object): Promise<DeviceAnswer> => {
    const buttonId: unknown = Reflect.get(args, 'buttonId')
    await privacy.tapped(typeof buttonId === 'string' ? buttonId : '')
    return { ok: true, value: {} }
  }
  return {
    tap(openType, args, together = [openType]) {
      if (!knowsOpenTypes(together, runtime.atLeast)) return undefined
      if (openType === 'agreePrivacyAuthorization') return agree(args)
      if (openType === 'getPhoneNumber' || openType === 'getRealtimePhoneNumber') return phone(openType, args)
      return openType === 'chooseAvatar' ? avatar(args) : userInfo(args)
    },
  }
}
