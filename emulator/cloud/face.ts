// The face wx-server-sdk sees at /admin: checks who asks, finds the operation, answers in the cloud's envelope.
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Invocation, Stage } from '../ports'
import type { Lane } from '../types'
import { type Action, createActions } from './actions'
import type { Database } from './database'
import type { PlainObject } from './documents'
import { notEmulated, refusalFor, WireError } from './errors'
import { readForm } from './form'
import type { OpenApiCalls } from './open-api-calls'
import { createParameters, parseBody } from './parameters'
import type { StoragePorts } from './storage-actions'

/** Larger bodies are refused unread; the cloud's own limit is not documented (a guess: MongoDB's 16 MB and the envelope). */
const MAX_BODY_BYTES = 20 * 1024 * 1024

export interface CloudRequest {
  headers: IncomingHttpHeaders
  body: Buffer
  url: string
}

export interface CloudResponse {
  /** Always 200: the SDK reads the error from the body. */
  status: 200
  headers: Record<string, string>
  /** Bytes for the open API, JSON for everything else and for refusals. */
  body: string | Buffer
}

export interface CloudFace {
  /** Answers refusals too; rejects only with ConnectionLost, when a fault breaks the connection. */
  handle(request: CloudRequest): Promise<CloudResponse>
}

export interface CloudFacePorts {
  stage: Stage
  clock: { now(): number }
  database: Database
  storage: StoragePorts
  /** The live invocation this token was given to. */
  invocations: { find(apiToken: string): Invocation | undefined }
  openApi: OpenApiCalls
}

export function createCloudFace(
  { stage, clock, database, storage, invocations, openApi }: CloudFacePorts,
  { environmentId }: { environmentId: string },
): CloudFace {
  const actions = createActions({ database, storage })

  const live = (token: unknown): Invocation => {
    const invocation = typeof token === 'string' ? invocations.find(token) : undefined
    if (invocation !== undefined) return invocation
    throw new WireError('INVALID_REQUEST_SOURCE', 'wxCloudApiToken does not belong to a running invocation')
  }

  const startOf = (invocation: Invocation, to: Lane, { op, request }: { op: string; request: unknown }) => ({
    from: 'function' as const,
    to,
    op,
    invocation: invocation.id,
    ...(invocation.account === undefined ? {} : { account: invocation.account }),
    request,
  })

  /** JSON for data, storage and functions. */
  const performAction = async ({ body: bytes }: CloudRequest): Promise<object> => {
    const body = parseBody(bytes.toString('utf8'))
    const name = typeof body['action'] === 'string' ? body['action'] : ''
    const invocation = live(body['wxCloudApiToken'])
    const step = read(actions.get(name), name, body, { environmentId, now: clock.now(), invocation })
    return step.perform((operation) => stage.run(startOf(invocation, laneOf(name), step), operation, refusalFor))
  }

  /** Multipart for the open API; its refusals are bytes, too. */
  const performOpenApi = async ({ headers, body }: CloudRequest): Promise<Buffer> => {
    const form = await readForm(headers, body)
    const text = (name: string) => form.get(name)?.toString('utf8') ?? ''
    const invocation = live(text('wxCloudApiToken'))
    if (text('action') !== 'wx.openApi') throw notEmulated(`the action ${text('action')} (${text('apiName')})`)
    const step = openApi.prepare(text('apiName'), form.get('requestData') ?? Buffer.alloc(0), invocation)
    let bytes: Buffer = Buffer.alloc(0)
    const operation = () => {
      const { told, bytes: answer } = step.run()
      bytes = answer
      return told
    }
    try {
      await stage.run(startOf(invocation, 'weixin', step), operation, openApi.refuse)
      return bytes
    } catch (error) {
      const refusal = openApi.refusal(error)
      if (refusal === undefined) throw error
      return refusal
    }
  }

  return {
    async handle(request) {
      const requestId = randomUUID()
      try {
        if (request.body.length > MAX_BODY_BYTES)
          throw new WireError('INVALID_PARAM', `the request body exceeds ${MAX_BODY_BYTES} bytes`)
        if (request.headers['content-type']?.startsWith('multipart/form-data'))
          return { status: 200, headers: { 'content-type': BYTES }, body: await performOpenApi(request) }
        return reply({ requestId, ...(await performAction(request)) })
      } catch (error) {
        if (isConnectionLost(error)) throw error
        const { code, message } = error instanceof WireError ? error : internal(error)
        return reply({ code, message, requestId })
      }
    },
  }
}

/** A broken request is an operation that fails: it, too, must be seen in the trace. */
function read(
  prepare: Action | undefined,
  name: string,
  body: PlainObject,
  { environmentId, now, invocation }: { environmentId: string; now: number; invocation: Invocation },
) {
  try {
    if (prepare === undefined) throw notEmulated(`the action ${name}`)
    const env = body['envName']
    if (env !== '' && env !== environmentId)
      throw new WireError('INVALIID_ENV', `[100003] env not exists: ${String(env)} (here it is ${environmentId})`)
    return prepare(createParameters(body, now), invocation)
  } catch (error) {
    const fail = () => {
      throw error
    }
    return { op: name, request: undefined, perform: (through: <T>(f: () => T) => Promise<T>) => through<object>(fail) }
  }
}

const laneOf = (action: string): Lane =>
  action.startsWith('storage.')
    ? 'storage'
    : action.startsWith('functions.')
      ? 'function'
      : action.startsWith('wx.')
        ? 'weixin'
        : 'database'

const BYTES = 'application/octet-stream'

/** The SDK compares this content type letter by letter to tell an error from the bytes of an open API answer. */
const reply = (body: object): CloudResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})

const isConnectionLost = (error: unknown) => error instanceof Error && 'lost' in error

/** A mistake of the emulator or a broken database.json: said in full, because the developer is the only reader. */
const internal = (error: unknown) => new WireError('SYS_ERR', `[InternalError] ${String(error)}`)
