// What home shows, from what is so: no `wx`, no time, no effect.
import type { AuthState, Failure, User } from '../../auth/index'
import type { Words } from '../../i18n/index'
import { factsOf } from '../facts'
import { type Entry, entriesOf } from './entries'

/** What a tap on a button does. */
export type Deed = '' | 'signIn' | 'retry' | 'copy'

/** What the page itself remembers beside the state of the library. */
export interface Local {
  notNow: boolean
  /** An action of this page is under way. */
  busy?: 'signIn' | 'refresh' | undefined
  /** Who ended the last session, as far as this page heard: the title stays while the button works. */
  by: 'never' | 'user' | 'server'
  /** The last action, or the last refresh, failed so. */
  failure?: Failure | undefined
  /** What failed is over and done with: the user looked away, or the network came back. */
  dismissed?: boolean
  /** After RATE_LIMITED with a time: another tap is pointless, or worth it again. */
  pause?: 'on' | 'over' | undefined
  /** The device could not write the sign-out down. */
  notKept: boolean
}

/** Exactly what the template reads; flat, so that only what changed is sent to it. */
export interface View {
  scene: 'restoring' | 'welcome' | 'browse' | 'member'
  heading: string
  lead: string
  button: string
  deed: Deed
  /** The button has nothing to offer now. */
  off: boolean
  /** Whom to tell, and the number to quote. */
  facts: string[]
  name: string
  /** The name that was given, for the letter of the face; nobody's letter is better than that of a default. */
  faceName: string
  avatarUrl: string
  shortId: string
  entries: Entry[]
  notice: string
  noticeTone: 'warn' | 'bad'
  noticeAction: string
  noticeDeed: Deed
  noticeBusy: boolean
}

export interface Given {
  words: Words
  pages: readonly string[]
  contact: string
}

export const EMPTY: View = {
  scene: 'restoring',
  heading: '',
  lead: '',
  button: '',
  deed: '',
  off: false,
  facts: [],
  name: '',
  faceName: '',
  avatarUrl: '',
  shortId: '',
  entries: [],
  notice: '',
  noticeTone: 'warn',
  noticeAction: '',
  noticeDeed: '',
  noticeBusy: false,
}

/** Eight characters in two groups: short enough to read out, and the beginning of the id, so that it can be looked up. */
export const shortIdOf = (id: string): string => {
  const letters = id
    .replace(/[^0-9A-Za-z]/g, '')
    .slice(0, 8)
    .toUpperCase()
  return letters.length > 4 ? `${letters.slice(0, 4)}·${letters.slice(4)}` : letters
}

/** What the library says of itself goes before what this page met. */
export const failureIn = (state: AuthState, { failure, dismissed }: Local): Failure | undefined => {
  if (dismissed) return undefined
  return state.status === 'failed' ? state : failure
}

const member = (given: Given, state: AuthState, local: Local, user: User): View => {
  const { words, pages } = given
  const card: View = {
    ...EMPTY,
    scene: 'member',
    name: user.nickname ?? words.home.newFriend,
    faceName: user.nickname ?? '',
    avatarUrl: user.avatarUrl ?? '',
    shortId: `ID ${shortIdOf(user.id)}`,
    entries: entriesOf(pages, user, words.home),
  }
  const failure = failureIn(state, local)
  if (!failure) return card
  const { what, todo } = words.errors[failure.code]
  if (failure.remedy === 'retry') {
    const { retry, retrying } = words.actions
    return {
      ...card,
      notice: words.say.withLastKnown(what),
      noticeAction: local.busy === 'refresh' ? retrying : retry,
      noticeDeed: 'retry',
      noticeBusy: local.busy === 'refresh',
    }
  }
  const notice = words.say.withWay(what, todo)
  if (failure.remedy !== 'stop') return { ...card, notice }
  return {
    ...card,
    notice,
    noticeTone: 'bad',
    facts: factsOf(given.words, given.contact, failure),
    noticeAction: words.actions.copy,
    noticeDeed: 'copy',
  }
}

const failed = (given: Given, failure: Failure, local: Local): View => {
  const { words } = given
  const { what, todo } = words.errors[failure.code]
  const view: View = { ...EMPTY, scene: 'welcome', heading: what, lead: todo }
  if (failure.remedy === 'stop') {
    return { ...view, facts: factsOf(given.words, given.contact, failure), button: words.actions.copy, deed: 'copy' }
  }
  if (failure.remedy === 'retry') {
    const { retry, retrying } = words.actions
    const isBusy = local.busy === 'refresh'
    return { ...view, button: isBusy ? retrying : retry, deed: 'retry', off: isBusy }
  }
  const again: View = { ...view, button: words.home.signIn, deed: 'signIn' }
  if (local.pause === 'over') return { ...again, lead: words.say.tryAgainNow }
  if (local.pause !== 'on' || failure.retryAfterMs === undefined) return again
  return {
    ...again,
    lead: words.say.tryAgainIn(Math.ceil(failure.retryAfterMs / 1000)),
    button: words.errors.RATE_LIMITED.action,
    off: true,
  }
}

/** The one place that decides what stands on the page. */
export const present = (given: Given, state: AuthState, local: Local): View => {
  const { words } = given
  if (state.status === 'restoring') return EMPTY
  if ('user' in state && state.user) return member(given, state, local, state.user)
  const { title, lead } = words.signedOut[state.status === 'signedOut' ? state.by : local.by]
  if (state.status === 'signingIn' || local.busy === 'signIn') {
    return { ...EMPTY, scene: 'welcome', heading: title, lead, button: words.home.signingIn, off: true }
  }
  if (local.notNow) return { ...EMPTY, scene: 'browse', button: words.home.signIn, deed: 'signIn' }
  const failure = failureIn(state, local)
  if (failure) return failed(given, failure, local)
  return {
    ...EMPTY,
    scene: 'welcome',
    heading: title,
    lead: local.notKept ? words.say.signOutNotKept : lead,
    button: words.home.signIn,
    deed: 'signIn',
  }
}
