// The device's time.
import type { ClockPort } from '../core/ports'

export const createClock = (): ClockPort => ({
  now: () => Date.now(),
  after: (ms, run) => {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
})
