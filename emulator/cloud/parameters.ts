// Reads the parameters of an action: unknown on the wire, typed or refused here.
import { decodeValue, isPlainObject, type PlainObject } from './documents'
import { notEmulated, WireError } from './errors'

/** What every body of the SDK carries, whatever the action. */
const ENVELOPE = new Set([
  'action',
  'envName',
  'wxCloudApiToken',
  'wxCloudbaseAccesstoken',
  'tcb_sessionToken',
  'sessionToken',
  'crossAuthorizationToken',
])

export interface Parameters {
  /** Refuses any parameter the action does not know. */
  only(...names: string[]): void
  text(name: string): string
  flag(name: string): boolean
  /** A whole number from 0 up, or absent. */
  count(name: string): number | undefined
  /** Extended JSON; `fallback` when absent or empty. */
  value(name: string, fallback?: unknown): unknown
  /** A list of Extended JSON. */
  values(name: string): unknown[]
  /** A list with something in it, of whatever. */
  list(name: string): unknown[]
  has(name: string): boolean
}

const invalid = (name: string, wanted: string) => new WireError('INVALID_PARAM', `parameter ${name} must be ${wanted}`)

export function createParameters(body: PlainObject, now: number): Parameters {
  return {
    only(...names) {
      for (const name of Object.keys(body))
        if (!ENVELOPE.has(name) && !names.includes(name))
          throw notEmulated(`the parameter ${name} of ${String(body['action'])}`)
    },
    text(name) {
      const value = body[name]
      if (typeof value !== 'string' || value === '') throw invalid(name, 'a non-empty string')
      return value
    },
    flag(name) {
      const value = body[name]
      if (typeof value !== 'boolean') throw invalid(name, 'a boolean')
      return value
    },
    count(name) {
      const value = body[name]
      if (value === undefined) return undefined
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
        throw invalid(name, 'a whole number from 0 up')
      return value
    },
    value(name, fallback) {
      const value = body[name]
      if (value === undefined || value === '') {
        if (fallback === undefined) throw invalid(name, 'Extended JSON')
        return fallback
      }
      if (typeof value !== 'string') throw invalid(name, 'Extended JSON in a string')
      return decodeValue(value, now)
    },
    values(name) {
      const value = body[name]
      if (!Array.isArray(value) || value.length === 0) throw invalid(name, 'a list of Extended JSON')
      return value.map((item: unknown) => {
        if (typeof item !== 'string') throw invalid(name, 'a list of Extended JSON in strings')
        return decodeValue(item, now)
      })
    },
    list(name) {
      const value = body[name]
      if (!Array.isArray(value) || value.length === 0) throw invalid(name, 'a list')
      return value
    },
    has: (name) => body[name] !== undefined,
  }
}

/** The body of a JSON request as an object. */
export function parseBody(text: string): PlainObject {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new WireError('INVALID_PARAM', 'the body is not JSON')
  }
  if (!isPlainObject(value)) throw new WireError('INVALID_PARAM', 'the body is not a JSON object')
  return value
}
