// The deadline of one request: nothing is waited for beyond it, nothing is started after it.
import { Refusal } from './errors'
import type { Clock } from './ports'

export interface Deadline {
  /** Aborts what can be aborted, at the deadline or when the request is over. */
  readonly signal: AbortSignal
  /** By the clock. Nothing that this request began goes on after it. */
  readonly endsAt: number
  /** Throws TIMEOUT when the time is up, by the clock: a frozen instance thaws before its timers run. */
  check(): void
  /** Waits for something already under way; TIMEOUT at the deadline, also when the answer came too late. */
  wait<T>(pending: Promise<T>): Promise<T>
  /** Starts an effect if there is time, and waits for it. */
  run<T>(effect: () => Promise<T>): Promise<T>
  /** The reply is given: nothing starts any more, what is under way is aborted. */
  close(): void
}

const timeout = () => new Refusal('TIMEOUT', 'the function ran out of time')

/** A deadline `ms` from now. */
export const createDeadline = ({ clock }: { clock: Clock }, ms: number): Deadline => {
  const endsAt = clock.now() + ms
  const controller = new AbortController()
  let over = false
  let expire: (reason: Refusal) => void = () => undefined
  const expired = new Promise<never>((_resolve, reject) => {
    expire = reject
  })
  expired.catch(() => undefined) // nobody may be waiting; that is no unhandled rejection

  const finish = () => {
    if (over) return
    over = true
    cancel()
    expire(timeout())
    controller.abort()
  }
  const cancel = clock.timer(ms, finish)

  const check = () => {
    if (!over && clock.now() >= endsAt) finish()
    if (over) throw timeout()
  }
  const wait = async <T>(pending: Promise<T>): Promise<T> => {
    const value = await Promise.race([pending, expired])
    check()
    return value
  }
  return {
    signal: controller.signal,
    endsAt,
    check,
    wait,
    run: async (effect) => {
      check()
      return wait(effect())
    },
    close: finish,
  }
}

type Effects<T> = { [K in keyof T]: (...args: never[]) => Promise<unknown> }

/**
 * The same port, every effect of it under the deadline. Bound once per request, so that no call can forget: the SDK
 * reads who is calling from process-wide variables, so a late write would go out in the next user's name.
 */
export const withinDeadline = <T extends Effects<T>>(port: T, deadline: Deadline): T =>
  new Proxy(port, {
    get: (target, name) => {
      const effect: unknown = Reflect.get(target, name)
      if (typeof effect !== 'function') return effect
      return (...args: unknown[]) => deadline.run(async () => Reflect.apply(effect, target, args))
    },
  })

/** Both, side by side; waits for both even when one fails, so that nothing goes on behind the reply's back. */
export const both = async <A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => {
  await Promise.allSettled([a, b])
  return Promise.all([a, b])
}

/** Waits so long and no longer; undefined then. What goes on is bound to the deadline of the request all the same. */
export const within = async <T>(clock: Clock, ms: number, pending: Promise<T>): Promise<T | undefined> => {
  let cancel: () => void = () => undefined
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.timer(ms, () => resolve(undefined))
  })
  try {
    return await Promise.race([pending, late])
  } finally {
    cancel()
  }
}
