/** What the page keeps of a failure: enough to say what happened and to offer the one action that fits. */
import { asAuthError, authError } from '../../auth/core/errors'
import type { ErrorCode, Remedy } from '../../auth/index'

export interface Failure {
  code: ErrorCode
  remedy: Remedy
  requestId?: string
  retryAfterMs?: number
}

/** From what a door of the library rejected with. */
export const failureFrom = (thrown: unknown): Failure => {
  const { code, remedy, requestId, retryAfterMs } = asAuthError(thrown)
  return {
    code,
    remedy,
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** From a state, which carries the code alone. */
export const failureOf = (code: ErrorCode): Failure => ({ code, remedy: authError(code, '').remedy })
