// WeChat's side of getUserInfo and getUserProfile: who is asked, and whether what is given is real.

import { EmulatorError } from '../errors'
import { faceOf } from '../pictures'
import { DeviceRefusal } from '../stage'
import type { State } from '../state'
import type { Owner } from '../state/flash'
import { grantUserInfo } from '../state/user-info'
import type { Clock } from '../types'
import { type Args, type Operations, text } from './operation'
import { atLeast } from './version'

/** From here on getUserProfile gives the anonymous user. https://developers.weixin.qq.com/community/develop/doc/00022c683e8a80b29bed2142b56c01 */
const PROFILE_ENDED = '2.27.1'
const SCOPE = 'scope.userInfo'

const ASKING = ['wx.getUserProfile', 'wx.getUserInfo', 'button.getUserInfo'] as const
type Asking = (typeof ASKING)[number]

/** What the dialog shows; absent when nobody is asked. */
export interface UserInfoOffer {
  ask?: { nickname: string; face: string }
}

export function createUserInfoOperations({ state, clock }: { state: State; clock: Clock }): Operations {
  const { profileServices, accounts } = state
  const isOld = ({ appid }: Owner) => profileServices.get(appid).userInfo === 'dialog'
  const granted = ({ account, appid }: Owner) => profileServices.scope(account, appid)

  /** getUserProfile asks every time; getUserInfo of an old program asks by its button, until the person says yes. */
  const isAsked = (op: Asking, owner: Owner, libVersion: string): boolean => {
    if (op === 'wx.getUserProfile') return !atLeast(libVersion, PROFILE_ENDED)
    return op === 'button.getUserInfo' && isOld(owner) && granted(owner) !== true
  }
  const give = (op: Asking, owner: Owner, args: Args) => {
    const { account, appid } = owner
    const libVersion = text(args, 'libVersion')
    const isProfile = op === 'wx.getUserProfile'
    const real = isProfile ? !atLeast(libVersion, PROFILE_ENDED) : isOld(owner)
    const grant = { account, appid, real, withIds: !isProfile, libVersion, cloud: args['cloud'] === true }
    const answer = grantUserInfo({ state, clock }, grant)
    if (isProfile || args['withCredentials'] !== false) return answer
    const { userInfo, rawData } = answer
    return { userInfo, rawData }
  }
  const ask = (op: Asking, api: string) => ({
    to: 'wx' as const,
    api,
    run(owner: Owner, args: Args) {
      const refuse = (why: string) => new DeviceRefusal({ errMsg: `${api}:fail ${why}` })
      if (isAsked(op, owner, text(args, 'libVersion'))) {
        const isAllowed = text(args, 'choose') === 'allow'
        if (op === 'button.getUserInfo') profileServices.setScope(owner.account, owner.appid, isAllowed)
        if (!isAllowed) throw refuse('auth deny')
      } else if (op === 'wx.getUserInfo' && isOld(owner) && granted(owner) !== true) throw refuse('scope unauthorized')
      return give(op, owner, args)
    },
  })
  return {
    'wx.getUserProfile': ask('wx.getUserProfile', 'getUserProfile'),
    'wx.getUserInfo': ask('wx.getUserInfo', 'getUserInfo'),
    'button.getUserInfo': ask('button.getUserInfo', 'getUserInfo'),
    /** The settings of a new program say that the scope is granted: nobody is asked for it any more. */
    'wx.getSetting': {
      to: 'wx',
      api: 'getSetting',
      run(owner): Record<string, boolean> {
        if (!isOld(owner)) return { [SCOPE]: true }
        const answer = granted(owner)
        return answer === undefined ? {} : { [SCOPE]: answer }
      },
    },
    /** What the dialog shows, for a host with a screen. */
    'userInfo.offer': {
      to: 'wx',
      api: 'getUserInfo',
      run(owner, args): UserInfoOffer {
        const op = ASKING.find((known) => known === args['op'])
        if (op === undefined) throw new EmulatorError('BAD_REQUEST', `\`op\` is one of ${ASKING.join(', ')}`)
        if (!isAsked(op, owner, text(args, 'libVersion'))) return {}
        const { nickname } = accounts.get(owner.account)
        const { bytes } = faceOf(owner.account)
        return { ask: { nickname, face: `data:image/png;base64,${bytes.toString('base64')}` } }
      },
      shown: { reply: (value) => ({ asks: Reflect.has(Object(value), 'ask') }) },
    },
  }
}
