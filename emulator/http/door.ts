// What a back door is, and how it reads what it is sent: a wrong body is a 400 that says why.

import { HttpRefusal } from '../guard'

export type Body = Readonly<Record<string, unknown>>

export interface DoorRequest {
  body: Body
  query: URLSearchParams
  /** The `:id` of the path. */
  id: string
}

export type Door = (request: DoorRequest) => unknown
/** By path, then by method. */
export type Doors = Readonly<Record<string, Readonly<Record<string, Door>>>>

export const bad = (why: string) => new HttpRefusal(400, 'BAD_REQUEST', why)

export function only(body: Body, allowed: readonly string[]): void {
  const unknown = Object.keys(body).find((key) => !allowed.includes(key))
  if (unknown !== undefined) throw bad(`unknown key ${JSON.stringify(unknown)}; known: ${allowed.join(', ')}`)
}

export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const told = query.get(name)
  if (told === null) return undefined
  if (!/^\d{1,15}$/.test(told)) throw bad(`\`${name}\` is a whole number`)
  return Number(told)
}

export function text(body: Body, key: string): string {
  const value = body[key]
  if (typeof value !== 'string' || value === '') throw bad(`\`${key}\` is a text`)
  return value
}

export function object(body: Body, key: string): object {
  const value = body[key] ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) throw bad(`\`${key}\` is an object`)
  return value
}

interface Kinds {
  string: string
  number: number
  boolean: boolean
}
export function optional<K extends keyof Kinds>(body: Body, key: string, kind: K): Kinds[K] | undefined {
  const value = body[key]
  if (value === undefined) return undefined
  const is = (candidate: unknown): candidate is Kinds[K] => typeof candidate === kind
  if (!is(value)) throw bad(`\`${key}\` is a ${kind}`)
  return value
}

/** One of these names, or absent. */
export function oneOf<K extends string>(body: Body, key: string, known: Readonly<Record<K, true>>): K | undefined {
  const told = optional(body, key, 'string')
  if (told === undefined) return undefined
  const isKnown = (value: string): value is K => Object.hasOwn(known, value)
  if (isKnown(told)) return told
  throw bad(`\`${key}\` is one of ${Object.keys(known).join(', ')}`)
}
