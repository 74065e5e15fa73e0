// Faults: what bends the next answer, by name, as often as told, or holds it at a barrier.

import { isKnownErrcode } from './errcodes'
import { EmulatorError } from './errors'
import { matcher } from './pattern'
import type { Fault, FaultSpec, Faults } from './types'

/** One operation meeting one fault. */
export interface Bend {
  id: number
  answer: FaultSpec['answer']
  /** For `hold`: resolves when this operation is let go. */
  wait(): Promise<void>
}

export interface FaultBook extends Faults {
  /** The fault that bends this operation, counted as a hit; the oldest armed one that fits. */
  next(op: string, account: string | undefined): Bend | undefined
}

interface Armed {
  fault: Fault
  fits(op: string, account: string | undefined): boolean
  hit(): Bend
  /** Nothing left to bend and nobody waiting. */
  spent(): boolean
}

export function createFaults(): FaultBook {
  const armed = new Map<number, Armed>()
  let lastId = 0
  return {
    add(spec) {
      assertSpec(spec)
      lastId += 1
      const id = lastId
      const entry = arm(id, spec, () => armed.delete(id))
      armed.set(id, entry)
      return entry.fault
    },
    list: () => [...armed.values()].filter((entry) => !entry.spent()).map((entry) => entry.fault),
    clear() {
      for (const entry of [...armed.values()]) entry.fault.remove()
    },
    next(op, account) {
      for (const entry of armed.values()) {
        if (!entry.fits(op, account)) continue
        const bend = entry.hit()
        if (entry.spent() && bend.answer !== 'hold') armed.delete(bend.id)
        return bend
      }
      return undefined
    },
  }
}

function arm(id: number, spec: FaultSpec, forget: () => void): Armed {
  const matches = matcher(spec.at)
  const times = spec.times ?? 1
  const waiting: (() => void)[] = []
  const watchers = new Set<{ count: number; resolve: () => void; reject: (error: Error) => void }>()
  let hits = 0
  let removed = false

  const release = (count = waiting.length) => {
    for (const go of waiting.splice(0, count)) go()
  }
  const fault: Fault = {
    id,
    spec,
    get hits() {
      return hits
    },
    held(count = 1) {
      if (waiting.length >= count) return Promise.resolve()
      if (removed)
        return Promise.reject(new EmulatorError('UNKNOWN_FAULT', `fault ${id} was removed: nobody waits there`))
      return new Promise((resolve, reject) => {
        watchers.add({ count, resolve, reject })
      })
    },
    release,
    remove() {
      removed = true
      release()
      for (const { reject } of watchers)
        reject(new EmulatorError('UNKNOWN_FAULT', `fault ${id} was removed while somebody waited for it`))
      watchers.clear()
      forget()
    },
  }
  const wait = () =>
    new Promise<void>((resolve) => {
      if (removed) {
        resolve()
        return
      }
      waiting.push(resolve)
      for (const watcher of watchers) if (waiting.length >= watcher.count && watchers.delete(watcher)) watcher.resolve()
    })
  return {
    fault,
    fits: (op, account) =>
      !removed && hits < times && matches(op) && (spec.account === undefined || spec.account === account),
    hit() {
      hits += 1
      return { id, answer: spec.answer, wait }
    },
    spent: () => hits >= times && waiting.length === 0,
  }
}

const WORDS: readonly unknown[] = ['cut', 'lost', 'silence', 'hold']
const SPEC_KEYS: readonly string[] = ['at', 'answer', 'times', 'account']

/** Throws UNKNOWN_FAULT for anything that is no fault; faults also come from outside, as JSON. */
export function assertSpec(value: unknown): asserts value is FaultSpec {
  const refuse = (why: string): never => {
    throw new EmulatorError('UNKNOWN_FAULT', `not a fault: ${why}`)
  }
  if (!isRecord(value)) return refuse('it is no object')
  const unknownKey = Object.keys(value).find((key) => !SPEC_KEYS.includes(key))
  if (unknownKey !== undefined) refuse(`unknown key ${JSON.stringify(unknownKey)}`)
  const { at, answer, times, account } = value
  if (typeof at !== 'string' || at === '') refuse('`at` is the name of an operation')
  if (times !== undefined && (!Number.isSafeInteger(times) || Number(times) < 1))
    refuse('`times` is a whole number from 1')
  if (account !== undefined && typeof account !== 'string') refuse('`account` is the id of an account')
  const why = whyNotAnswer(answer)
  if (why !== undefined) refuse(why)
}

function whyNotAnswer(answer: unknown): string | undefined {
  if (WORDS.includes(answer)) return undefined
  const shapes = "`answer` is { errcode }, { fail }, { delayMs }, 'cut', 'lost', 'silence' or 'hold'"
  if (!isRecord(answer) || Object.keys(answer).length !== 1) return shapes
  const { errcode, delayMs, fail } = answer
  if (errcode !== undefined)
    return typeof errcode === 'number' && isKnownErrcode(errcode)
      ? undefined
      : `errcode ${String(errcode)} is in no table`
  if (delayMs !== undefined)
    return typeof delayMs === 'number' && delayMs >= 0 && Number.isFinite(delayMs)
      ? undefined
      : '`delayMs` is milliseconds'
  if (fail === undefined) return shapes
  const numbers = isRecord(fail) ? [fail['errno'], fail['errCode']] : []
  const valid = isRecord(fail) && typeof fail['errMsg'] === 'string'
  return valid && numbers.every((n) => n === undefined || typeof n === 'number')
    ? undefined
    : '`fail` is { errMsg, errno?, errCode? }'
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
