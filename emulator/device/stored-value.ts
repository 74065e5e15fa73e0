// How a value lies in the storage: its type beside its text, so that what went in comes out.

import { WxFailure } from './runtime'

type Kind = 'String' | 'Number' | 'Boolean' | 'Date' | 'Null' | 'Undefined' | 'Object'

/** JSON text of a value: primitives, Date, or what JSON can say. Dates inside an object become text, as JSON has it. */
export function encodeValue(value: unknown): string {
  const kind = kindOf(value)
  if (kind === 'Undefined' || kind === 'Null') return JSON.stringify({ kind })
  if (kind === 'Number') return JSON.stringify({ kind, data: String(value) }) // NaN and Infinity survive
  if (kind === 'Date') return JSON.stringify({ kind, data: Number(value) })
  try {
    return JSON.stringify({ kind, data: value })
  } catch {
    throw new WxFailure({ errMsg: 'fail the data cannot be serialised: it contains itself' })
  }
}

export function decodeValue(text: string): unknown {
  const { kind, data } = JSON.parse(text) as { kind: Kind; data?: unknown }
  switch (kind) {
    case 'Undefined':
      return undefined
    case 'Null':
      return null
    case 'Number':
      return Number(data)
    case 'Date':
      return new Date(Number(data))
    case 'String':
    case 'Boolean':
    case 'Object':
      return data
    default:
      return kind satisfies never
  }
}

function kindOf(value: unknown): Kind {
  if (value === null) return 'Null'
  if (Object.prototype.toString.call(value) === '[object Date]') return 'Date'
  switch (typeof value) {
    case 'string':
      return 'String'
    case 'number':
      return 'Number'
    case 'boolean':
      return 'Boolean'
    case 'undefined':
      return 'Undefined'
    case 'object':
      return 'Object'
    default:
      throw new WxFailure({ errMsg: `fail the type ${typeof value} cannot be stored` })
  }
}
