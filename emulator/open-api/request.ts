// What reaches api.weixin.qq.com: a request, its parameters, and the app its access token stands for.

import { WeixinError } from '../errcodes'
import type { State } from '../state'

export interface OpenApiRequest {
  method: string
  /** The path as it was sent; WeChat's paths are case-sensitive. */
  path: string
  query: ReadonlyMap<string, string>
  body: string
}

export type Fields = Readonly<Record<string, unknown>>

/** The app behind `access_token`. Throws 41001, 40014, 40001 or 42001. */
export function appOf(state: State, { query }: OpenApiRequest): string {
  const token = query.get('access_token')
  if (token === undefined || token === '') throw new WeixinError(41001)
  const found = state.tokens.stateOf(token)
  if (typeof found === 'object') return found.appid
  throw new WeixinError({ malformed: 40014, invalid: 40001, expired: 42001 }[found])
}

/** The JSON object of a POST. Throws 44002 or 47001. */
export function fieldsOf({ body }: OpenApiRequest): Fields {
  if (body.trim() === '') throw new WeixinError(44002)
  const fields = readFields(body)
  if (fields === undefined) throw new WeixinError(47001)
  return fields
}

/** The object, if that is what the text is. */
export function readFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

/** A parameter that WeChat's pages put into the query here and into the body there: the query wins. */
export function anywhere({ query, body }: OpenApiRequest, name: string): string | undefined {
  const inBody = readFields(body)?.[name]
  return query.get(name) ?? (typeof inBody === 'string' ? inBody : undefined)
}
