// What may be stored or named at all: the rules for values, field names and paths that mongod has and mingo has not.
import { bsonType, isPlainObject } from './documents'

/** Why something is refused; the caller knows the operation and makes the error of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

export const refuse = (why: string): never => {
  throw new Refusal(why)
}

/** MongoDB nests at most 100 levels. */
const MAX_DEPTH = 100

/** Legal for mongod, poison for JavaScript objects: refused by name. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype', '_bsontype'])

/** Buffers arrive as Binary; MongoDB's other own types have no use in a mini-program and are refused by name. */
const STORED_BSON = new Set<string | undefined>([undefined, 'Binary'])

/** A value on its way into a document. */
export function checkStorable(value: unknown, depth = 1): void {
  if (depth > MAX_DEPTH) refuse(`document exceeds the maximum nesting depth of ${MAX_DEPTH}`)
  if (!STORED_BSON.has(bsonType(value))) refuse(`storing a ${String(bsonType(value))} is not emulated`)
  if (Array.isArray(value)) for (const item of value) checkStorable(item, depth + 1)
  else if (Object.prototype.toString.call(value) === '[object Date]') checkDate(value as Date)
  else if (isPlainObject(value))
    for (const [name, inner] of Object.entries(value)) {
      checkFieldName(name)
      checkStorable(inner, depth + 1)
    }
}

function checkDate(value: Date): void {
  if (Number.isNaN(value.getTime())) refuse('an invalid Date cannot be stored')
}

function checkFieldName(name: string): void {
  if (name.startsWith('$')) refuse(`The dollar ($) prefixed field '${name}' in '${name}' is not valid for storage.`)
  if (name === '') refuse('a field without a name is not valid for storage')
  // mongod 5 stores them and cannot reach them any more: nobody wants that, so it is refused here.
  if (name.includes('.')) refuse(`The dotted field '${name}' in '${name}' is not valid for storage.`)
  if (name.includes('\0')) refuse('a field name with a null byte is not valid for storage')
  if (RESERVED.has(name)) refuse(`the field name '${name}' is not emulated`)
}

/** A dotted path of a query, an order or an update, as its segments. */
export function parsePath(path: string): string[] {
  const segments = path.split('.')
  for (const segment of segments) {
    if (segment === '') refuse(`The path '${path}' contains an empty field name, which is not allowed.`)
    if (segment.startsWith('$')) refuse(`the positional or $ prefixed field '${segment}' in '${path}' is not emulated`)
    if (RESERVED.has(segment)) refuse(`the field name '${segment}' is not emulated`)
  }
  return segments
}
