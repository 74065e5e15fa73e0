// What the page of the phone number shows, from what is so: no `wx`, no time, no effect.
import type { AuthState, User } from '../../auth/index'
import type { AskFailure } from '../../components/phone-button/ask'
import type { Words } from '../../i18n/index'
import { factsOf } from '../facts'

/** What a tap on the action of the notice does. */
export type Deed = '' | 'retry' | 'copy' | 'read'

/** Which way to the number is open: the usual one, the stricter one, or another number in the place of this one. */
export type Way = 'quick' | 'strict' | 'change'

/** What the page itself remembers beside the state of the library. */
export interface Local {
  way: Way
  /** The number is another account's; with the proof of a real-time verification it can be moved. */
  taken?: { proof?: string } | undefined
  /** An action of this page is under way. */
  busy?: 'signIn' | 'remove' | 'take' | undefined
  /** The button hands a number over, or keeps one that waits for the network: no other way meanwhile. */
  isHeld: boolean
  failure?: AskFailure | undefined
  /** Which action of this page failed so; empty: it failed at a button that is its own retry. */
  failed: '' | 'remove' | 'take'
}

/** Exactly what the template reads; flat, so that only what changed is sent to it. */
export interface View {
  scene: 'restoring' | 'guest' | 'ask' | 'bound' | 'taken'
  heading: string
  lead: string
  masked: string
  /** Label of the one main button. */
  button: string
  off: boolean
  /** Whether that button is the phone's own, real-time or quick. */
  asks: '' | 'quick' | 'realtime'
  /** The second button; empty while a number that is paid for would be lost by going back. */
  back: string
  /** Whether the row that leads to the stricter way is there. */
  offersStrict: boolean
  removeLabel: string
  notice: string
  noticeTone: 'warn' | 'bad'
  noticeAction: string
  noticeDeed: Deed
  noticeBusy: boolean
  facts: string[]
}

export interface Given {
  words: Words
  contact: string
  /** Base library 2.24.4 and later. */
  hasRealtime: boolean
}

export const EMPTY: View = {
  scene: 'restoring',
  heading: '',
  lead: '',
  masked: '',
  button: '',
  off: false,
  asks: '',
  back: '',
  offersStrict: false,
  removeLabel: '',
  notice: '',
  noticeTone: 'warn',
  noticeAction: '',
  noticeDeed: '',
  noticeBusy: false,
  facts: [],
}

const HOME_COUNTRY = '86'

const maskedOf = ({ masked, countryCode }: NonNullable<User['phone']>): string =>
  countryCode === HOME_COUNTRY ? masked : `+${countryCode} ${masked}`

const noticeOf = ({ words, contact }: Given, failure: AskFailure, { failed, busy }: Local): Partial<View> => {
  const { actions, errors, phoneErrors, phoneKept, say } = words
  const { what, todo } = phoneErrors[failure.code] ?? errors[failure.code]
  if (failure.isKept && failure.code !== 'RATE_LIMITED') {
    return { notice: say.withWay(failure.code === 'WECHAT_BUSY' ? phoneKept.what : what, phoneKept.todo) }
  }
  const notice = say.withWay(what, todo)
  if (failure.remedy === 'retry') {
    if (!failed) return { notice }
    const noticeBusy = busy === failed
    return { notice, noticeAction: noticeBusy ? actions.retrying : actions.retry, noticeDeed: 'retry', noticeBusy }
  }
  if (failure.code === 'PRIVACY_DENIED') {
    return { notice, noticeAction: errors.PRIVACY_DENIED.action, noticeDeed: 'read' }
  }
  if (failure.remedy !== 'stop') return { notice }
  return {
    notice,
    noticeTone: 'bad',
    facts: factsOf(words, contact, failure),
    noticeAction: actions.copy,
    noticeDeed: 'copy',
  }
}

const guest = ({ words }: Given, isBusy: boolean): View => ({
  ...EMPTY,
  scene: 'guest',
  heading: words.phone.guestTitle,
  lead: words.phone.guestLead,
  button: isBusy ? words.home.signingIn : words.home.signIn,
  off: isBusy,
  back: words.phone.notNow,
})

const taken = ({ words, hasRealtime }: Given, { taken, busy, isHeld }: Local): View => {
  const { phone } = words
  const view: View = { ...EMPTY, scene: 'taken', heading: phone.takenTitle, back: isHeld ? '' : phone.takenOther }
  if (taken?.proof !== undefined) {
    const isBusy = busy === 'take'
    return {
      ...view,
      lead: phone.takeLead,
      button: isBusy ? phone.working : phone.take,
      off: isBusy,
      back: isBusy ? '' : phone.takenOther,
    }
  }
  if (!hasRealtime) return { ...view, lead: phone.takenLeadPlain }
  return { ...view, lead: phone.takenLead, button: phone.takenVerify, asks: 'realtime' }
}

const member = (given: Given, local: Local, user: User): View => {
  const { phone } = given.words
  const { way, isHeld } = local
  const view: View = { ...EMPTY, masked: user.phone ? maskedOf(user.phone) : '' }
  if (user.phone && way !== 'change') {
    return {
      ...view,
      scene: 'bound',
      heading: phone.boundTitle,
      lead: phone.boundLead,
      removeLabel: local.busy === 'remove' ? phone.removing : phone.removeRow,
    }
  }
  const asking: View = { ...view, scene: 'ask', asks: given.hasRealtime ? 'realtime' : 'quick' }
  if (way === 'change') {
    return {
      ...asking,
      heading: phone.changeTitle,
      lead: phone.changeLead,
      button: phone.strict,
      back: isHeld ? '' : phone.changeBack,
    }
  }
  if (way === 'strict') {
    return {
      ...asking,
      heading: phone.strictTitle,
      lead: phone.strictLead,
      button: phone.strict,
      back: isHeld ? '' : phone.strictBack,
    }
  }
  return {
    ...asking,
    asks: 'quick',
    heading: phone.askTitle,
    lead: phone.askLead,
    button: phone.ask,
    back: phone.notNow,
    offersStrict: given.hasRealtime && !isHeld,
  }
}

/** The one place that decides what stands on the page. */
export const present = (given: Given, state: AuthState, local: Local): View => {
  if (state.status === 'restoring') return EMPTY
  const user = 'user' in state ? state.user : undefined
  const view = user
    ? local.taken
      ? taken(given, local)
      : member(given, local, user)
    : guest(given, local.busy === 'signIn' || state.status === 'signingIn')
  const failure = local.failure ?? (!user && state.status === 'failed' ? state : undefined)
  return failure ? { ...view, ...noticeOf(given, failure, local) } : view
}
