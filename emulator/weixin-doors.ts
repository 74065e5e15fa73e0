// `Emulator.weixin`: WeChat's own side of things, for tests.

import type { State } from './state'
import type { Emulator } from './types'

export function createWeixinDoors(state: State): Emulator['weixin'] {
  const person = (account: string, app?: string) => [state.accounts.get(account).id, state.apps.get(app).appid] as const
  return {
    loginCode(account, app) {
      const [id, appid] = person(account, app)
      state.keys.login(id, appid)
      return state.codes.issue(id, appid)
    },
    sessionKey: (account, app) => state.keys.current(...person(account, app)),
    openid: (account, app) => state.apps.openid(...person(account, app)),
    unionid: (account) => state.apps.unionid(state.accounts.get(account).id),
    expireSessionKey: (account, app) => state.keys.expire(...person(account, app)),
    setBlocked: (account, blocked) => state.accounts.setBlocked(account, blocked),
    setBound: (app, bound) => state.apps.setBound(app, bound),
    flash: (account, { device = 'phone-1', app } = {}) => {
      const [id, appid] = person(account, app)
      return state.flash.raw({ device, account: id, appid })
    },
  }
}
