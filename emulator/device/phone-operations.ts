// WeChat's side of the phone button: may the app ask, which numbers are offered, what the chosen one is worth.

import { EmulatorError } from '../errors'
import type { OfferedNumber, PhoneOffer } from '../phone'
import { grantPhone } from '../phone-grant'
import { DeviceRefusal } from '../stage'
import type { State } from '../state'
import type { Owner } from '../state/flash'
import { fullNumber, type PhoneNumber } from '../state/phone-numbers'
import type { Clock } from '../types'
import { type Operations, text } from './operation'
import type { DeviceFailure } from './port'
import { privacyRefusal } from './privacy-refusals'
import { disconnection } from './runtime'

/** The texts are WeChat's; the number of `no permission` is a guess. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
const DENIED: DeviceFailure = { errMsg: 'fail user deny' }
const NOT_ENTITLED: DeviceFailure = { errMsg: 'fail no permission', errno: 102 }
const NO_QUOTA: DeviceFailure = { errMsg: 'fail appid no enough quota', errno: 1_400_001 }

const OPEN_TYPES = ['getPhoneNumber', 'getRealtimePhoneNumber'] as const
type OpenType = (typeof OPEN_TYPES)[number]

export function createPhoneOperations({ state, clock }: { state: State; clock: Clock }): Operations {
  const { phoneService, numbers } = state

  /** Refuses what WeChat refuses before it asks anybody; what the person chooses when that was decided beforehand. */
  const gate = ({ appid }: Owner, api: OpenType): 'bound' | 'deny' | undefined => {
    const refuse = (failure: DeviceFailure) => {
      throw new DeviceRefusal({ ...failure, errMsg: `${api}:${failure.errMsg}` })
    }
    const outcome = phoneService.outcome(appid)
    if (outcome === 'offline') refuse(disconnection)
    if (outcome === 'undeclared') refuse(privacyRefusal('undeclared'))
    if (outcome === 'privacyRefused') refuse(privacyRefusal('refused'))
    if (outcome === 'notEntitled' || !phoneService.entitled(appid)) refuse(NOT_ENTITLED)
    if (outcome === 'noQuota' || phoneService.quota(appid) === 0) refuse(NO_QUOTA)
    if (outcome === 'allow') return 'bound'
    return outcome === 'deny' ? 'deny' : undefined
  }
  const chosenOf = (account: string, choose: string): PhoneNumber => {
    const found = choose === 'bound' ? numbers.of(account)[0] : numbers.find(account, choose)
    if (found === undefined) throw new EmulatorError('BAD_REQUEST', `${account} has no such number: add it first`)
    return found
  }
  const offer = (account: string): PhoneOffer => ({ numbers: numbers.of(account).map(offered) })

  const tap = (api: OpenType) => ({
    to: 'wx' as const,
    api,
    run(owner: Owner, args: Readonly<Record<string, unknown>>) {
      const choose = gate(owner, api) ?? text(args, 'choose')
      if (choose === 'deny') throw new DeviceRefusal({ ...DENIED, errMsg: `${api}:${DENIED.errMsg}` })
      const { account, appid } = owner
      const grant = grantPhone(
        { state, clock },
        {
          account,
          appid,
          number: chosenOf(account, choose),
          realtime: api === 'getRealtimePhoneNumber',
          libVersion: text(args, 'libVersion'),
          cloud: args['cloud'] === true,
        },
      )
      // The event is on its way: this is what WeChat charges for.
      phoneService.charge(appid)
      return grant
    },
  })
  return {
    'button.getPhoneNumber': tap('getPhoneNumber'),
    'button.getRealtimePhoneNumber': tap('getRealtimePhoneNumber'),
    /** What the dialog shows, for a host with a screen. */
    'phone.offer': {
      to: 'wx',
      api: 'getPhoneNumber',
      run(owner, args): PhoneOffer {
        const api = OPEN_TYPES.find((type) => type === args['openType'])
        if (api === undefined) throw new EmulatorError('BAD_REQUEST', 'a phone offer is for one of the phone buttons')
        const chosen = gate(owner, api)
        return chosen === undefined ? offer(owner.account) : { chosen }
      },
    },
    'phone.add': {
      to: 'wx',
      api: 'getPhoneNumber',
      run({ account }, args): PhoneOffer {
        numbers.add(account, text(args, 'number'))
        return offer(account)
      },
    },
  }
}

const offered = (number: PhoneNumber, index: number): OfferedNumber => ({
  number: number.countryCode === '86' ? number.pure : `+${number.countryCode} ${number.pure}`,
  masked: masked(number),
  bound: index === 0,
})

/** The first three and the last four, as the dialog shows them. */
function masked(number: PhoneNumber): string {
  const digits = fullNumber(number)
  const hidden = Math.max(1, digits.length - 7)
  return `${digits.slice(0, 3)}${'*'.repeat(hidden)}${digits.slice(3 + hidden)}`
}
