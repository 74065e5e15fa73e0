// The one error of the library: a code, its remedy, and words for developers.
import type { Envelope, ErrorCode, Remedy, RemedyOf, WireError } from '../../../typings/contract'

/** What each code calls for. The type pins it to the contract: a forgotten or misplaced code does not compile. */
const remedyFor: RemedyOf = {
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

/** What a page needs to say and to offer. */
export interface Failure {
  readonly code: ErrorCode
  /** Of this failure: an unknown code acts by the remedy that travelled with it. */
  readonly remedy: Remedy
  /** Quote it when you report the failure; our function logged the rest under it. */
  readonly requestId?: string | undefined
  /** Milliseconds after which trying again is worth it. */
  readonly retryAfterMs?: number | undefined
}

export interface AuthError extends Error, Failure {
  readonly name: 'AuthError'
}

type Details = Partial<Omit<Failure, 'code'>>

/** Made by a function, not a class: two copies of the library in one app still know each other's errors. */
export const authError = (code: ErrorCode, message: string, details: Details = {}): AuthError => {
  const { remedy = remedyFor[code], ...rest } = details
  return Object.assign(new Error(message), { name: 'AuthError' as const, code, remedy, ...rest })
}

/** Whether it is ours, whichever copy of the library made it. */
export const isAuthError = (value: unknown): value is AuthError =>
  value instanceof Error && value.name === 'AuthError' && 'remedy' in value

/** Anything thrown becomes ours; what is not is a bug somewhere and says so. */
export const asAuthError = (value: unknown): AuthError =>
  isAuthError(value) ? value : authError('INTERNAL', value instanceof Error ? value.message : String(value))

/** What a page needs of anything thrown. */
export const failureOf = (thrown: unknown): Failure => {
  const { code, remedy, requestId, retryAfterMs } = asAuthError(thrown)
  return { code, remedy, ...(requestId && { requestId }), ...(retryAfterMs && { retryAfterMs }) }
}

/** A code this copy has never heard of acts by the remedy that travelled with it. */
const fromWire = ({ code, message, remedy, retryAfterMs }: WireError, requestId: string): AuthError => {
  const details = { requestId, retryAfterMs }
  return code in remedyFor
    ? authError(code, message, details)
    : authError('INTERNAL', `${code}: ${message}`, { ...details, remedy })
}

/** The refusal in an envelope, if there is one. */
export const refusalOf = (envelope: Envelope): AuthError | undefined =>
  envelope.ok ? undefined : fromWire(envelope.error, envelope.requestId)
