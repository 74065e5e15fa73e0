// Puts the emulated clock in the place of a target's own Date with its timers.

import type { EmulatedClock } from './clock'

/** The globals an emulated clock replaces. */
interface TimeGlobals {
  Date: unknown
  setTimeout: unknown
  clearTimeout: unknown
  setInterval: unknown
  clearInterval: unknown
}

/**
 * Puts emulated `Date`, `setTimeout`, `setInterval` and their clearing on a target's globals; returns how to undo it.
 * Where timers are objects (Node), the emulated ones are too, with `ref`, `unref` and `refresh`.
 */
export function installClock(target: object, source: EmulatedClock): () => void {
  const names = ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const
  const before = new Map(names.map((name) => [name, Object.getOwnPropertyDescriptor(target, name)]))
  const realDate: unknown = Reflect.get(target, 'Date')
  if (typeof realDate !== 'function') throw new TypeError('installClock: the target has no Date')
  const objects = Reflect.get(target, 'process') !== undefined
  const { emulatedDate, restore } = emulateDate(realDate as DateConstructor, source)
  const starter = (start: (fn: () => void, ms: number) => number) => {
    return (fn: (...args: unknown[]) => void, ms = 1, ...args: unknown[]) => {
      if (typeof fn !== 'function') throw new TypeError('The "callback" argument must be of type function.')
      const begin = () => start(() => fn(...args), ms)
      return objects ? nodeTimer(source, begin) : begin()
    }
  }
  const once = starter((fn, ms) => source.setTimeout(fn, ms))
  // `util.promisify(setTimeout)` asks for this.
  const promised = (ms?: number, value?: unknown) => new Promise((resolve) => once(() => resolve(value), ms))
  Object.defineProperty(once, Symbol.for('nodejs.util.promisify.custom'), { value: promised })
  const clear = (handle: unknown) => {
    if (handle !== undefined && handle !== null) source.clearTimeout(Number(handle))
  }
  const replacement: TimeGlobals = {
    Date: emulatedDate,
    setTimeout: once,
    clearTimeout: clear,
    setInterval: starter((fn, ms) => source.setInterval(fn, ms)),
    clearInterval: clear,
  }
  for (const name of names)
    Object.defineProperty(target, name, {
      value: replacement[name],
      configurable: true,
      writable: true,
      enumerable: before.get(name)?.enumerable ?? true,
    })
  return () => {
    restore()
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(target, name)
      else Object.defineProperty(target, name, descriptor)
    }
  }
}

/** A `Date` whose idea of now is the clock's; dates made before and after are of one kind (`instanceof`, `constructor`). */
function emulateDate(real: DateConstructor, source: { now(): number }) {
  const emulatedDate = new Proxy(real, {
    construct: (date, args, newTarget) => Reflect.construct(date, args.length === 0 ? [source.now()] : args, newTarget),
    apply: (date) => new date(source.now()).toString(),
    get: (date, key, receiver) => (key === 'now' ? () => source.now() : Reflect.get(date, key, receiver)),
  })
  real.prototype.constructor = emulatedDate
  const restore = () => {
    real.prototype.constructor = real
  }
  return { emulatedDate, restore }
}

/** What Node's `setTimeout` returns, as far as libraries use it. */
function nodeTimer(source: EmulatedClock, begin: () => number) {
  let id = begin()
  const handle = {
    ref() {
      source.keepAlive(id, true)
      return handle
    },
    unref() {
      source.keepAlive(id, false)
      return handle
    },
    hasRef: () => source.hasTimer(id),
    refresh() {
      source.clearTimeout(id)
      id = begin()
      return handle
    },
    close() {
      source.clearTimeout(id)
      return handle
    },
    [Symbol.toPrimitive]: () => id,
  }
  return handle
}
