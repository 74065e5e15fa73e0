// The shape of everything a user reads: a key missing in one language does not compile.
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

/** What the page of the profile finds out by itself, before or after asking anybody. */
export type ProfileNotice =
  /** Nothing was typed and no picture chosen. */
  | 'nothing'
  /** A name is stored and the field was emptied: emptying is not removing. */
  | 'emptied'
  | 'long'
  /** WeChat looked at the name, did not let it pass, and took it out of the field. */
  | 'review'
  | 'type'
  | 'size'
  /** The chosen picture is no longer on the device. */
  | 'gone'
  /** An older WeChat gave nothing but its anonymous name and face. */
  | 'anonymous'

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
    notLinked: string
    partly: string
    complete: string
    browseTitle: string
    browseLead: string
    browse: Array<{ heading: string; body: string }>
  }
  /** The page of the phone number and its button. */
  phone: {
    title: string
    restoring: string
    /** Why it is asked. */
    askTitle: string
    askLead: string
    ask: string
    notNow: string
    /** The button while the session is made ready, while the number is on its way, when today's asks are used up. */
    preparing: string
    working: string
    spent: string
    spentHint: string
    strictRow: string
    strictTitle: string
    strictLead: string
    strict: string
    strictBack: string
    changeTitle: string
    changeLead: string
    changeBack: string
    boundTitle: string
    boundLead: string
    changeRow: string
    removeRow: string
    removeWarning: string
    removing: string
    /** Under the cards. */
    note: string
    guestTitle: string
    guestLead: string
    takenTitle: string
    /** The number is another account's; with the real-time verification as the way to take it over, or without. */
    takenLead: string
    takenLeadPlain: string
    takenVerify: string
    takenOther: string
    /** It was verified: one more yes moves it. */
    takeTitle: string
    takeLead: string
    take: string
    /** Four characters at most: WeChat's own dialog takes no more. */
    takeYes: string
    takeNo: string
    takeWarning: string
  }
  /** Where the page of the phone number says it better than `errors` does. */
  phoneErrors: Partial<Record<ErrorCode, Sentence>>
  /** The number came and could not be handed over: the next tap sends the same once more. */
  phoneKept: Sentence
  /** The page of the picture and the name. */
  profile: {
    title: string
    restoring: string
    guestTitle: string
    guestLead: string
    /** Under the face: nothing there yet, or something else shall take its place. */
    choose: string
    change: string
    /** Where older libraries give both at once; while it is made ready, while it is on its way. */
    take: string
    preparing: string
    taking: string
    /** In WeChat's own dialog; 30 characters at most. */
    takeFor: string
    /** The person said no to WeChat's dialog before. */
    takeAgain: string
    name: string
    namePlaceholder: string
    save: string
    uploading: string
    saving: string
    saved: string
    /** What WeChat's check of the stored picture has come to. */
    checking: string
    rejected: string
    removePicture: string
    removePictureWarning: string
    removeName: string
    removeNameWarning: string
    removing: string
    note: string
  }
  profileNotices: Record<ProfileNotice, string>
  /** Where the page of the profile says it better than `errors` does. */
  profileErrors: Partial<Record<ErrorCode, Sentence>>
  /** The picture was on its way when the connection broke; the device need not be offline. */
  uploadCut: Sentence
  /** The page of the account: devices, and the end of it. */
  account: {
    title: string
    restoring: string
    guestTitle: string
    guestLead: string
    devices: string
    loading: string
    thisDevice: string
    /** Nobody else is signed in. */
    onlyThis: string
    /** For a device that did not say its model, by platform. */
    kinds: { ios: string; android: string; computer: string; devtools: string; unknown: string }
    signOutThis: string
    signOutThisWarning: string
    signOutOne: string
    /** At the edge of a row. */
    out: string
    signingOut: string
    /** Four characters at most: WeChat's own dialog takes no more. */
    yes: string
    no: string
    othersTitle: string
    eraseRow: string
    eraseTitle: string
    eraseLead: string
    erased: { account: string; sessions: string; phone: string; name: string; picture: string }
    eraseNote: string
    erase: string
    eraseBack: string
    eraseSureTitle: string
    eraseSureLead: string
    eraseSure: string
    erasing: string
    /** No answer came: it may have happened. */
    eraseUnsure: Sentence
    goodbyeTitle: string
    goodbyeLead: string
    goodbye: string
  }
  /** The question before an interface that WeChat's privacy rules cover. */
  consent: {
    title: string
    /** Finishes the sentence of `say.asks`, by the name WeChat gives the interface. */
    things: Record<string, string>
    /** For an interface without a name here. */
    thing: string
    guideline: string
    agree: string
    refuse: string
  }
  /** Why nobody is signed in, by who ended it. */
  signedOut: Record<'never' | 'user' | 'server', { title: string; lead: string }>
  /** Sentences with something in them. */
  say: {
    /** The user signed out, and the device could not write it down. */
    signOutNotKept: string
    /** What is about to be used, before the guideline. */
    asks(thing: string): string
    withLastKnown(what: string): string
    withWay(what: string, todo: string): string
    tryAgainIn(seconds: number): string
    tryAgainNow: string
    /** The name and the model of a device that is about to be signed out. */
    signOutOneWarning(device: string): string
    signOutOthers(count: number): string
    signOutOthersWarning(count: number): string
    /** Days since a device was last used; less than one is today. */
    lastUsed(days: number): string
    letters(count: number): string
    contact(address: string): string
    requestId(id: string): string
  }
  legal: { agreement: LegalText; privacy: LegalText }
}
