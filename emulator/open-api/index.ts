// api.weixin.qq.com: finds the operation behind a path, runs it across the stage, spells the answer as WeChat does.

import { rid, WeixinError } from '../errcodes'
import type { Stage } from '../ports'
import type { State } from '../state'
import type { Clock } from '../types'
import { contentOperations } from './content-checks'
import { jscode2session } from './jscode2session'
import type { Operations } from './operation'
import { phoneOperations } from './phone'
import type { OpenApiRequest } from './request'
import { sessionKeyOperations } from './session-key'
import { tokenOperations } from './tokens'

export type { OpenApiRequest } from './request'

/** Business errors travel with status 200, and JSON may be called text. */
export interface OpenApiReply {
  status: 200
  contentType: 'text/plain' | 'application/json; encoding=utf-8'
  body: string
}

export interface OpenApi {
  /** Throws ConnectionLost when a fault breaks the connection. */
  answer(request: OpenApiRequest): Promise<OpenApiReply>
}

export interface OpenApiPorts {
  state: State
  stage: Stage
  clock: Clock
  /** The invocation that must have asked for this account, when only one could have. */
  invocationOf(account: string | undefined): string | undefined
}

export function createOpenApi({ state, stage, clock, invocationOf }: OpenApiPorts): OpenApi {
  const operations: Operations = {
    '/sns/jscode2session': {
      op: 'jscode2session',
      method: 'GET',
      account: ({ query }) => state.codes.find(query.get('js_code') ?? '')?.account,
      run: ({ query }) => jscode2session({ state, clock }, query),
    },
    ...tokenOperations({ state, clock }),
    ...sessionKeyOperations({ state, clock }),
    ...phoneOperations({ state, clock }),
    ...contentOperations({ state, clock }),
  }
  const refuse = (errcode: number) => new WeixinError(errcode)
  const run = (request: OpenApiRequest) => {
    const found = Object.hasOwn(operations, request.path) ? operations[request.path] : undefined
    const account = found?.account(request)
    const invocation = invocationOf(account)
    const start = {
      from: 'function' as const,
      to: 'weixin' as const,
      op: found?.op ?? `unknown path ${request.method} ${request.path}`,
      ...(account === undefined ? {} : { account }),
      ...(invocation === undefined ? {} : { invocation }),
      request: { ...Object.fromEntries(request.query), ...(request.body === '' ? {} : { body: request.body }) },
    }
    return stage.run(
      start,
      () => {
        if (found === undefined) throw new WeixinError(40066)
        if (found.method !== request.method) throw new WeixinError(found.method === 'GET' ? 43001 : 43002)
        return found.run(request)
      },
      refuse,
    )
  }
  return {
    async answer(request) {
      try {
        return spell(await run(request))
      } catch (error) {
        if (!(error instanceof WeixinError)) throw error
        const { errcode, message } = error
        return spell({ errcode, errmsg: `${message}, rid: ${rid(clock.now())}` })
      }
    },
  }
}

/** Slashes come escaped and the type says text: both are seen in the wild, and no parser may mind. */
function spell(value: object): OpenApiReply {
  return { status: 200, contentType: 'text/plain', body: JSON.stringify(value).replaceAll('/', '\\/') }
}
