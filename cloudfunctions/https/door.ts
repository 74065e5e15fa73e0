// The door of the function `https`: which request goes where, and what it looks like as an event of the contract.
import type { ServedCall } from '../core/call'
import { asRefusal, badRequest } from '../core/errors'
import { HttpRefusal, type HttpRequest, parseHttp } from '../core/http'
import { type HttpReply, httpReply } from '../core/http-reply'
import { type Fields, isObject } from '../core/shape'
import { createFrame } from '../frame'
import { createServe, type ServePorts, wireErrorOf } from '../serve'
import { createUploadDoor, MAX_UPLOAD_BYTES } from './upload'

const MAX_JSON_BYTES = 32 * 1024 // `serve` refuses an event beyond 16 KB; escapes and blanks may double one

type Room = (request: HttpRequest, context: unknown) => Promise<HttpReply>

/** `(event, context) => reply` of HTTP access; it never throws. */
export const createDoor = (ports: ServePorts, { calls }: { calls: Readonly<Record<string, ServedCall>> }) => {
  const serve = createServe(ports, { calls, transport: 'https' })
  const frame = createFrame(ports)

  const auth: Room = async (request, context) => {
    if (request.type !== 'application/json') throw new HttpRefusal(415, 'the content-type must be application/json')
    const { address } = request
    const reply = await serve(eventOf(request), context, address === undefined ? {} : { address })
    return httpReply(reply)
  }
  const rooms = new Map<string, { room: Room; maxBytes: number }>([
    ['auth', { room: auth, maxBytes: MAX_JSON_BYTES }],
    ['avatar', { room: createUploadDoor(ports), maxBytes: MAX_UPLOAD_BYTES }],
  ])
  /** The gateway may or may not have taken the prefix of its route off the path. */
  const roomOf = (path: string) => rooms.get(path.split('/').at(-1) ?? '')

  const enter = (event: unknown, context: unknown): Promise<HttpReply> => {
    const request = parseHttp(event, { maxBytes: (path) => roomOf(path)?.maxBytes ?? MAX_UPLOAD_BYTES })
    const found = roomOf(request.path)
    if (found === undefined) throw new HttpRefusal(404, 'nothing is served at this path')
    if (request.method !== 'POST') throw new HttpRefusal(405, 'only POST is served here', { allow: 'POST' })
    return found.room(request, context)
  }

  return async (event: unknown, context?: unknown): Promise<HttpReply> => {
    try {
      return await enter(event, context)
    } catch (cause) {
      const refusal = asRefusal(cause)
      const trail = { hidden: [], line: { call: '(http)' } }
      const { requestId } = await frame(context, { transport: 'https', trail }, () => Promise.reject(refusal))
      return httpReply(
        { ok: false, requestId, error: wireErrorOf(refusal) },
        refusal instanceof HttpRefusal ? refusal : {},
      )
    }
  }
}

/** The token travels in its header alone, the rest is the body. */
const eventOf = (request: HttpRequest): Fields => {
  const body = parsed(request.body)
  if (!isObject(body)) throw badRequest('the body must be a JSON object')
  if ('token' in body) throw badRequest('over https the token travels in the header Authorization, not in the body')
  // The cloud adds this to what a client sent; here it could only be a client's own.
  if ('userInfo' in body) throw badRequest('the event has an unknown key: userInfo')
  const authorization = request.header('authorization')
  if (authorization === undefined || authorization === '') return body
  const token = /^bearer +([^\s]+)$/i.exec(authorization.trim())?.[1]
  if (token === undefined) throw badRequest('the header Authorization must be "Bearer" and the token')
  return { ...body, token }
}

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw badRequest('the body is not JSON in UTF-8')
  }
}
