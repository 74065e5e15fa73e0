// The one clock: emulated time that runs with real time and jumps when told, for this process and for its followers.

export { installClock } from './install-clock'

/**
 * Neutral TypeScript: the same room runs in the emulator, in the workers of the function host and in
 * the page. Everything it needs of the real world is captured when a clock is made, so a clock keeps working after
 * `installClock` has put an emulated `Date` and emulated timers on the very globals it stands on.
 */

/** The real world under a clock. */
export interface RealTime {
  now(): number
  setTimeout(fn: () => void, ms: number): unknown
  clearTimeout(handle: unknown): void
  /** Lets promises and I/O callbacks that are already due run. */
  settle(): Promise<void>
}

/** Told the new offset (emulated minus real time, milliseconds); resolves when all that became due there has fired. */
export type ClockFollower = (offsetMs: number) => Promise<void>

export interface EmulatedClock {
  now(): number
  /** Emulated minus real time, milliseconds. */
  readonly offset: number
  advance(ms: number): Promise<void>
  /** For a follower: moves to an offset another clock announced. Time never runs backwards: a smaller one is ignored. */
  jumpTo(offsetMs: number): Promise<void>
  setTimeout(fn: () => void, ms: number): number
  setInterval(fn: () => void, ms: number): number
  clearTimeout(id: number): void
  /** Whether a timer keeps the process alive, as Node's `ref` and `unref`. */
  keepAlive(id: number, alive: boolean): void
  hasTimer(id: number): boolean
  /** Calls the listener on every jump, also the small ones on the way. Returns how to stop. */
  follow(listener: ClockFollower): () => void
  /** Forgets all timers and followers; `now` keeps working. */
  close(): void
}

interface Timer {
  id: number
  due: number
  fn: () => void
  /** Set for an interval. */
  every?: number
  /** Beats of an interval within the current jump. */
  beats: number
  alive: boolean
}

/** A jump of a month must not fire a one-second interval 2.7 million times; afterwards it skips to the end. */
const MAX_BEATS_PER_JUMP = 1000

/** What a real setTimeout can hold (2^31 - 1 ms) with room to spare; longer waits are armed again. */
const MAX_REAL_WAIT_MS = 2 ** 30

/** The real time of this JavaScript world as it is now; call it before anything is installed over it. */
export function captureRealTime(): RealTime {
  const realDate = Date
  const set = setTimeout
  const clear = clearTimeout
  const immediate: unknown = Reflect.get(globalThis, 'setImmediate')
  const soon = typeof immediate === 'function' ? (fn: () => void) => immediate(fn) : (fn: () => void) => set(fn, 0)
  return {
    now: () => realDate.now(),
    setTimeout: (fn, ms) => set(fn, ms),
    clearTimeout: (handle) => clear(handle as Parameters<typeof clearTimeout>[0]),
    settle: () => new Promise((resolve) => soon(resolve)),
  }
}

const realTime = captureRealTime()

export function createClock({
  offset: initial = 0,
  real = realTime,
}: {
  offset?: number
  real?: RealTime
} = {}): EmulatedClock {
  let offset = initial
  let lastId = 0
  let armed: unknown
  let jumps: Promise<void> = Promise.resolve()
  let jumping = false
  const timers = new Map<number, Timer>()
  const followers = new Set<ClockFollower>()
  const now = () => real.now() + offset

  const earliest = (until = Number.POSITIVE_INFINITY): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers.values())
      if (timer.due <= until && (first === undefined || timer.due < first.due)) first = timer
    return first
  }

  /** An interval beats again one period on; when it is late or has beaten enough, one period after `until`. */
  const fire = (timer: Timer, until: number, mayCatchUp: boolean) => {
    if (timer.every === undefined) timers.delete(timer.id)
    else {
      timer.beats += 1
      const catchesUp = mayCatchUp && timer.beats < MAX_BEATS_PER_JUMP
      timer.due = (catchesUp ? timer.due : Math.max(timer.due, until)) + timer.every
    }
    try {
      timer.fn()
    } catch (error) {
      // As a host does: the failure of one callback is reported and does not stop the others.
      real.setTimeout(() => {
        throw error
      }, 0)
    }
  }

  const arm = () => {
    if (armed !== undefined) real.clearTimeout(armed)
    armed = undefined
    const next = earliest()
    if (next === undefined || jumping) return
    armed = real.setTimeout(
      () => {
        armed = undefined
        const due = now()
        for (let timer = earliest(due); timer !== undefined; timer = earliest(due)) fire(timer, due, false)
        arm()
      },
      Math.min(MAX_REAL_WAIT_MS, Math.max(0, next.due - now())),
    )
    const handle = armed
    if (![...timers.values()].some((timer) => timer.alive) && typeof handle === 'object' && handle !== null) {
      const unref: unknown = Reflect.get(handle, 'unref')
      if (typeof unref === 'function') unref.call(handle)
    }
  }

  /** Moves to `target` in steps, one per due time, so that what fires sees the time it was set for. */
  const travel = async (target: number) => {
    jumping = true
    arm()
    for (const timer of timers.values()) timer.beats = 0
    try {
      for (;;) {
        const next = earliest(target)
        const step = next === undefined ? target : Math.max(next.due, 0)
        if (now() < step) offset += step - now()
        // Followers first: a reply on its way there must not lose against a time limit here that is due later or now.
        await Promise.all([...followers].map((tell) => tell(offset)))
        await real.settle()
        if (next === undefined) return
        if (timers.get(next.id) === next && next.due <= now()) fire(next, target, true)
        await real.settle()
      }
    } finally {
      jumping = false
      arm()
    }
  }

  const jump = (target: () => number) => {
    const done = jumps.then(() => travel(target()))
    jumps = done.catch(() => undefined)
    return done
  }

  const set = (fn: () => void, ms: number, every?: number) => {
    lastId += 1
    const timer: Timer = { id: lastId, due: now() + ms, fn, beats: 0, alive: true }
    if (every !== undefined) timer.every = every
    timers.set(lastId, timer)
    arm()
    return lastId
  }

  return {
    now,
    get offset() {
      return offset
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`clock: advance wants milliseconds, got ${String(ms)}`)
      return jump(() => now() + ms)
    },
    jumpTo: (offsetMs) => jump(() => Math.max(now(), real.now() + offsetMs)),
    setTimeout: (fn, ms) => set(fn, toDelay(ms)),
    setInterval: (fn, ms) => set(fn, toDelay(ms), toDelay(ms)),
    clearTimeout(id) {
      if (timers.delete(id)) arm()
    },
    keepAlive(id, alive) {
      const timer = timers.get(id)
      if (timer === undefined || timer.alive === alive) return
      timer.alive = alive
      arm()
    },
    hasTimer: (id) => timers.has(id),
    follow(listener) {
      followers.add(listener)
      return () => void followers.delete(listener)
    },
    close() {
      timers.clear()
      followers.clear()
      arm()
    },
  }
}

/** As hosts do: at least one millisecond, and nonsense means one. */
function toDelay(ms: unknown): number {
  const delay = Math.trunc(Number(ms))
  return delay >= 1 ? delay : 1
}
