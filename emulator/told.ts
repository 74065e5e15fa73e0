// What the back doors tell and take: hops, faults, people. Types only; they need nothing else, so the panel reads them too.

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

/** A virtual WeChat user. */
export interface Account {
  /** `v1` … `v24`. */
  id: string
  nickname: string
  phone: string
  /** WeChat considers this user high-risk: logins are answered with 40226. */
  blocked: boolean
}

/** `none`: this account never logged in to the app. */
export type SessionKeyState = 'none' | 'alive' | 'expired'
