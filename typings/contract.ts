/**
 * Every call across the wire: what is asked, what is answered, what can go wrong.
 *
 * Types only. The client and the functions both reach this file with `import type`, which leaves no trace
 * in what is shipped; where a side needs a value per code or per call it writes a table typed by the
 * interfaces below, so that the two sides cannot drift apart and still compile.
 */

/** What is to be done about a failure: again by itself, sign in anew, let the user act, or stop and say so. */
export type Remedy = 'retry' | 'renew' | 'ask' | 'stop'

/** Every error code with its remedy; the only place where behaviour hangs on a code. */
export interface RemedyOf {
  /** The device could not reach our function. */
  NETWORK: 'retry'
  /** Nobody answered in time. */
  TIMEOUT: 'retry'
  /** WeChat answered -1, or our function could not reach WeChat: the user's network is not to blame. */
  WECHAT_BUSY: 'retry'
  /** The session token is unknown, expired, revoked, or another person's. */
  SESSION_EXPIRED: 'renew'
  /** WeChat refused the login code: 40029 or 40163. */
  CODE_INVALID: 'renew'
  USER_DENIED: 'ask'
  /** The user did not accept the privacy guideline: errno 103 or 104. */
  PRIVACY_DENIED: 'ask'
  /** Too often: 45011 or a limit of ours. `retryAfterMs` says when it is worth another tap. */
  RATE_LIMITED: 'ask'
  PHONE_CODE_INVALID: 'ask'
  PHONE_TAKEN: 'ask'
  /** The sealed data does not open with the session_key we hold; sign in, then tap again. */
  SESSION_KEY_STALE: 'ask'
  PROFILE_REJECTED: 'ask'
  AVATAR_REJECTED: 'ask'
  /** This device was signed out, here or from another device; only a tap on "sign in" ends that. */
  SIGNED_OUT: 'ask'
  /** WeChat intercepts the login of a high-risk user: 40226. */
  USER_BLOCKED: 'stop'
  /** The account's phone-number quota is used up: errno 1400001. */
  QUOTA_EXHAUSTED: 'stop'
  /** The interface is not declared in the privacy guideline: errno 112, a developer's mistake. */
  PRIVACY_UNDECLARED: 'stop'
  NOT_PERMITTED: 'stop'
  /** The renewal would sign in somebody else than the caller believed; nothing was done in the new name. */
  USER_CHANGED: 'stop'
  DATA_MISMATCH: 'stop'
  BAD_REQUEST: 'stop'
  /** The developer has something to fix; the message names it. */
  MISCONFIGURED: 'stop'
  INTERNAL: 'stop'
}

export type ErrorCode = keyof RemedyOf

/** How a call may be sent: `safe` calls are retried, `replay` ones are sent once more after a renewal. */
export interface Policy {
  safe: boolean
  replay: boolean
  /** Whether a fresh `wx.login` code may ride on the call instead of a token, must, must not, or must ride beside it. */
  code: 'allowed' | 'required' | 'refused' | 'beside'
}

/** The policy of every call; `profile` has two, for `{}` reads and anything else saves. */
export interface PolicyOf {
  login: { safe: true; replay: false; code: 'required' }
  profile: { safe: true; replay: true; code: 'allowed' }
  'profile.save': { safe: false; replay: true; code: 'refused' }
  phone: { safe: false; replay: true; code: 'refused' }
  avatarUpload: { safe: false; replay: true; code: 'refused' }
  userInfo: { safe: false; replay: true; code: 'refused' }
  sessions: { safe: true; replay: true; code: 'allowed' }
  signOut: { safe: true; replay: true; code: 'refused' }
  deleteAccount: { safe: false; replay: false; code: 'beside' }
}

/** Who is signed in, as the client may know it: no openid, no unionid, no full number. */
export interface User {
  /** Random, ours, stable for the life of the account. */
  id: string
  nickname?: string
  /** For an `<image>` of the owner: a `cloud://` fileID over the cloud, an https address with an end over HTTPS. */
  avatarUrl?: string
  /** What WeChat's check says of the picture; a rejected one is erased, so that only this word is left. */
  avatarState?: 'checking' | 'passed' | 'rejected'
  phone?: { masked: string; countryCode: string }
  /** Whether this person is recognised across the mini-programs of one Open Platform account. */
  unionLinked: boolean
  /** Milliseconds since 1970. */
  createdAt: number
}

/** `{}`: a call that carries nothing. */
export type Nothing = Record<string, never>

/** What WeChat sealed with the session_key: both in base64. */
export interface SealedData {
  encryptedData: string
  iv: string
}

/** How the number comes: by the button's code, by sealed data, by cloudID; or goes. */
export type PhoneRequest =
  /**
   * The code of either phone button; not a login code. `takeOver` moves a number that is bound to another living
   * account: only after that account's existence was shown (`PHONE_TAKEN`), a real-time verification and a second yes.
   * Sealed data that came along is not looked at: the code is preferred.
   */
  | ({ code: string; takeOver?: true } & Partial<SealedData>)
  /** What the button gives below base library 2.21.2. */
  | SealedData
  | { cloudID: string }
  | { remove: true }

/** Saves what is named and leaves the rest; null removes. Both at once are saved whole or not at all. */
export interface ProfileChanges {
  /** 1 to 20 visible characters after trimming. */
  nickname?: string | null
  /** A path that `avatarUpload` issued to this user, with the picture in it. */
  avatar?: string | null
}

export type PictureType = 'png' | 'jpeg' | 'webp' | 'gif'

/** What `getUserInfo` and `getUserProfile` give, as WeChat signed and sealed it. */
export interface SignedUserInfo extends SealedData {
  rawData: string
  signature: string
}

/** A device of the caller, as the list shows it. */
export interface DeviceSession {
  /** Names the device to `signOut`, also after it renewed its session; no token, and of no use to anybody else. */
  handle: string
  model: string
  platform: string
  /** Milliseconds since 1970; renewed at most once a day. */
  lastSeenAt: number
  /** The device that asks. */
  current: boolean
}

/** Every call: its request and its reply. */
export interface Contract {
  /** The sign-in and nothing else. */
  login: { request: Nothing; reply: { user: User } }
  /** `{}` reads the profile of the person signed in; anything else saves. */
  profile: { request: Nothing | ProfileChanges; reply: { user: User } }
  /** Binds the phone number that WeChat vouches for, or removes it. */
  phone: { request: PhoneRequest; reply: { user: User } }
  /** Issues a path for a picture and writes it down, before a byte of it exists. `size` in bytes. */
  avatarUpload: {
    request: { type: PictureType; size: number }
    /** `uploadUrl` over HTTPS only: where the bytes go, as multipart, relative to the base of the calls. */
    reply: { cloudPath: string; uploadUrl?: string }
  }
  /** Stores the name and the face that older libraries give, unless they are WeChat's anonymous ones. */
  userInfo: { request: SignedUserInfo; reply: { user: User } }
  /** The devices signed in, the one that asks first, then by use. */
  sessions: { request: Nothing; reply: { sessions: DeviceSession[] } }
  /** Revokes sessions of the caller: this device's, all the others', or the one that `sessions` named. */
  signOut: { request: { which: 'this' | 'others' } | { handle: string }; reply: Nothing }
  /** Erases the account for good. Needs the session and a fresh code of the same person. */
  deleteAccount: { request: { confirm: true }; reply: Nothing }
}

export type Call = keyof Contract

/** The device as it introduces itself. `id` is random, made once per install; it is a label, never an identity. */
export interface DeviceInfo {
  id: string
  model: string
  platform: string
}

/** What the client sends: `wx.cloud.callFunction({ name: 'auth', data: CallEvent })`. */
export interface CallEvent<K extends Call = Call> {
  v: 1
  call: K
  data: Contract[K]['request']
  /** Our session, when the client has one. */
  token?: string
  /** A fresh `wx.login` code, when it has none: sign in and answer in one round trip. Only `deleteAccount` has both. */
  code?: string
  /** The user id the client believes it is; another one is refused before anything happens. */
  expectUser?: string
  device?: DeviceInfo
}

/** A session handed to the client; it may ride on any answer, on a refusal too. */
export interface SessionGrant {
  token: string
  /** Seconds. */
  expiresIn: number
  user: User
}

/** A failure as it travels. */
export interface WireError {
  code: ErrorCode
  /** For developers, in English; never shown to users, never holding a secret. */
  message: string
  remedy: Remedy
  retryAfterMs?: number
}

/** What comes back: always a value, never a rejected function. */
export type Envelope<K extends Call = Call> =
  | { ok: true; requestId: string; session?: SessionGrant; data: Contract[K]['reply'] }
  | { ok: false; requestId: string; session?: SessionGrant; error: WireError }
