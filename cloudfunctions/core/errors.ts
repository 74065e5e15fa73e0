// Errors of the functions: what is thrown, and what each code asks of the client.
import type { ErrorCode, RemedyOf } from '../../typings/contract'

/** The only place on this side where behaviour hangs on a code; typed by the contract, so drift does not compile. */
export const remedyFor: RemedyOf = {
  NETWORK: 'retry',
  TIMEOUT: 'retry',
  WECHAT_BUSY: 'retry',
  SESSION_EXPIRED: 'renew',
  CODE_INVALID: 'renew',
  USER_DENIED: 'ask',
  PRIVACY_DENIED: 'ask',
  RATE_LIMITED: 'ask',
  PHONE_CODE_INVALID: 'ask',
  PHONE_TAKEN: 'ask',
  SESSION_KEY_STALE: 'ask',
  PROFILE_REJECTED: 'ask',
  AVATAR_REJECTED: 'ask',
  SIGNED_OUT: 'ask',
  USER_BLOCKED: 'stop',
  QUOTA_EXHAUSTED: 'stop',
  PRIVACY_UNDECLARED: 'stop',
  NOT_PERMITTED: 'stop',
  USER_CHANGED: 'stop',
  DATA_MISMATCH: 'stop',
  BAD_REQUEST: 'stop',
  MISCONFIGURED: 'stop',
  INTERNAL: 'stop',
}

export interface RefusalOptions {
  /** For the log only. Never a secret, never an openid. */
  detail?: string
  retryAfterMs?: number
}

/** A refusal with a code: the one thing that operations throw on purpose. `message` is developer English and travels. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, { detail, retryAfterMs }: RefusalOptions = {}) {
    super(message)
    this.code = code
    this.detail = detail
    this.retryAfterMs = retryAfterMs
  }
}

export const badRequest = (message: string): Refusal => new Refusal('BAD_REQUEST', message)

export const sessionExpired = (detail: string): Refusal =>
  new Refusal('SESSION_EXPIRED', 'the session is not valid: sign in again', { detail })

/** Anything that was not thrown on purpose becomes INTERNAL; what it said stays in the log. */
export const asRefusal = (cause: unknown): Refusal => {
  if (cause instanceof Refusal) return cause
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause
  return new Refusal('INTERNAL', 'the function failed: its log has the reason under this request id', { detail })
}
