// What core needs from outside. Types only; platform/ implements them, tests do it in three lines.
import type { Keyring } from './sealing'
import type { Secret } from './secret'
import type { Stores } from './stores'

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
  /** What message pushes are signed and sealed with; undefined when neither is set, and WeChat's cloud delivers them. */
  pushKeys(): { token: Secret; key: Secret } | undefined
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
  /** What WeChat's check says of a text: its `result`, unread. */
  checkText(question: TextQuestion, by: TokenUser): Promise<unknown>
  /** WeChat's name for the check of a picture, whose verdict comes by push: its `trace_id`, unread. */
  checkPicture(question: PictureQuestion, by: TokenUser): Promise<unknown>
  /**
   * The picture at an address of WeChat's own servers. Undefined when the address is not one of theirs, or what is there
   * is none or larger than `maxBytes`; WECHAT_BUSY when it cannot be had now.
   */
  face(address: string, options: { maxBytes: number; signal: AbortSignal }): Promise<Buffer | undefined>
}

/** A text of this person, for WeChat to check before others see it. */
export interface TextQuestion {
  text: string
  openid: Secret
}

/** A picture of this person, for WeChat to fetch and check. */
export interface PictureQuestion {
  url: string
  openid: Secret
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
  checkText(question: TextQuestion): Promise<unknown>
  checkPicture(question: PictureQuestion): Promise<unknown>
}

/** Who is calling, as WeChat tells it. Nothing of it comes from the event. */
export interface Caller {
  appid?: string
  openid?: string
  unionid?: string
  /** Present when another mini-program shares our environment. */
  fromOpenid?: string
  /** Where the call came from, as the platform names it: `wx_client`, `wx_trigger`, `wx_http`, or a chain of them. */
  source?: string
}

/** Files, addressed by `cloud://` fileID. A path is ours to choose, a fileID is the storage's name for it. */
export interface Storage {
  /** Whether anything is there is not said. */
  fileIDOf(path: string): Promise<string>
  /** An https address that ends by itself; undefined when there is no such file. */
  urlOf(fileID: string): Promise<string | undefined>
  /** The size in bytes and the first of them, read by range; undefined when nothing is at the address. */
  head(url: string, options: { bytes: number; signal: AbortSignal }): Promise<FileHead | undefined>
  /** Writes a file, or over one; answers with its fileID. `type` is a media type, like image/png. */
  upload(path: string, bytes: Buffer, type: string): Promise<string>
  /** A file that is not there is as good as removed. */
  remove(fileID: string): Promise<void>
}

export interface FileHead {
  /** Bytes. */
  size: number
  start: Buffer
}

export interface Opened {
  caller: Caller
  stores: Stores
  storage: Storage
  /** Present when the context says who is calling: only then are cloud calls served. */
  api?: CloudApi
}

/** The cloud, which is slow to load: `open` loads it, then reads who is calling, at once and only once. */
export interface Cloud {
  /** Whether it is loaded already. */
  warm(): boolean
  /** `mayGoOn` throws when the time of the request is up; it is asked before every single step of an effect. */
  open(mayGoOn: () => void): Opened
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
