// The emulated clock inside a worker: on the globals and in node:timers, before a function is loaded.
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { createClock, type EmulatedClock, installClock } from '../clock'

export function installWorkerTime(offset: number): EmulatedClock {
  const clock = createClock({ offset })
  installClock(globalThis, clock)
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis
  Object.assign(timers, { setTimeout, clearTimeout, setInterval, clearInterval })
  Object.assign(timersPromises, {
    setTimeout: (ms?: number, value?: unknown) => new Promise((resolve) => setTimeout(resolve, ms, value)),
  })
  return clock
}
