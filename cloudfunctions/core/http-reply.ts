// Replies over HTTP: which status goes with which code.
import type { ErrorCode, WireError } from '../../typings/contract'

/** What the gateway turns into an HTTP response. */
export interface HttpReply {
  statusCode: number
  headers: Readonly<Record<string, string>>
  body: string
}

/**
 * 401 is said of sessions only, ended by time or by another device: a client that reads nothing but the status still
 * does the right thing. The body holds the envelope whatever the status is.
 */
export const statusFor: Record<ErrorCode, number> = {
  NETWORK: 502,
  TIMEOUT: 504,
  WECHAT_BUSY: 503,
  SESSION_EXPIRED: 401,
  CODE_INVALID: 422,
  USER_DENIED: 403,
  PRIVACY_DENIED: 403,
  RATE_LIMITED: 429,
  PHONE_CODE_INVALID: 422,
  PHONE_TAKEN: 409,
  SESSION_KEY_STALE: 409,
  PROFILE_REJECTED: 422,
  AVATAR_REJECTED: 422,
  SIGNED_OUT: 401,
  USER_BLOCKED: 403,
  QUOTA_EXHAUSTED: 403,
  PRIVACY_UNDECLARED: 500,
  NOT_PERMITTED: 403,
  USER_CHANGED: 409,
  DATA_MISMATCH: 403,
  BAD_REQUEST: 400,
  MISCONFIGURED: 500,
  INTERNAL: 500,
}

type Answer = { requestId: string } & ({ ok: true; data: unknown } | { ok: false; error: WireError })

/** `status` and `headers`: when the refusal is of the request as HTTP. */
export const httpReply = (
  envelope: Answer,
  { status, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): HttpReply => {
  const error = envelope.ok ? undefined : envelope.error
  const statusCode = status ?? (error ? statusFor[error.code] : 200)
  return {
    statusCode,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(statusCode === 401 && { 'www-authenticate': 'Bearer' }),
      ...(error?.retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) }),
      ...headers,
    },
    body: JSON.stringify(envelope),
  }
}

export const textReply = (statusCode: number, body: string): HttpReply => ({
  statusCode,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body,
})
