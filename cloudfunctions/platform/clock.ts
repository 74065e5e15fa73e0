// Time, as the process has it.
import type { Clock } from '../core/ports'

export const createClock = (): Clock => ({
  now: () => Date.now(),
  timer: (ms, fn) => {
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
})
