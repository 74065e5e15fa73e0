// What a message push is, to whoever asks for one. Types only.

/** `{ Event: 'user_authorization_revoke', RevokeInfo: '8' }`; who, when and which mini-program are filled in. */
export type PushedEvent = { Event: string } & Readonly<Record<string, unknown>>

export interface PushOptions {
  /** Whom it is about: `OpenID`, `AppID`. */
  account?: string
  /** The first app unless said. */
  app?: string
  /** As chosen in WeChat's console; `json` unless said. */
  format?: 'json' | 'xml'
}

export interface PushAnswer {
  /** Answered with `success`, or with nothing, in time. */
  taken: boolean
  /** One to three. */
  attempts: number
  /** Of the last attempt; absent when nothing came back. */
  status?: number
  text?: string
}
