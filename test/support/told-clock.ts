// A clock that moves only when told; timers fire on the way.
import type { Clock } from '../../cloudfunctions/core/ports'

export interface ToldClock extends Clock {
  advance(ms: number): void
  /** How many timers wait. */
  readonly waiting: number
}

/** Some day in November 2026. */
export const SOME_DAY = Date.UTC(2026, 10, 20, 8, 0, 0)

export const createToldClock = (start = SOME_DAY): ToldClock => {
  let now = start
  const timers = new Map<number, { at: number; fn: () => void }>()
  let next = 0
  return {
    now: () => now,
    timer: (ms, fn) => {
      const id = next++
      timers.set(id, { at: now + ms, fn })
      return () => timers.delete(id)
    },
    advance: (ms) => {
      now += ms
      const due = [...timers].filter(([, { at }]) => at <= now).sort(([, a], [, b]) => a.at - b.at)
      for (const [id, { fn }] of due) if (timers.delete(id)) fn()
    },
    get waiting() {
      return timers.size
    },
  }
}
