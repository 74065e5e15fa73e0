// The handsets of the tests: a `wx` per launch, straight over the operations.

import type { DeviceOperations } from './device/operations'
import type { DevicePort, DeviceProfile } from './device/port'
import type { DeviceEnv } from './device/runtime'
import { createWx } from './device/wx'
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
    const port: DevicePort = {
      profile,
      storage: state.flash.entries(profile),
      call: (op, args) => operations.call(profile, op, args),
    }
    const { wx, setOnline } = createWx(port, env)
    // WeChat's typings name a thousand APIs; the ones that are not here throw when touched, which no type can say.
    return { wx: wx as unknown as WechatMiniprogram.Wx, setOnline }
  }
}
