// The phone button and the privacy protocol as devices, doors and the phone in the browser speak of them. Types only.

/** What `event.detail` of the phone button carries. */
export interface PhoneDetail {
  errMsg: string
  errno?: number
  /** Since base library 2.21.2. */
  code?: string
  /** Not with the real-time variant. */
  encryptedData?: string
  iv?: string
  /** Where cloud is enabled. */
  cloudID?: string
}

/**
 * What taps on the phone button end with, whatever the person would choose: `ask` shows the dialog.
 * `noQuota` 1400001, `undeclared` 112, `privacyRefused` 104, `notEntitled` 102, `offline` a network failure.
 */
export type PhoneOutcome =
  | 'ask'
  | 'allow'
  | 'deny'
  | 'noQuota'
  | 'undeclared'
  | 'privacyRefused'
  | 'notEntitled'
  | 'offline'

export interface PhoneTap {
  /** `getRealtimePhoneNumber`; `getPhoneNumber` unless said. */
  realtime?: boolean
  /** What the person does in the dialog: takes the bound number, another of their own by its digits, or none. `bound` unless said. */
  choose?: string
  /** The open-type is combined with `agreePrivacyAuthorization`: the consent comes first. */
  agrees?: boolean
}

/** One number in the dialog of the phone button. */
export interface OfferedNumber {
  /** What `choose` wants. */
  number: string
  /** `120****0001` */
  masked: string
  bound: boolean
}

/** What WeChat says when the button is tapped: the dialog's numbers, or an end that was chosen beforehand. */
export type PhoneOffer = { numbers: OfferedNumber[] } | { chosen: 'bound' | 'deny' }

export type PrivacyInterface = 'phone' | 'profile' | 'clipboard' | 'album'

/** `silent`: the person refused less than ten seconds ago. */
export type PrivacyStanding = 'agreed' | 'ask' | 'silent' | 'undeclared'
