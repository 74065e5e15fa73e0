// HTTP access: the public door to functions, as the cloud's gateway keeps it.

import { FunctionError } from '../functions'
import type { FunctionErrCode } from '../functions/errors'
import { HttpRefusal } from '../guard'
import type { Stage } from '../ports'
import type { Caller } from '../types'
import { json, type Reply } from './reply'

/** https://docs.cloudbase.net/en/error-code/service/EXCEED_MAX_PAYLOAD_SIZE */
const MAX_TEXT_BYTES = 100 * 1024
export const MAX_BINARY_BYTES = 6 * 1024 * 1024

/** What reaches the function as it is; everything else travels in base64. */
const TEXT = /^(text\/.*|application\/(json|xml|javascript|x-www-form-urlencoded))\s*(;|$)/i

export interface HttpRequest {
  method: string
  /** Below the door: `/auth`. */
  path: string
  query?: Iterable<[string, string]>
  /** As the client sent them, names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  body: Buffer
  /** Where the connection came from, as the gateway sees it; 127.0.0.1 unless said. */
  address?: string
  /** The mini-program whose cloud it is; the first unless said. */
  app?: string
  /** Who sends it, for the trace: WeChat sends pushes, everybody else comes by the device. */
  from?: 'wx' | 'weixin'
  account?: string
}

export interface HttpAccess {
  /** The function's answer as HTTP. Throws HttpRefusal as the gateway would, ConnectionLost when a fault breaks it. */
  answer(request: HttpRequest): Promise<Reply>
}

export interface HttpAccessPorts {
  stage: Stage
  functions: { call(name: string, event: unknown, caller: Caller): Promise<{ result: unknown; requestId: string }> }
}

/** Paths and the functions behind them, as set in the cloud's console; the longest that fits is taken. */
const ROUTES: readonly [path: string, name: string][] = [
  ['/push', 'push'],
  ['/', 'https'],
]

export function createHttpAccess(
  { stage, functions }: HttpAccessPorts,
  { environmentId }: { environmentId: string },
): HttpAccess {
  const invoke = async (name: string, event: object, app: string | undefined): Promise<Reply> => {
    try {
      const { result, requestId } = await functions.call(name, event, {
        source: 'wx_http',
        ...(app === undefined ? {} : { app }),
      })
      return replyOf(result, requestId)
    } catch (error) {
      throw error instanceof FunctionError ? refusalOf(error) : error
    }
  }
  return {
    answer(request) {
      const { method, path, query = [], body, app, from = 'wx', account } = request
      const name = ROUTES.find(([route]) => path === route || path.startsWith(`${route.replace(/\/$/, '')}/`))?.[1]
      const isText = TEXT.test(request.headers['content-type'] ?? '')
      const parameters = Object.fromEntries(query)
      const hop = {
        from,
        to: 'function' as const,
        op: `http.${name ?? 'unknown'}`,
        ...(account === undefined ? {} : { account }),
        request: { method, path, query: parameters, body: isText ? body.toString('utf8') : new Uint8Array(body) },
      }
      const operation = () => {
        if (name === undefined) throw new HttpRefusal(404, 'INVALID_PATH', `no function is set for ${path}`)
        const limit = isText ? MAX_TEXT_BYTES : MAX_BINARY_BYTES
        if (body.length > limit) throw tooLarge(limit)
        const event = {
          path,
          httpMethod: method,
          headers: gatewayHeaders(request),
          queryStringParameters: parameters,
          requestContext: { envId: environmentId },
          body: isText || body.length === 0 ? body.toString('utf8') : body.toString('base64'),
          isBase64Encoded: !isText && body.length > 0,
        }
        return invoke(name, event, app)
      }
      return stage.run(hop, operation, (errcode) => new HttpRefusal(500, 'SYS_ERR', `errcode ${errcode} (a fault)`))
    },
  }
}

export const tooLarge = (limit: number) =>
  new HttpRefusal(413, 'EXCEED_MAX_PAYLOAD_SIZE', `at most ${limit} bytes reach a function`)

/**
 * What the load balancer in front of the gateway writes over whatever the client sent; to x-forwarded-for it appends.
 * https://cloud.tencent.com/document/product/214/15171
 */
function gatewayHeaders({ headers, address = '127.0.0.1' }: HttpRequest): Record<string, string> {
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const forwarded = headers['x-forwarded-for']
  return {
    ...Object.fromEntries(sent),
    'x-real-ip': address,
    'x-forwarded-for': forwarded === undefined ? address : `${forwarded}, ${address}`,
    'x-forwarded-proto': 'https',
    'x-client-proto': 'https',
    'x-client-proto-ver': 'HTTP/1.1',
  }
}

/** Which status the gateway gives these is a guess; the names are from its list. */
const FAILURES: Record<FunctionErrCode, [status: number, code: string]> = {
  [-501000]: [404, 'FUNCTION_NOT_FOUND'],
  [-504002]: [500, 'FUNCTION_INVOCATION_FAILED'],
  [-504003]: [504, 'FUNCTION_TIME_LIMIT_EXCEEDED'],
  [-604001]: [500, 'FUNCTION_INVOCATION_FAILED'],
}

/** What a function failed with is for its log: the internet is told the code only. */
function refusalOf({ errCode, requestId }: FunctionError): HttpRefusal {
  const [status, code] = FAILURES[errCode]
  return new HttpRefusal(status, code, `the function gave no answer, request ${requestId}`)
}

/** An integrated response, or any value: text is text, an object is JSON. https://docs.cloudbase.net/service/access-cloud-function */
function replyOf(result: unknown, requestId: string): Reply {
  const seen = { 'x-cloudbase-request-id': requestId }
  if (typeof result !== 'object' || result === null) {
    const text = result === null ? '' : String(result)
    return { status: 200, headers: { ...seen, 'content-type': 'text/plain; charset=utf-8' }, body: text }
  }
  if (!('statusCode' in result)) {
    const reply = json(result)
    return { ...reply, headers: { ...seen, ...reply.headers } }
  }
  const { statusCode, headers = {}, body = '', isBase64Encoded = false } = result as Record<string, unknown>
  const wrong = (what: string) =>
    new HttpRefusal(500, 'FUNCTION_INVOCATION_FAILED', `${what} of the integrated response is wrong`)
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599)
    throw wrong('statusCode')
  if (typeof headers !== 'object' || headers === null) throw wrong('headers')
  const named = Object.entries(headers).map(([name, value]): [string, string] => {
    if (typeof value !== 'string' && typeof value !== 'number') throw wrong(`header ${name}`)
    return [name.toLowerCase(), String(value)]
  })
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    status: statusCode,
    headers: { ...seen, ...Object.fromEntries(named) },
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  }
}
