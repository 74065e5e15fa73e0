// What core needs from outside. Types only; platform/ implements them, tests do it in three lines.
import type { IdentityRecord, SealedKey, SessionRecord, UserRecord } from './records'
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
  remove(id: string): Promise<void>
}

export interface Stores {
  sessions: SessionStore
  identities: IdentityStore
  users: UserStore
}

/** The cloud, which is slow to load: `open` loads it, then reads who is calling, at once and only once. */
export interface Cloud {
  open(): { caller: Caller; stores: Stores }
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
