// The face wx-server-sdk sees at /admin: checks who asks, finds the operation, answers in the cloud's envelope.
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Invocation, Stage } from '../ports'
import type { Lane } from '../types'
import { type Action, createActions } from './actions'
import type { Database } from './database'
import type { PlainObject } from './documents'
import { notEmulated, refusalFor, WireError } from './errors'
import { formField } from './form-field'
import { createParameters, parseBody } from './parameters'

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
  body: string
}

export interface CloudFace {
  /** Answers refusals too; rejects only with ConnectionLost, when a fault breaks the connection. */
  handle(request: CloudRequest): Promise<CloudResponse>
}

export interface CloudFacePorts {
  stage: Stage
  clock: { now(): number }
  database: Database
  /** The live invocation this token was given to. */
  invocations: { find(apiToken: string): Invocation | undefined }
}

export function createCloudFace(
  { stage, clock, database, invocations }: CloudFacePorts,
  { environmentId }: { environmentId: string },
): CloudFace {
  const actions = createActions({ database })

  const live = (token: unknown): Invocation => {
    const invocation = typeof token === 'string' ? invocations.find(token) : undefined
    if (invocation !== undefined) return invocation
    throw new WireError('INVALID_REQUEST_SOURCE', 'wxCloudApiToken does not belong to a running invocation')
  }

  const perform = async (request: CloudRequest): Promise<object> => {
    if (request.body.length > MAX_BODY_BYTES)
      throw new WireError('INVALID_PARAM', `the request body exceeds ${MAX_BODY_BYTES} bytes`)
    const { name, token, body, detail } = readRequest(request)
    const invocation = live(token)
    const prepare = actions.get(name)
    const step = read(prepare, detail, body, environmentId, clock.now())
    return step.perform((operation) =>
      stage.run(
        {
          from: 'function',
          to: laneOf(name),
          op: step.op,
          invocation: invocation.id,
          ...(invocation.account === undefined ? {} : { account: invocation.account }),
          request: step.request,
        },
        operation,
        refusalFor,
      ),
    )
  }

  return {
    async handle(request) {
      const requestId = randomUUID()
      try {
        return reply({ requestId, ...(await perform(request)) })
      } catch (error) {
        if (isConnectionLost(error)) throw error
        const { code, message } = error instanceof WireError ? error : internal(error)
        return reply({ code, message, requestId })
      }
    },
  }
}

/** A broken request is an operation that fails: it, too, must be seen in the trace. */
function read(prepare: Action | undefined, name: string, body: PlainObject, environmentId: string, now: number) {
  try {
    if (prepare === undefined) throw notEmulated(`the action ${name}`)
    const env = body['envName']
    if (env !== '' && env !== environmentId)
      throw new WireError('INVALIID_ENV', `[100003] env not exists: ${String(env)} (here it is ${environmentId})`)
    return prepare(createParameters(body, now))
  } catch (error) {
    const fail = () => {
      throw error
    }
    return { op: name, request: undefined, perform: (through: <T>(f: () => T) => Promise<T>) => through<object>(fail) }
  }
}

interface ReadRequest {
  name: string
  token: unknown
  body: PlainObject
  /** The action, with the API it is about when there is one. */
  detail: string
}

/** JSON for data, storage and functions; multipart for the open API. */
function readRequest({ headers, body }: CloudRequest): ReadRequest {
  if (headers['content-type']?.startsWith('multipart/form-data')) {
    const [name = '', token, api] = ['action', 'wxCloudApiToken', 'apiName'].map((field) => formField(body, field))
    return { name, token, body: {}, detail: api === undefined ? name : `${name} (${api})` }
  }
  const parsed = parseBody(body.toString('utf8'))
  const name = typeof parsed['action'] === 'string' ? parsed['action'] : ''
  return { name, token: parsed['wxCloudApiToken'], body: parsed, detail: name }
}

const laneOf = (action: string): Lane =>
  action.startsWith('storage.')
    ? 'storage'
    : action.startsWith('functions.')
      ? 'function'
      : action.startsWith('wx.')
        ? 'weixin'
        : 'database'

/** The SDK compares this content type letter by letter to tell an error from the bytes of an open API answer. */
const reply = (body: object): CloudResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})

const isConnectionLost = (error: unknown) => error instanceof Error && 'lost' in error

/** A mistake of the emulator or a broken database.json: said in full, because the developer is the only reader. */
const internal = (error: unknown) => new WireError('SYS_ERR', `[InternalError] ${String(error)}`)
