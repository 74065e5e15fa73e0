// How each call may be sent, pinned to the contract.
import type { Call, Contract, Policy, PolicyOf } from '../../../typings/contract'

const table: PolicyOf = {
  login: { safe: true, replay: false, code: 'required' },
  profile: { safe: true, replay: true, code: 'allowed' },
  'profile.save': { safe: false, replay: true, code: 'refused' },
  phone: { safe: false, replay: true, code: 'refused' },
  avatarUpload: { safe: false, replay: true, code: 'refused' },
  userInfo: { safe: false, replay: true, code: 'refused' },
  sessions: { safe: true, replay: true, code: 'allowed' },
  signOut: { safe: true, replay: true, code: 'refused' },
  deleteAccount: { safe: false, replay: false, code: 'beside' },
}

/** `profile` with nothing in it reads, with anything in it saves. */
export const policyOf = <K extends Call>(call: K, data: Contract[K]['request']): Policy =>
  table[call === 'profile' && Object.keys(data).length > 0 ? 'profile.save' : call]
