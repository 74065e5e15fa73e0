// wx.getUserProfile and wx.getUserInfo, with the settings that went with the latter.

import { invoke, type Options } from './invoke'
import type { DeviceAnswer } from './port'
import type { Privacy } from './privacy'
import { answered, type Runtime, WxFailure } from './runtime'

export const USER_INFO_SINCE: Readonly<Record<string, string>> = {
  getUserInfo: '1.0.0',
  authorize: '1.2.0',
  getSetting: '1.2.0',
  getUserProfile: '2.10.4',
}

/** Characters of `desc`. https://developers.weixin.qq.com/miniprogram/dev/api/open-api/user-info/wx.getUserProfile.html */
const MAX_DESC = 30
const SCOPE = 'scope.userInfo'

export interface UserInfoPorts {
  privacy: Privacy
  /** Whether a tap is being handled. */
  isTapped(): boolean
  cloudEnabled(): boolean
}

export function createUserInfo(runtime: Runtime, { privacy, isTapped, cloudEnabled }: UserInfoPorts) {
  const { port, network } = runtime
  const ask = async (op: string, options: Options): Promise<object> => {
    const { libVersion } = port.profile
    const { withCredentials, desc } = options
    const how = { libVersion, desc, cloud: cloudEnabled(), withCredentials: withCredentials !== false }
    const value = await network.ask(op, how)
    return typeof value === 'object' && value !== null ? value : {}
  }
  const setting = async (): Promise<Record<string, boolean>> =>
    answered(await port.call('wx.getSetting', {})) as Record<string, boolean>

  const apis = {
    getUserProfile: (given?: unknown) => {
      // Told apart now: what follows happens after the handler.
      const byTap = isTapped()
      return invoke(runtime, 'getUserProfile', given, async (options) => {
        assertDesc(options['desc'])
        if (!byTap) throw new WxFailure({ errMsg: 'fail can only be invoked by user TAP gesture.' })
        await privacy.require('profile', 'getUserProfile')
        return ask('wx.getUserProfile', options)
      })
    },
    getUserInfo: (given?: unknown) =>
      invoke(runtime, 'getUserInfo', given, async (options) => {
        await privacy.require('profile', 'getUserInfo')
        return ask('wx.getUserInfo', options)
      }),
    getSetting: (given?: unknown) =>
      invoke(runtime, 'getSetting', given, async () => ({ authSetting: await setting() })),
    /** Asks nobody: the dialog of this scope came with the button only. */
    authorize: (given?: unknown) =>
      invoke(runtime, 'authorize', given, async ({ scope }) => {
        if (scope !== SCOPE) throw new WxFailure({ errMsg: `fail the emulator knows ${SCOPE} only` })
        if ((await setting())[SCOPE] !== true) throw new WxFailure({ errMsg: 'fail auth deny', errno: 103 })
        return {}
      }),
  }
  return {
    apis,
    /** A tap on `<button open-type="getUserInfo">`. */
    async button(args: object): Promise<DeviceAnswer> {
      try {
        await privacy.require('profile', 'button.getUserInfo')
        const value = await ask('button.getUserInfo', { ...args })
        return { ok: true, value: { ...value, errMsg: 'getUserInfo:ok' } }
      } catch (error) {
        if (!(error instanceof WxFailure)) throw error
        const { errMsg } = error.failure
        const named = errMsg.startsWith('fail') ? `getUserInfo:${errMsg}` : errMsg
        return { ok: false, failure: { ...error.failure, errMsg: named } }
      }
    },
  }
}

function assertDesc(desc: unknown): void {
  if (typeof desc !== 'string')
    throw new WxFailure({ errMsg: `fail parameter error: parameter.desc should be String instead of ${typeof desc};` })
  if (desc === '' || [...desc].length > MAX_DESC)
    throw new WxFailure({ errMsg: 'fail desc length does not meet the requirements' })
}
