/** The shape of everything a user reads: a key missing in one language does not compile. */
import type { ErrorCode, RemedyOf } from '../../typings/contract'

/** One failure as the user reads it; where the user has to act, also the label of the way to do it. */
export interface Sentence {
  /** What happened; stands alone as a title. No full stop. */
  what: string
  /** What to do about it, or that there is nothing to do. No full stop. */
  todo: string
}
export type ErrorWords = {
  [C in ErrorCode]: RemedyOf[C] extends 'ask' ? Sentence & { action: string } : Sentence
}

/** A text to read: the agreement, the privacy guideline. */
export interface LegalText {
  title: string
  /** Who wrote it and when it counts, in one line. */
  lead: string
  sections: Array<{ heading: string; body: string }>
}

export interface Words {
  errors: ErrorWords
  /** Labels of the actions that fit a remedy, whatever the code. */
  actions: { retry: string; retrying: string; copy: string }
  /** Plain strings: the page hands them to its template as they are. */
  home: {
    title: string
    restoring: string
    signIn: string
    signingIn: string
    notNow: string
    consent: string
    and: string
    /** In the middle of the sentence of consent. */
    agreement: string
    privacy: string
    /** Alone in a row. */
    agreementRow: string
    privacyRow: string
    newFriend: string
    signOut: string
    signOutWarning: string
    phone: string
    profile: string
    account: string
    notSet: string
    complete: string
    browseTitle: string
    browseLead: string
    browse: Array<{ heading: string; body: string }>
  }
  /** Why nobody is signed in, by who ended it. */
  signedOut: Record<'never' | 'user' | 'server', { title: string; lead: string }>
  /** Sentences with something in them. */
  say: {
    /** The user signed out, and the device could not write it down. */
    signOutNotKept: string
    withLastKnown(what: string): string
    withWay(what: string, todo: string): string
    tryAgainIn(seconds: number): string
    tryAgainNow: string
    contact(address: string): string
    requestId(id: string): string
  }
  legal: { agreement: LegalText; privacy: LegalText }
}
