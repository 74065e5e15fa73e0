// What the page of the account shows, from what is so: no `wx`, no time, no effect.
import type { AuthState, Failure, User } from '../../auth/index'
import { hasPicture } from '../../components/avatar-picker/face'
import type { Sentence, Words } from '../../i18n/index'
import { factsOf } from '../facts'
import { type Row, rowsOf, type Session } from './devices'

/** What a tap on the action of the notice does. */
export type Deed = '' | 'load' | 'again' | 'copy'

/** What the user is about to end; `others` are all the other devices, anything else a handle. */
export type Ending = { kind: 'one'; handle: string } | { kind: 'others' } | { kind: 'erase' }

/** What the page itself remembers beside the state of the library. */
export interface Local {
  /** Undefined: nobody has told yet. */
  sessions?: readonly Session[] | undefined
  isLoading: boolean
  busy?: 'signIn' | 'signOut' | Ending | undefined
  /** The user reads what will be erased. */
  isLeaving: boolean
  /** The account is no more. */
  isGone: boolean
  /** An erasure was not answered: it may have happened. */
  isUnsure: boolean
  failure?: Failure | undefined
  /** What failed so; undefined: it was the reading of the list, or a sign-in. */
  failed?: Ending | undefined
}

/** Exactly what the template reads; flat, so that only what changed is sent to it. */
export interface View {
  scene: 'restoring' | 'guest' | 'devices' | 'erase' | 'goodbye'
  heading: string
  lead: string
  button: string
  off: boolean
  /** Nothing is known of the devices, and they are asked for. */
  isBlank: boolean
  rows: Row[]
  isAlone: boolean
  othersLabel: string
  signOutLabel: string
  /** What will be erased. */
  points: string[]
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
}

export const EMPTY: View = {
  scene: 'restoring',
  heading: '',
  lead: '',
  button: '',
  off: false,
  isBlank: false,
  rows: [],
  isAlone: false,
  othersLabel: '',
  signOutLabel: '',
  points: [],
  notice: '',
  noticeTone: 'warn',
  noticeAction: '',
  noticeDeed: '',
  noticeBusy: false,
  facts: [],
}

const isEnding = (busy: Local['busy']): busy is Ending => typeof busy === 'object'

const sentenceOf = ({ account, errors }: Words, { code, remedy }: Failure, { isUnsure }: Local): Sentence =>
  isUnsure && remedy === 'retry' && code !== 'NETWORK' ? account.eraseUnsure : errors[code]

const noticeOf = ({ words, contact }: Given, local: Local): Partial<View> => {
  const { failure, failed, sessions, isLoading, busy } = local
  if (!failure) return {}
  const { say, actions } = words
  const { what, todo } = sentenceOf(words, failure, local)
  if (failure.remedy === 'stop') {
    return {
      notice: say.withWay(what, todo),
      noticeTone: 'bad',
      facts: factsOf(words, contact, failure),
      noticeAction: actions.copy,
      noticeDeed: 'copy',
    }
  }
  const isKnown = sessions !== undefined && failed === undefined
  const notice = isKnown && failure.remedy === 'retry' ? say.withLastKnown(what) : say.withWay(what, todo)
  const noticeBusy = isLoading || isEnding(busy)
  return {
    notice,
    noticeAction: noticeBusy ? actions.retrying : actions.retry,
    noticeDeed: failed === undefined ? 'load' : 'again',
    noticeBusy,
  }
}

const guest = ({ words }: Given, state: AuthState, { busy }: Local): View => {
  const { account, home, signedOut } = words
  const isEnded = state.status === 'signedOut' && state.by === 'server'
  const isBusy = busy === 'signIn' || state.status === 'signingIn'
  return {
    ...EMPTY,
    scene: 'guest',
    heading: isEnded ? signedOut.server.title : account.guestTitle,
    lead: isEnded ? signedOut.server.lead : account.guestLead,
    button: isBusy ? home.signingIn : home.signIn,
    off: isBusy,
  }
}

const erase = ({ words }: Given, { busy }: Local, user: User): View => {
  const { nickname, phone } = user
  const { account } = words
  const { erased } = account
  const isBusy = isEnding(busy) && busy.kind === 'erase'
  return {
    ...EMPTY,
    scene: 'erase',
    heading: account.eraseTitle,
    lead: account.eraseLead,
    points: [
      erased.account,
      erased.sessions,
      ...(phone ? [`${erased.phone} ${phone.masked}`] : []),
      ...(nickname === undefined ? [] : [erased.name]),
      ...(hasPicture(user) ? [erased.picture] : []),
    ],
    button: isBusy ? account.erasing : account.erase,
    off: isBusy,
  }
}

const devices = ({ words }: Given, { sessions, isLoading, busy }: Local, now: number): View => {
  const { account, say } = words
  const one = isEnding(busy) && busy.kind === 'one' ? busy.handle : undefined
  const rows = rowsOf(sessions ?? [], words, now, one)
  const others = rows.filter(({ isCurrent }) => !isCurrent).length
  const isEndingOthers = isEnding(busy) && busy.kind === 'others'
  return {
    ...EMPTY,
    scene: 'devices',
    isBlank: sessions === undefined && isLoading,
    rows,
    isAlone: sessions !== undefined && others === 0,
    othersLabel: others === 0 ? '' : isEndingOthers ? account.signingOut : say.signOutOthers(others),
    signOutLabel: busy === 'signOut' ? account.signingOut : account.signOutThis,
    off: busy !== undefined,
  }
}

/** The one place that decides what stands on the page. */
export const present = (given: Given, state: AuthState, local: Local, now: number): View => {
  const { account } = given.words
  if (local.isGone) {
    return {
      ...EMPTY,
      scene: 'goodbye',
      heading: account.goodbyeTitle,
      lead: account.goodbyeLead,
      button: account.goodbye,
    }
  }
  if (state.status === 'restoring') return EMPTY
  const user = 'user' in state ? state.user : undefined
  if (user) {
    const view = local.isLeaving ? erase(given, local, user) : devices(given, local, now)
    return { ...view, ...noticeOf(given, local) }
  }
  const failure = local.failure ?? (state.status === 'failed' ? state : undefined)
  const view = { ...guest(given, state, local), ...noticeOf(given, { ...local, failure, failed: undefined }) }
  // The button is its own retry.
  return view.noticeDeed === 'load' ? { ...view, noticeAction: '', noticeDeed: '' } : view
}
