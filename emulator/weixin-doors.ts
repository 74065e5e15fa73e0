// `Emulator.weixin`: WeChat's own side of things, for tests.

import { EmulatorError } from './errors'
import { NEWEST_LIBRARY } from './handsets'
import { grantPhone } from './phone-grant'
import type { Pushes } from './pushes'
import type { State } from './state'
import { PRIVACY_INTERFACES } from './state/consents'
import type { Clock, Emulator } from './types'

export function createWeixinDoors({
  state,
  clock,
  pushes,
}: {
  state: State
  clock: Clock
  pushes: Pushes
}): Emulator['weixin'] {
  const appidOf = (app?: string) => state.apps.get(app).appid
  const person = (account: string, app?: string) => [state.accounts.get(account).id, state.apps.get(app).appid] as const
  return {
    loginCode(account, app) {
      const [id, appid] = person(account, app)
      state.keys.login(id, appid)
      state.visits.seen(id, appid)
      return state.codes.issue(id, appid)
    },
    sessionKey: (account, app) => state.keys.current(...person(account, app)),
    sessionKeyState: (account, app) => state.keys.state(...person(account, app)),
    openid: (account, app) => state.apps.openid(...person(account, app)),
    unionid: (account) => state.apps.unionid(state.accounts.get(account).id),
    expireSessionKey: (account, app) => state.keys.expire(...person(account, app)),
    setBlocked: (account, blocked) => state.accounts.setBlocked(account, blocked),
    setBound: (app, bound) => state.apps.setBound(app, bound),
    rotateSessionKey: (account, app) => state.keys.rotate(...person(account, app)),
    phoneCode(account, app, { number: wanted, realtime = false } = {}) {
      const [id, appid] = person(account, app)
      const number = wanted === undefined ? state.numbers.of(id)[0] : state.numbers.find(id, wanted)
      if (number === undefined) throw new EmulatorError('BAD_REQUEST', `${id} has no such number: add it first`)
      const grant = { account: id, appid, number, realtime, libVersion: NEWEST_LIBRARY, cloud: true }
      const { code, ...rest } = grantPhone({ state, clock }, grant)
      if (code === undefined) throw new Error('the newest base library gives a code')
      return { code, ...rest }
    },
    addNumber: (account, number) => void state.numbers.add(state.accounts.get(account).id, number),
    phoneQuota: (app) => state.phoneService.quota(appidOf(app)),
    setPhoneQuota(left, app) {
      if (!Number.isSafeInteger(left) || left < 0)
        throw new EmulatorError('BAD_REQUEST', 'a quota is a whole number from 0')
      state.phoneService.setQuota(appidOf(app), left)
    },
    setEntitled: (entitled, app) => state.phoneService.setEntitled(appidOf(app), entitled),
    phoneOutcome: (app) => state.phoneService.outcome(appidOf(app)),
    setPhoneOutcome: (outcome, app) => state.phoneService.setOutcome(appidOf(app), outcome),
    profileService: (app) => state.profileServices.get(appidOf(app)),
    setProfileService: (changes, app) => state.profileServices.set(appidOf(app), changes),
    contentService: (app) => state.contentServices.get(appidOf(app)),
    setContentService: (changes, app) => state.contentServices.set(appidOf(app), changes),
    riskyWords: () => state.contentRules.words(),
    setRiskyWords: (words) => state.contentRules.setWords(words),
    setUnsafePicture: (picture, unsafe) => state.contentRules.setUnsafe(picture, unsafe),
    declarePrivacy(interfaces, app) {
      const unknown = interfaces.find((name) => !PRIVACY_INTERFACES.includes(name))
      if (unknown !== undefined)
        throw new EmulatorError('BAD_REQUEST', `${unknown} is none of ${PRIVACY_INTERFACES.join(', ')}`)
      state.consents.declare(appidOf(app), interfaces)
    },
    agreePrivacy: (account, app) => state.consents.agree(...person(account, app)),
    forgetConsent: (account, app) => state.consents.forget(...person(account, app)),
    push: (event, options) => pushes.push(event, options),
    accessToken: (app) => state.tokens.stable(appidOf(app)).token,
    endAccessTokens: (how, app) => state.tokens.end(appidOf(app), how),
    flash: (account, { device = 'phone-1', app } = {}) => {
      const [id, appid] = person(account, app)
      return state.flash.raw({ device, account: id, appid })
    },
    forget(account, { device = 'phone-1', app } = {}) {
      const [id, appid] = person(account, app)
      state.flash.clear({ device, account: id, appid })
    },
  }
}
