// The handsets of the tests: a `wx` per launch, straight over the operations.

import type { DeviceOperations } from './device/operations'
import type { DeviceAnswer, DevicePort, DeviceProfile } from './device/port'
import type { DeviceEnv } from './device/runtime'
import { createWx } from './device/wx'
import type { PhoneDetail } from './phone'
import type { State } from './state'
import type { Device, DeviceOptions } from './types'

export const NEWEST_LIBRARY = '3.17.0'

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
    const port: DevicePort = {
      profile,
      storage: state.flash.entries(profile),
      // There is no screen: the person's answer to WeChat's own dialog was told beforehand.
      call: (op, args) =>
        op === 'privacy.dialog' ? Promise.resolve({ ok: true, value: { agreed } }) : operations.call(profile, op, args),
    }
    const { wx, setOnline, buttons } = createWx(port, env)
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
    }
  }
}
