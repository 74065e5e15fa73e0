// Nothing waits for ever: `wx` callbacks have been seen to never come.
import { authError } from './errors'
import type { ClockPort } from './ports'

/** Settles as `work` does, or rejects with TIMEOUT naming what did not answer. */
export const withTimeout = <T>(clock: ClockPort, ms: number, what: string, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(authError('TIMEOUT', `${what} gave no answer in ${ms} ms`)))
    void work.then(resolve, reject).then(cancel)
  })
