// What core needs from outside. Types only; platform/ implements them, tests do it in three lines.
import type {
  IdentityRecord,
  PhoneClaimRecord,
  RedemptionRecord,
  SealedKey,
  SessionRecord,
  UserPhone,
  UserRecord,
} from './records'
import type { Keyring } from './sealing'
import type { Secret } from './secret'

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls `fn` after `ms`; the answer cancels it. */
  timer(ms: number, fn: () => void): () => void
}

export interface Random {
  bytes(count: number): Buffer
}

/** Each value is read when asked for; missing or malformed is MISCONFIGURED naming the variable. */
export interface Environment {
  appid(): string
  /** For those who need no sign-in: undefined when the variable is not set. */
  appidIfSet(): string | undefined
  keyring(): Keyring
  /** How long a session lives without use, in days. */
  sessionDays(): number
  /** 32 bytes in base64, for the blind index of phone numbers. Never rotated: the index is all that finds a claim. */
  indexKey(): Secret
}

/** What WeChat says about a login code. */
export interface Exchanged {
  openid: string
  unionid?: string
  sessionKey: Secret
}

export interface Exchange {
  /** Resolves once the request has left, or never will. Loading code before that would only hold it up. */
  sent: Promise<void>
  answer: Promise<Exchanged>
}

export interface Weixin {
  /** Spends the code. Throws at once when not configured; the answer rejects with a Refusal. */
  code2Session(code: Secret, signal: AbortSignal): Exchange
  /** Spends a phone code by access token. What WeChat vouches for, unread. */
  phoneInfo(code: Secret, by: TokenUser): Promise<unknown>
  /** Whether WeChat itself sealed the data that has this hash, by access token. */
  hasSealed(hash: string, by: TokenUser): Promise<boolean>
}

/** The request in whose name an access token is used. */
export interface TokenUser {
  signal: AbortSignal
  /** Asked before a token is renewed by force, which WeChat allows seldom; counts when it says yes. */
  mayForce(): Promise<boolean>
  /** Told every token that is used, for the log to mask. */
  hide(token: Secret): void
}

/** WeChat's open interfaces as a cloud call: no token, for whoever is calling. Answers are unread. */
export interface CloudApi {
  phoneInfo(code: Secret): Promise<unknown>
  openData(cloudID: Secret): Promise<unknown>
}

/** Who is calling, as WeChat tells it. Nothing of it comes from the event. */
export interface Caller {
  appid?: string
  openid?: string
  unionid?: string
  /** Present when another mini-program shares our environment. */
  fromOpenid?: string
}

/** `exists`: a document with this id is there already; nothing was written. */
export type Added = 'added' | 'exists'

export interface SessionStore {
  find(id: string): Promise<SessionRecord | undefined>
  add(session: SessionRecord): Promise<Added>
  /** False when the session is gone: a revoked one does not come back. */
  slide(id: string, to: { lastSeenAt: number; expiresAt: number }): Promise<boolean>
  remove(id: string): Promise<void>
  /**
   * Removes the sessions of the same user and device that began before this one; says how many. Only earlier ones, so
   * that two logins at once cannot remove each other; one that is added late stays until the next login.
   */
  removeEarlier(session: SessionRecord): Promise<number>
  /** Removes every session of the user but this one; says how many. */
  removeOthers(userId: string, keep: string): Promise<number>
}

export interface IdentityStore {
  find(id: string): Promise<IdentityRecord | undefined>
  add(identity: IdentityRecord): Promise<Added>
  /** Replaces the keys if the sealed text of the current one is still `expected`; false otherwise. */
  replaceKeys(
    id: string,
    expected: string | undefined,
    keys: { key: SealedKey; previousKey?: SealedKey },
  ): Promise<boolean>
  /** Removes the claim if it is still this user's. */
  release(id: string, userId: string): Promise<boolean>
}

export interface UserStore {
  find(id: string): Promise<UserRecord | undefined>
  add(user: UserRecord): Promise<Added>
  /** False when the user is gone. */
  link(id: string, union: string): Promise<boolean>
  /**
   * Points the user to a claimed number if the pointer is still the one that `expected` wrote (undefined: there is none)
   * and neither the attempt is barred nor the account being deleted; false otherwise.
   */
  point(id: string, expected: string | undefined, phone: UserPhone): Promise<boolean>
  /** Removes the pointer if it is still the one that this attempt wrote. */
  unpoint(id: string, attempt: string): Promise<boolean>
  /** From now on this attempt cannot write the pointer. False when it did already, or the user is gone. */
  bar(id: string, attempt: string): Promise<boolean>
  remove(id: string): Promise<void>
}

export interface PhoneStore {
  find(id: string): Promise<PhoneClaimRecord | undefined>
  add(claim: PhoneClaimRecord): Promise<Added>
  /** Puts this claim in the place of the one that attempt `expected` wrote; false when that one is gone. */
  replace(claim: PhoneClaimRecord, expected: string): Promise<boolean>
  /** The owner points here now. False when the claim is no longer this attempt's. */
  settle(id: string, attempt: string): Promise<boolean>
  /** Removes the claim if it is still this attempt's. */
  takeBack(id: string, attempt: string): Promise<boolean>
}

export interface CounterStore {
  /** Counts one more, unless `limit` are counted: false then. However many ask at once, no more than `limit` get true. */
  take(id: string, limit: number, expiresAt: number): Promise<boolean>
  /** Counts one less. */
  giveBack(id: string): Promise<void>
}

export interface RedemptionStore {
  find(id: string): Promise<RedemptionRecord | undefined>
  add(redemption: RedemptionRecord): Promise<Added>
  /** Puts this one in the place of the one that attempt `expected` wrote; false when that one is gone. */
  replace(redemption: RedemptionRecord, expected: string): Promise<boolean>
  /** Removes it if it is still this attempt's. */
  remove(id: string, attempt: string): Promise<boolean>
  /** Removes all that is remembered of an identity; says how many. */
  forget(identity: string): Promise<number>
}

export interface Stores {
  sessions: SessionStore
  identities: IdentityStore
  users: UserStore
  phones: PhoneStore
  counters: CounterStore
  redemptions: RedemptionStore
}

export interface Opened {
  caller: Caller
  stores: Stores
  /** Present when the context says who is calling: only then are cloud calls served. */
  api?: CloudApi
}

/** The cloud, which is slow to load: `open` loads it, then reads who is calling, at once and only once. */
export interface Cloud {
  /** Whether it is loaded already. */
  warm(): boolean
  open(): Opened
}

/** The one line a request leaves behind. */
export interface LogLine {
  requestId: string
  transport: string
  call: string
  ms: number
  ok: boolean
  code?: string
  reason?: string
  detail?: string
  /** First characters of the identity's hash; never an openid. */
  identity?: string
  user?: string
  grant?: boolean
}

export interface Log {
  /** `hidden`: the secrets of this request, masked wherever they might have slipped into a text. */
  write(line: LogLine, hidden: readonly Secret[]): void
}
