// Documents as values: Extended JSON on the wire and on disk, plain JavaScript in memory.
import { BSONRegExp, calculateObjectSize, EJSON } from 'bson'
import type { Codec } from '../ports'
import { WireError } from './errors'

export type DocumentId = string | number
export type StoredDocument = { _id: DocumentId } & Record<string, unknown>
export type PlainObject = Record<string, unknown>

/** The BSON class of a value (`Binary`, `ObjectId`, …), by its prototype: a field of that name does not count. */
export const bsonType = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, '_bsontype')) return undefined
  const type: unknown = Reflect.get(value, '_bsontype')
  return typeof type === 'string' ? type : undefined
}

export const isPlainObject = (value: unknown): value is PlainObject =>
  Object.prototype.toString.call(value) === '[object Object]' && bsonType(value) === undefined

/** `db.serverDate()` travels as `{ $tcb_server_date: { offset: ms } }`. */
const SERVER_DATE = '$tcb_server_date'

/** `Object.fromEntries` defines own properties: a key called `__proto__` stays a key and reaches the checks. */
const mapObject = (value: PlainObject, change: (inner: unknown) => unknown): PlainObject =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]))

function revive(value: unknown, now: number): unknown {
  if (Array.isArray(value)) return value.map((item) => revive(item, now))
  if (value instanceof BSONRegExp) return toRegExp(value)
  if (!isPlainObject(value)) return value
  if (SERVER_DATE in value && Object.keys(value).length === 1) return serverDate(value[SERVER_DATE], now)
  return mapObject(value, (inner) => revive(inner, now))
}

function serverDate(spec: unknown, now: number): Date {
  const offset = isPlainObject(spec) ? (spec['offset'] ?? 0) : Number.NaN
  if (typeof offset !== 'number' || !Number.isFinite(offset))
    throw new WireError('INVALID_PARAM', 'serverDate: the offset must be a number of milliseconds')
  return new Date(now + offset)
}

function toRegExp({ pattern, options }: BSONRegExp): RegExp {
  // MongoDB's x (extended) and l (locale) have no counterpart here: refused rather than ignored.
  if (/[^imsu]/.test(options))
    throw new WireError('DATABASE_REQUEST_FAILED', `the regular expression options "${options}" are not emulated`)
  try {
    return new RegExp(pattern, options)
  } catch (error) {
    throw new WireError('DATABASE_REQUEST_FAILED', `Regular expression is invalid: ${(error as Error).message}`)
  }
}

function dehydrate(value: unknown): unknown {
  if (Object.prototype.toString.call(value) === '[object RegExp]') {
    const { source, flags } = value as RegExp
    return new BSONRegExp(source, flags.replace(/[^imsu]/g, ''))
  }
  if (Array.isArray(value)) return value.map(dehydrate)
  return isPlainObject(value) ? mapObject(value, dehydrate) : value
}

/** Extended JSON text → value. `now` is the server's time for server dates. Throws INVALID_PARAM on anything else. */
export function decodeValue(text: string, now: number): unknown {
  let value: unknown
  try {
    value = EJSON.parse(text, { relaxed: true })
  } catch (error) {
    throw new WireError('INVALID_PARAM', `not Extended JSON: ${(error as Error).message}`)
  }
  return revive(value, now)
}

/** Value → relaxed Extended JSON, which is what the SDK's `EJSON.parse` turns back into the same value. */
export const encodeValue = (value: unknown): string => EJSON.stringify(dehydrate(value), { relaxed: true })

export const documentCodec: Codec<StoredDocument> = {
  encode: encodeValue,
  decode: (text) => decodeValue(text, 0) as StoredDocument,
}

/** A copy that shares nothing that can be changed with the original. */
export function cloneValue<T>(value: T): T
export function cloneValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => cloneValue(item))
  if (isPlainObject(value)) return mapObject(value, cloneValue)
  return Object.prototype.toString.call(value) === '[object Date]' ? new Date(Number(value)) : value
}

/** Size as MongoDB counts it, bytes. */
export const documentSize = (document: StoredDocument): number =>
  calculateObjectSize(dehydrate(document) as PlainObject, { ignoreUndefined: true })

/** How mongod prints a value inside a message. */
export const show = (value: unknown): string => {
  const text = encodeValue(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

/** mongod's names of types, for messages. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  const tag = Object.prototype.toString.call(value)
  if (tag === '[object Date]') return 'date'
  if (tag === '[object RegExp]') return 'regex'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double'
  return typeof value
}
