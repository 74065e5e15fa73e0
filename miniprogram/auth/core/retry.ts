// Runs again what failed for a reason that may pass, with full jitter, obeying the server's own waiting time.
import { asAuthError } from './errors'
import type { ClockPort } from './ports'

export interface RetryOptions {
  /** Total tries, the first included. */
  attempts: number
  /** The ceiling of the first pause; it doubles with each try. */
  baseMs: number
}

export type Retry = <T>(run: () => Promise<T>) => Promise<T>

export const createRetry = (ports: { clock: ClockPort; random: () => number }, options: RetryOptions): Retry => {
  const pause = (ms: number) => new Promise<void>((resolve) => ports.clock.after(ms, resolve))
  return async (run) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run()
      } catch (thrown) {
        const error = asAuthError(thrown)
        if (error.remedy !== 'retry' || attempt >= options.attempts) throw error
        await pause(Math.max(error.retryAfterMs ?? 0, ports.random() * options.baseMs * 2 ** (attempt - 1)))
      }
    }
  }
}
