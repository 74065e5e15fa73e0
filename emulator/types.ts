/** What a test, the scripts and the phone may ask of the emulator. Types only. */

/** Milliseconds everywhere. */
export interface Clock {
  /** The emulated time, milliseconds since 1970. Runs with real time, and jumps when told. */
  now(): number
  /** Moves time forward; resolves when every timer that became due, here and in the workers, has fired. */
  advance(ms: number): Promise<void>
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

/**
 * What bends an answer. `at` is the name of the operation as the trace spells it (`wx.login`, `callFunction`,
 * `jscode2session`, `identities.add`); a star stands for any run of characters (`*.get`, `wx.*`).
 */
export interface FaultSpec {
  at: string
  answer: /** WeChat refuses with this errcode (errmsg is filled in from the table). */
    | { errcode: number }
    /** A `wx` API calls `fail` with this. */
    | { fail: { errMsg: string; errno?: number; errCode?: number } }
    /** The connection breaks before the operation happens. */
    | 'cut'
    /** The operation happens and its answer is lost on the way back. */
    | 'lost'
    /** Nobody ever answers. */
    | 'silence'
    /** The operation waits at a barrier until the fault is released. */
    | 'hold'
    /** The operation happens, this much later (emulated time). */
    | { delayMs: number }
  /** How many operations it bends; 1 unless said. */
  times?: number
  /** Only for this account. */
  account?: string
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

/** One hop of a journey. Payloads are masked: no session_key, token, code, secret or number in clear. */
export interface Hop {
  seq: number
  /** Emulated time when it began. */
  at: number
  /** How long it took, real milliseconds. */
  ms: number
  from: Lane
  to: Lane
  /** `wx.login`, `callFunction`, `jscode2session`, `identities.add`, … */
  op: string
  account?: string
  device?: string
  /** The function invocation it belongs to. */
  invocation?: string
  /** errcode, errMsg or error code of the answer, when it failed. */
  error?: string
  request?: unknown
  reply?: unknown
}
export type Lane = 'mini-program' | 'wx' | 'function' | 'weixin' | 'database' | 'storage'

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

/** A virtual WeChat user. */
export interface Account {
  /** `v1` … `v24`. */
  id: string
  nickname: string
  phone: string
  /** WeChat considers this user high-risk: logins are answered with 40226. */
  blocked: boolean
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
}

export interface Device {
  /** The `wx` global of a mini-program running on this device, typed as WeChat's own typings have it. */
  readonly wx: WechatMiniprogram.Wx
  /** Cuts or restores the network of the device: `wx.login`, `callFunction` and `request` fail at once while it is off. */
  setOnline(online: boolean): void
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
    openid(account: string, app?: string): string
    unionid(account: string): string
    /** Makes the next `checkSession` fail, and the next login rotate the key. */
    expireSessionKey(account: string, app?: string): void
    setBlocked(account: string, blocked: boolean): void
    setBound(app: string, bound: boolean): void
    /** What lies on a handset's flash for this account: the text of every key, a cipher where `encrypt` was asked for. */
    flash(account: string, where?: { device?: string; app?: string }): Record<string, string>
  }
  readonly database: {
    find(collection: string, query?: object): StoredDocument[]
    update(collection: string, query: object, update: object): number
    remove(collection: string, query: object): number
    /** Every collection with every document, for tests that search what was stored. */
    everything(): Record<string, StoredDocument[]>
    dropCollection(collection: string): void
  }
  readonly functions: {
    /** Sets or (undefined) unsets environment variables of a function; its workers start afresh. */
    environment(name: string, variables: Record<string, string | undefined>): Promise<void>
    /** Calls a function as WeChat would for this source, with any event: what no honest client would send. */
    invoke(name: string, event: unknown, caller: Caller): Promise<unknown>
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
