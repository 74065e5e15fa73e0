// What an operation of api.weixin.qq.com is to the table of paths. Types only.

import type { State } from '../state'
import type { Clock } from '../types'
import type { OpenApiRequest } from './request'

export interface Operation {
  /** How the trace and faults call it. */
  op: string
  method: 'GET' | 'POST'
  /** Whose business it is, for the trace and for faults of one account. Never throws. */
  account(request: OpenApiRequest): string | undefined
  /** Throws WeixinError. */
  run(request: OpenApiRequest): object
}

/** Operations by path. */
export type Operations = Readonly<Record<string, Operation>>

export interface OperationPorts {
  state: State
  clock: Clock
}
