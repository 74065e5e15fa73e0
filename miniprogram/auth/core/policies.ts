// How each call may be sent, pinned to the contract.
import type { Call, Policy, PolicyOf } from '../../../typings/contract'

const table: PolicyOf = {
  login: { safe: true, replay: false, code: 'required' },
  profile: { safe: true, replay: true, code: 'allowed' },
  phone: { safe: false, replay: true, code: 'refused' },
  signOut: { safe: true, replay: true, code: 'refused' },
}

export const policyOf = (call: Call): Policy => table[call]
