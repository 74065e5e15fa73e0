// What a test, the scripts and the phone may ask of the emulator. Types only.

import type { ContentService } from './content'
import type { PhoneDetail, PhoneOutcome, PhoneTap, PrivacyInterface } from './phone'
import type { AvatarDetail, AvatarTap, FilledNickname, ProfileService } from './profile'
import type { PushAnswer, PushedEvent, PushOptions } from './push'
import type { StoredFile } from './state/files'
import type { Account, FaultSpec, Hop, SessionKeyState } from './told'

export type * from './content'
export type * from './phone'
export type * from './profile'
export type * from './push'
export type * from './told'

/** Milliseconds everywhere. */
export interface Clock {
  /** The emulated time, milliseconds since 1970. Runs with real time, and jumps when told. */
  now(): number
  /** Moves time forward; resolves when every timer that became due, here and in the workers, has fired. */
  advance(ms: number): Promise<void>
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface Fault {
  readonly id: number
  readonly spec: FaultSpec
  /** How many operations it has bent so far. */
  readonly hits: number
  /** Resolves when `count` operations wait at the barrier of a `hold`. */
  held(count?: number): Promise<void>
  /** Lets go of the waiting operations, the oldest first; all of them unless told how many. */
  release(count?: number): void
  /** Disarms it; what waits is let go. */
  remove(): void
}

export interface Faults {
  add(spec: FaultSpec): Fault
  list(): Fault[]
  clear(): void
}

export interface Trace {
  readonly hops: readonly Hop[]
  /** How many finished hops have this op (a star stands for any run of characters). */
  count(op: string): number
  /** Resolves once `count` hops with this op have finished. */
  until(op: string, count?: number): Promise<void>
  onHop(listener: (hop: Hop) => void): () => void
  clear(): void
}

export interface EmulatedApp {
  appid: string
  secret: string
  name: string
  /** Bound to the Open Platform account: then a unionid is told. */
  bound: boolean
}

export interface DeviceOptions {
  /** `v1` unless said. */
  account?: string
  /** `wx` appid; the first app unless said. */
  app?: string
  /** Names the handset: the same device and account means the same storage. `phone-1` unless said. */
  device?: string
  /** Base library; 3.17.0 unless said. */
  libVersion?: string
  model?: string
  platform?: 'ios' | 'android' | 'devtools'
  /** What the person answers to WeChat's own privacy dialog, which comes when nobody listens; `agree` unless said. */
  privacyDialog?: 'agree' | 'refuse'
  /** What the person answers to the dialog about their user information; `allow` unless said. */
  userInfoDialog?: 'allow' | 'deny'
}

export interface Device {
  /** The `wx` global of a mini-program running on this device, typed as WeChat's own typings have it. */
  readonly wx: WechatMiniprogram.Wx
  /** Cuts or restores the network of the device: `wx.login`, `callFunction` and `request` fail at once while it is off. */
  setOnline(online: boolean): void
  /** A tap on a phone button; resolves with what its event carries. Throws when the base library knows no such button. */
  tapPhone(tap?: PhoneTap): Promise<PhoneDetail>
  /** A tap on a button with this id and the open-type `agreePrivacyAuthorization`. Throws below base library 2.32.3. */
  tapAgree(buttonId: string): Promise<void>
  /** A tap on a button `chooseAvatar`; resolves with what its event carries, undefined when there is none. Throws below base library 2.21.2. */
  tapAvatar(tap?: AvatarTap): Promise<AvatarDetail | undefined>
  /** A tap on a button `getUserInfo`; resolves with what its event carries. */
  tapUserInfo(): Promise<Record<string, unknown>>
  /** Runs this as the handler of a tap on any element: some APIs want one. */
  tap<T>(handler: () => T): T
  /** The person types this into a field of the type `nickname`, or takes the name above the keyboard when nothing is said, and leaves the field. */
  fillNickname(typed?: string): Promise<FilledNickname>
}

/** One line that a function printed, on stdout or stderr, whichever worker it ran in. */
export interface LogLine {
  function: string
  stream: 'stdout' | 'stderr'
  text: string
}

export interface EmulatorOptions {
  /** Folder of the project (project.config.json, dist/cloudfunctions). The working directory unless said. */
  project?: string
  /** Folder that keeps the data; without it everything lives in memory. */
  data?: string
  /** 0, any free port, unless said. */
  port?: number
  /** Folder of the built functions; `cloudfunctionRoot` of the project unless said. Several are searched in order. */
  functions?: string[]
  /** Workers per function, at most; 4 unless said. */
  workers?: number
  /** What a function may take, in milliseconds of the emulated clock, as the console sets it; 3000 unless said. */
  timeLimitMs?: number
  /** The timers that config.json declares fire when they are due; otherwise only when asked. */
  timers?: boolean
  /** Somebody will look at the phone: its page is built at once, not at the first request. */
  phone?: boolean
}

/** What a document looks like to a back door: plain values. */
export type StoredDocument = { _id: string } & Record<string, unknown>

export interface Emulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** What the back doors want in `x-emulator-key`. */
  readonly key: string
  readonly apps: readonly EmulatedApp[]
  readonly accounts: readonly Account[]
  readonly clock: Clock
  readonly faults: Faults
  readonly trace: Trace
  readonly logs: readonly LogLine[]
  /** A handset with a user on it. Asking twice for the same one is a relaunch: a new `wx`, the same storage. */
  device(options?: DeviceOptions): Device
  /** WeChat's side: what no mini-program can do, but a test must. */
  readonly weixin: {
    /** A login code of this account, as `wx.login` would give it. */
    loginCode(account: string, app?: string): string
    /** The session_key WeChat holds for this account now. */
    sessionKey(account: string, app?: string): string | undefined
    /** Whether `checkSession` would say yes now; asking does not count as use. */
    sessionKeyState(account: string, app?: string): SessionKeyState
    openid(account: string, app?: string): string
    unionid(account: string): string
    /** A code was taken elsewhere: WeChat holds a fresh key at once, and `checkSession` goes on saying yes. */
    rotateSessionKey(account: string, app?: string): void
    /**
     * What a tap on the phone button would leave behind: code and sealed data, free of charge. `number` is one of the
     * account's own, the bound one unless said; the real-time variant gives a code only.
     */
    phoneCode(
      account: string,
      app?: string,
      how?: { number?: string; realtime?: boolean },
    ): Omit<PhoneDetail, 'errMsg'> & { code: string }
    /** Another number in the dialog of this account: `13800000000`, or `+852 61234567`. */
    addNumber(account: string, number: string): void
    /** Phone numbers the app may still be given; 1000 on the first day. */
    phoneQuota(app?: string): number
    setPhoneQuota(left: number, app?: string): void
    /** What avatar sheets, nickname reviews and user information end with from now on. */
    profileService(app?: string): ProfileService
    setProfileService(changes: Partial<ProfileService>, app?: string): void
    /** What content checks end with from now on. */
    contentService(app?: string): ContentService
    setContentService(changes: Partial<ContentService>, app?: string): void
    /** Words that make a text risky, for nicknames and for the content check. */
    riskyWords(): readonly string[]
    setRiskyWords(words: readonly string[]): void
    /** WeChat finds a picture of exactly these bytes unfit, or does so no more. */
    setUnsafePicture(picture: Uint8Array, unsafe: boolean): void
    /** False: a personal subject, which may not ask for phone numbers. */
    setEntitled(entitled: boolean, app?: string): void
    /** What every tap on the phone button ends with until told otherwise; `ask` on the first day. */
    phoneOutcome(app?: string): PhoneOutcome
    setPhoneOutcome(outcome: PhoneOutcome, app?: string): void
    /** The guideline of the app names these from now on; all of them on the first day. */
    declarePrivacy(interfaces: readonly PrivacyInterface[], app?: string): void
    /** The person agreed to all that is declared. */
    agreePrivacy(account: string, app?: string): void
    /** As when the mini-program is deleted from "recent". */
    forgetConsent(account: string, app?: string): void
    /** Tells the function `push` of this; resolves when it was taken or, after three times, given up. */
    push(event: PushedEvent, options?: PushOptions): Promise<PushAnswer>
    /** The current stable access token. */
    accessToken(app?: string): string
    /** Every living access token of the app ends: by time (42001), or because somebody fetched another (40001). */
    endAccessTokens(how: 'expire' | 'invalidate', app?: string): void
    /** Makes the next `checkSession` fail, and the next login rotate the key. */
    expireSessionKey(account: string, app?: string): void
    setBlocked(account: string, blocked: boolean): void
    setBound(app: string, bound: boolean): void
    /** What lies on a handset's flash for this account: the text of every key, a cipher where `encrypt` was asked for. */
    flash(account: string, where?: { device?: string; app?: string }): Record<string, string>
    /** Erases that: the mini-program was deleted from the handset, or the handset is a new one. */
    forget(account: string, where?: { device?: string; app?: string }): void
  }
  readonly database: {
    find(collection: string, query?: object): StoredDocument[]
    update(collection: string, query: object, update: object): number
    remove(collection: string, query: object): number
    /** Every collection with every document, for tests that search what was stored. */
    everything(): Record<string, StoredDocument[]>
    dropCollection(collection: string): void
  }
  /** The files of the cloud storage. */
  readonly storage: {
    list(): readonly StoredFile[]
    get(path: string): Buffer | undefined
    /** Every path with its bytes, for tests that search what was stored. */
    everything(): Record<string, Buffer>
  }
  readonly functions: {
    /** Sets or (undefined) unsets environment variables of a function; its workers start afresh. */
    environment(name: string, variables: Record<string, string | undefined>): Promise<void>
    /** Calls a function as WeChat would for this source, with any event: what no honest client would send. */
    invoke(name: string, event: unknown, caller: Caller): Promise<unknown>
    /** Fires the timer of this function (the first that its config.json declares, unless named), and resolves with its result. */
    timer(name: string, options?: { trigger?: string; app?: string }): Promise<unknown>
    /** A live invocation that the caller runs itself, in a process of its own: what a cold start is measured on. */
    open(name: string, event: unknown, caller: Caller): OpenInvocation
  }
  /** Back to the first day: accounts, codes, storage, database, faults, trace, logs. Workers stay warm. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** All that a runtime needs to run one invocation. */
export interface OpenInvocation {
  /** Absolute path of the built index.js. */
  entry: string
  /** Every variable of the process. */
  environment: Record<string, string>
  /** JSON text of the first argument of `main`. */
  event: string
  /** The second argument. */
  context: Record<string, unknown>
  /** From now on the SDK may not call in its name any more. */
  end(): void
}

/** Who a function is told is calling. */
export interface Caller {
  /** Nobody: no OPENID in the context, as for a timer or an HTTP call. */
  account?: string
  app?: string
  source?: string
  /** Extra context variables, e.g. `FROM_OPENID`. */
  extra?: Record<string, string>
}
