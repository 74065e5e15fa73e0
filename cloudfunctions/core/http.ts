// HTTP as the gateway hands it to a function: an unknown event becomes a request, and nobody checks again.
// https://docs.cloudbase.net/service/access-cloud-function
import { Refusal } from './errors'
import { type Fields, isObject } from './shape'

export interface HttpRequest {
  method: string
  path: string
  /** By its name in lower case. */
  header(name: string): string | undefined
  query(name: string): string | undefined
  /** Media type in lower case, without parameters; empty when there is none. */
  type: string
  body: Buffer
  /**
   * Where the connection to the gateway came from. The load balancer in front of the gateway writes `x-real-ip` over
   * whatever a client sent, and appends to `x-forwarded-for`, so that only its last entry is not a client's word.
   */
  address?: string
}

/** A refusal of the request as HTTP, before any call is looked at. */
export class HttpRefusal extends Refusal {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super('BAD_REQUEST', message)
    this.status = status
    this.headers = headers
  }
}

/** Whether the event claims to be an HTTP request. Any client can make one that does: it proves nothing. */
export const isHttpEvent = (event: unknown): event is Fields => isObject(event) && 'httpMethod' in event

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const MAX_ADDRESS = 45 // the longest IPv6 address in text

/** Throws HttpRefusal: 400 when it is no HTTP request, 413 when its body is larger than its path may have. */
export const parseHttp = (event: unknown, { maxBytes }: { maxBytes: (path: string) => number }): HttpRequest => {
  if (!isHttpEvent(event)) throw new HttpRefusal(400, 'this function is served by HTTP access only')
  const { httpMethod, path, headers, queryStringParameters, body, isBase64Encoded } = event
  if (typeof httpMethod !== 'string' || typeof path !== 'string') {
    throw new HttpRefusal(400, 'the event is no HTTP request')
  }
  const named = texts(headers, (name) => name.toLowerCase())
  const asked = texts(queryStringParameters)
  const forwarded = named.get('x-forwarded-for')?.split(',').at(-1)
  const address = (named.get('x-real-ip') ?? forwarded)?.trim()
  return {
    method: httpMethod.toUpperCase(),
    path,
    header: (name) => named.get(name),
    query: (name) => asked.get(name),
    type: (named.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
    body: bytesOf(body, isBase64Encoded === true || isBase64Encoded === 'true', maxBytes(path)),
    ...(address && address.length <= MAX_ADDRESS && { address }),
  }
}

const texts = (value: unknown, nameOf = (name: string) => name): Map<string, string> => {
  const entries = isObject(value) ? Object.entries(value) : []
  return new Map(entries.flatMap(([name, text]) => (typeof text === 'string' ? [[nameOf(name), text]] : [])))
}

const bytesOf = (body: unknown, inBase64: boolean, maxBytes: number): Buffer => {
  if (body === undefined || body === null || body === '') return Buffer.alloc(0)
  if (typeof body !== 'string') throw new HttpRefusal(400, 'the body is no text')
  // Neither form is shorter than three quarters of its bytes: a body far too large is refused before it is copied.
  if (body.length * 0.75 > maxBytes + 2) throw tooLarge(maxBytes)
  if (inBase64 && !BASE64.test(body)) throw new HttpRefusal(400, 'the body is not base64, though it is said to be')
  const bytes = Buffer.from(body, inBase64 ? 'base64' : 'utf8')
  if (bytes.length > maxBytes) throw tooLarge(maxBytes)
  return bytes
}

export const tooLarge = (maxBytes: number) => new HttpRefusal(413, `the body is larger than ${maxBytes} bytes`)
