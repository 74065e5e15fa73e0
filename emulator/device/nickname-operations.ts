// WeChat's side of <input type="nickname">: whose name it is, and whether a typed one is fit to be shown.

import type { State } from '../state'
import { type Operations, text } from './operation'

export interface NicknamePorts {
  services: State['profileServices']
  accounts: State['accounts']
  rules: State['contentRules']
}

export function createNicknameOperations({ services, accounts, rules }: NicknamePorts): Operations {
  return {
    'input.offerNickname': {
      to: 'wx',
      api: 'input',
      run: ({ account }) => accounts.get(account).nickname,
    },
    /** `pass`, `unsafe`, or `late`: no answer in time. */
    'input.reviewNickname': {
      to: 'wx',
      api: 'input',
      run({ appid }, args) {
        const value = text(args, 'value')
        const outcome = services.get(appid).nickname
        if (outcome === 'timeout') return 'late'
        if (outcome === 'check') return rules.isRisky(value) ? 'unsafe' : 'pass'
        return outcome
      },
    },
  }
}
