// What the chips about the phone number do: what taps end with, the quota, the consent, the key.

import type { PhoneOutcome } from '../../phone'
import type { Stand } from '../shell/stand'
import type { Deed } from './deeds'
import type { Doors } from './doors'

/** What WeChat gives every mini-program for a start. */
const FULL = 1000

const OUTCOMES: readonly PhoneOutcome[] = [
  'ask',
  'allow',
  'deny',
  'noQuota',
  'undeclared',
  'privacyRefused',
  'notEntitled',
  'offline',
]

export interface PhoneDeeds {
  /** One of them is chosen at any time. */
  outcomes: readonly Deed[]
  quota: readonly Deed[]
  person: readonly Deed[]
}

export const createPhoneDeeds = (doors: Doors, stand: Stand): PhoneDeeds => ({
  outcomes: OUTCOMES.map(
    (outcome): Deed => ({
      name: `phone-${outcome}`,
      isOn: ({ phone }) => phone?.outcome === outcome,
      // A lit chip goes out when it is tapped again; then the person is asked, as on the first day.
      press: ({ phone }) => doors.setPhoneOutcome(phone?.outcome === outcome ? 'ask' : outcome),
    }),
  ),
  quota: [
    {
      name: 'quota-empty',
      isOn: ({ phone }) => phone?.quota === 0,
      press: ({ phone }) => doors.setPhoneQuota(phone?.quota === 0 ? FULL : 0),
    },
    {
      name: 'quota-refill',
      isOff: ({ phone }) => phone?.quota === FULL,
      press: () => doors.setPhoneQuota(FULL),
    },
  ],
  person: [
    { name: 'consent-forget', press: () => doors.forgetConsent(stand.options.account) },
    {
      name: 'key-rotate',
      isOff: ({ sessionKey }) => sessionKey === 'none',
      press: () => doors.rotateSessionKey(stand.options.account),
    },
  ],
})
