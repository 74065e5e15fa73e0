// The handsets of the tests: a `wx` per launch, straight over the operations.

import type { DeviceOperations } from './device/operations'
import type { DeviceAnswer, DevicePort, DeviceProfile } from './device/port'
import type { DeviceEnv } from './device/runtime'
import { createWx } from './device/wx'
import type { PhoneDetail } from './phone'
import type { AvatarDetail } from './profile'
import type { State } from './state'
import type { Device, DeviceOptions } from './types'

export const NEWEST_LIBRARY = '3.17.0'

/** Operations that may ask the person whether the mini-program gets their user information. */
const USER_INFO_ASKED: readonly string[] = ['wx.getUserProfile', 'wx.getUserInfo', 'button.getUserInfo']

/** Throws UNKNOWN_ACCOUNT, UNKNOWN_APP. */
export function profileOf(state: State, options: DeviceOptions): DeviceProfile {
  return {
    device: options.device ?? 'phone-1',
    account: state.accounts.get(options.account ?? 'v1').id,
    appid: state.apps.get(options.app).appid,
    libVersion: options.libVersion ?? NEWEST_LIBRARY,
    model: options.model ?? 'iPhone 15',
    platform: options.platform ?? 'ios',
    language: 'zh_CN',
    theme: 'light',
    envVersion: 'develop',
  }
}

export function createHandsets({
  state,
  operations,
  env,
}: {
  state: State
  operations: DeviceOperations
  env: DeviceEnv
}): (options?: DeviceOptions) => Device {
  return (options = {}) => {
    const profile = profileOf(state, options)
    const agreed = options.privacyDialog !== 'refuse'
    const { userInfoDialog = 'allow' } = options
    state.tempFiles.launch(profile)
    const port: DevicePort = {
      profile,
      storage: state.flash.entries(profile),
      // There is no screen: the person's answer to WeChat's own dialog was told beforehand.
      call(op, args) {
        if (op === 'privacy.dialog') return Promise.resolve({ ok: true, value: { agreed } })
        const told = USER_INFO_ASKED.includes(op) ? { ...Object(args), choose: userInfoDialog } : args
        return operations.call(profile, op, told)
      },
    }
    const { wx, setOnline, buttons, nickname, tapped } = createWx(port, env)
    const tap = async (openType: string, args: object): Promise<DeviceAnswer> => {
      const answer = buttons.tap(openType, args)
      if (answer === undefined) throw new Error(`base library ${profile.libVersion} has no button ${openType}`)
      return answer
    }
    return {
      // WeChat's typings name a thousand APIs; the ones that are not here throw when touched, which no type can say.
      wx: wx as unknown as WechatMiniprogram.Wx,
      setOnline,
      async tapPhone({ realtime = false, choose = 'bound', agrees = false } = {}) {
        if (agrees) await tap('agreePrivacyAuthorization', { buttonId: 'phone-button' })
        const answer = await tap(realtime ? 'getRealtimePhoneNumber' : 'getPhoneNumber', { choose })
        // The operation answers with the fields of the event.
        return answer.ok ? (answer.value as PhoneDetail) : answer.failure
      },
      async tapAgree(buttonId) {
        await tap('agreePrivacyAuthorization', { buttonId })
      },
      async tapAvatar({ choose = 'weixin', picture, agrees = false } = {}) {
        if (agrees) await tap('agreePrivacyAuthorization', { buttonId: 'avatar-button' })
        const own = picture && { name: picture.name, base64: Buffer.from(picture.bytes).toString('base64') }
        const answer = await tap('chooseAvatar', own === undefined ? { choose } : { picture: own })
        return answer.ok ? (answer.value as AvatarDetail) : undefined
      },
      async tapUserInfo() {
        const answer = await tap('getUserInfo', {})
        return { ...(answer.ok ? Object(answer.value) : answer.failure) }
      },
      tap(handler) {
        tapped()
        return handler()
      },
      async fillNickname(typed) {
        const offered = await nickname.offer()
        const text = typed ?? offered ?? ''
        const review = await nickname.review(text)
        return {
          value: review?.pass === false && !review.timeout ? '' : text,
          inputs: typed === undefined ? [] : [typed],
          ...(offered === undefined ? {} : { offered }),
          ...(review?.isHeard === true ? { review: { pass: review.pass, timeout: review.timeout } } : {}),
        }
      },
    }
  }
}
