// wx.login with wx.checkSession.

import { inTime } from './in-time'
import { invoke } from './invoke'
import type { Runtime } from './runtime'

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
export function createLogin(runtime: Runtime) {
  const { env, network } = runtime
  return {
    /** `{ code }`; `timeout` in milliseconds. */
    login: (given?: unknown) =>
      invoke(runtime, 'login', given, async ({ timeout }) => {
        const answer = await inTime(env, timeout, network.ask('wx.login', {}))
        return { code: textField(answer, 'code') }
      }),
    /** Speaks about the key of the last code taken; the mere `fail` is the contract. */
    checkSession: (given?: unknown) =>
      invoke(runtime, 'checkSession', given, async () => {
        await network.ask('wx.checkSession', {})
        return {}
      }),
  }
}

function textField(value: unknown, name: string): string {
  const field: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (typeof field !== 'string') throw new Error(`the emulator answered without ${name}`)
  return field
}
