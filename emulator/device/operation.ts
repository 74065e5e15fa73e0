// One thing a device may ask WeChat for, and how its arguments are read.

import { EmulatorError } from '../errors'
import type { Owner } from '../state/flash'

export type Args = Readonly<Record<string, unknown>>

export interface Operation {
  to: 'wx' | 'function' | 'storage'
  /** What the API is called in an errMsg. */
  api: string
  /** Its name in the trace and to faults, when two APIs share one. */
  op?: string
  /** Throws DeviceRefusal. */
  run(owner: Owner, args: Args): unknown
  /** What the trace keeps of the arguments and of the answer: bytes are not for reading. All of them unless said. */
  shown?: { request?(args: Args): unknown; reply?(value: unknown): unknown }
}

/** By op, as the trace spells it. */
export type Operations = Readonly<Record<string, Operation>>

/** Throws BAD_REQUEST: no device sends anything else. */
export function record(value: unknown): Args {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Args
  throw new EmulatorError('BAD_REQUEST', 'the arguments of a device are an object')
}

/** Throws BAD_REQUEST. */
export function text(args: Args, name: string): string {
  const value = args[name]
  if (typeof value === 'string') return value
  throw new EmulatorError('BAD_REQUEST', `a device sends ${name} as text`)
}
