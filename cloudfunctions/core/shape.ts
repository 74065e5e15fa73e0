// Shapes of unknown values: the few questions that parsing asks.
import { badRequest } from './errors'

export type Fields = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A key as it may stand in a message: what a caller made up is not echoed at length. */
const nameable = (key: string) => (/^[A-Za-z0-9_]{1,32}$/.test(key) ? key : '(unprintable)')

/** The value as an object with no other keys than these; BAD_REQUEST naming `what` otherwise. */
export const objectOf = (value: unknown, keys: readonly string[], what: string): Fields => {
  if (!isObject(value)) throw badRequest(`${what} must be an object`)
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) throw badRequest(`${what} has an unknown key: ${nameable(key)}`)
  }
  return value
}

/** A string that fits, or BAD_REQUEST. */
export const textOf = (value: unknown, what: string, fits: RegExp, hint: string): string => {
  if (typeof value !== 'string' || !fits.test(value)) throw badRequest(`${what} must be ${hint}`)
  return value
}
