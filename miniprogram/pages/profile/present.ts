// What the page of the profile shows, from what is so: no `wx`, no time, no effect.
import type { AuthState, Failure, User } from '../../auth/index'
import { hasPicture } from '../../components/avatar-picker/face'
import type { ProfileNotice, Words } from '../../i18n/index'
import { factsOf } from '../facts'
import type { Draft } from './drafts'
import { lettersOf, MAX_LETTERS, tidied } from './name'

/** What a tap on the action of the notice does. */
export type Deed = '' | 'retry' | 'copy' | 'read' | 'rename'

export type Doing = 'signIn' | 'upload' | 'save' | 'removeName' | 'removePicture'

/** What the page itself remembers beside the state of the library and the draft. */
export interface Local {
  /** An action of this page is under way. */
  busy?: Doing | undefined
  failure?: Failure | undefined
  /** What failed so; empty: it is not for this page to try it again. */
  failed: '' | 'save' | 'removeName' | 'removePicture'
  /** It broke while the picture was being sent: a moment before the network was there. */
  isCut: boolean
  /** What the page found out by itself. */
  notice?: ProfileNotice | undefined
  isSaved: boolean
}

/** Exactly what the template reads, but for the field: what a person types there is theirs. */
export interface View {
  scene: 'restoring' | 'guest' | 'member'
  heading: string
  lead: string
  src: string
  faceName: string
  /** What WeChat's check of the picture has come to; empty when there is nothing to say. */
  check: string
  button: string
  off: boolean
  count: string
  /** The same for those who do not see it. */
  countSaid: string
  isLong: boolean
  removeName: string
  removePicture: string
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
  src: '',
  faceName: '',
  check: '',
  button: '',
  off: false,
  count: '',
  countSaid: '',
  isLong: false,
  removeName: '',
  removePicture: '',
  notice: '',
  noticeTone: 'warn',
  noticeAction: '',
  noticeDeed: '',
  noticeBusy: false,
  facts: [],
}

const failureNotice = ({ words, contact }: Given, failure: Failure, { failed, busy, isCut }: Local): Partial<View> => {
  const { actions, errors, profileErrors, uploadCut, say } = words
  const isUploadCut = isCut && failure.code === 'NETWORK'
  const { what, todo } = isUploadCut ? uploadCut : (profileErrors[failure.code] ?? errors[failure.code])
  const notice = say.withWay(what, todo)
  if (failure.remedy === 'retry' || failure.remedy === 'renew') {
    if (!failed) return { notice }
    const noticeBusy = busy !== undefined
    return { notice, noticeAction: noticeBusy ? actions.retrying : actions.retry, noticeDeed: 'retry', noticeBusy }
  }
  if (failure.code === 'PRIVACY_DENIED') {
    return { notice, noticeAction: errors.PRIVACY_DENIED.action, noticeDeed: 'read' }
  }
  if (failure.code === 'PROFILE_REJECTED') {
    return { notice, noticeAction: errors.PROFILE_REJECTED.action, noticeDeed: 'rename' }
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

const noticeOf = (given: Given, local: Local): Partial<View> => {
  const { failure, notice } = local
  if (failure) return failureNotice(given, failure, local)
  return notice ? { notice: given.words.profileNotices[notice] } : {}
}

const guest = ({ words }: Given, state: AuthState, isBusy: boolean): View => {
  const { profile, home, signedOut } = words
  const isEnded = state.status === 'signedOut' && state.by === 'server'
  return {
    ...EMPTY,
    scene: 'guest',
    heading: isEnded ? signedOut.server.title : profile.guestTitle,
    lead: isEnded ? signedOut.server.lead : profile.guestLead,
    button: isBusy ? home.signingIn : home.signIn,
    off: isBusy,
  }
}

const checkOf = ({ profile }: Words, user: User, { picture }: Draft): string => {
  if (picture) return '' // it is about another one
  if (user.avatarState === 'rejected') return profile.rejected
  return user.avatarState === 'checking' ? profile.checking : ''
}

const member = ({ words }: Given, { busy, isSaved }: Local, user: User, draft: Draft): View => {
  const { profile } = words
  const letters = lettersOf(tidied(draft.nickname ?? user.nickname ?? ''))
  const labels: Partial<Record<Doing, string>> = { upload: profile.uploading, save: profile.saving }
  return {
    ...EMPTY,
    scene: 'member',
    src: draft.picture?.path ?? user.avatarUrl ?? '',
    faceName: user.nickname ?? '',
    check: checkOf(words, user, draft),
    button: (busy && labels[busy]) ?? (isSaved ? profile.saved : profile.save),
    off: busy !== undefined,
    count: `${letters} / ${MAX_LETTERS}`,
    countSaid: words.say.letters(letters),
    isLong: letters > MAX_LETTERS,
    removeName: user.nickname === undefined ? '' : busy === 'removeName' ? profile.removing : profile.removeName,
    removePicture: !hasPicture(user) ? '' : busy === 'removePicture' ? profile.removing : profile.removePicture,
  }
}

/** The one place that decides what stands on the page. */
export const present = (given: Given, state: AuthState, local: Local, draft: Draft): View => {
  if (state.status === 'restoring') return EMPTY
  const user = 'user' in state ? state.user : undefined
  if (user) return { ...member(given, local, user, draft), ...noticeOf(given, local) }
  const view = guest(given, state, local.busy === 'signIn' || state.status === 'signingIn')
  const failure = local.failure ?? (state.status === 'failed' ? state : undefined)
  return failure ? { ...view, ...failureNotice(given, failure, local) } : view
}
