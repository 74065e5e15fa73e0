// WeChat's side of a device: what `wx` asks for, decided over the state, across the stage.

import { textOf } from '../errcodes'
import { EmulatorError } from '../errors'
import type { Stage } from '../ports'
import { DeviceRefusal, isConnectionLost } from '../stage'
import type { State } from '../state'
import type { Owner } from '../state/flash'
import type { DeviceAnswer, DeviceFailure, StoredEntry } from './port'
import { ERRNO_INTERRUPTED } from './runtime'

export interface DeviceOperations {
  /** Resolves with the answer, also a refusal; never when a fault says silence. Throws for what no device asks. */
  call(owner: Owner, op: string, args: unknown): Promise<DeviceAnswer>
}

export interface FunctionCaller {
  /** Rejects with an Error that has `errCode` for what the cloud refuses. */
  call(
    name: string,
    event: unknown,
    caller: { account: string; app: string; source: string },
  ): Promise<{
    result: unknown
    requestId: string
  }>
}

interface Operation {
  to: 'wx' | 'function'
  /** What the API is called in an errMsg. */
  api: string
  run(owner: Owner, args: Readonly<Record<string, unknown>>): unknown
}

/** The text is seen in newer clients; the mere `fail` is the contract. */
const SESSION_OVER = 'checkSession:fail session time out, need relogin'

export function createDeviceOperations(ports: {
  state: State
  stage: Stage
  functions: FunctionCaller
}): DeviceOperations {
  const { state, stage, functions } = ports
  const { flash } = state
  const set = (owner: Owner, args: Readonly<Record<string, unknown>>) =>
    flash.set(owner, text(args, 'key'), storedEntry(args['entry']))
  const remove = (owner: Owner, args: Readonly<Record<string, unknown>>) => flash.remove(owner, text(args, 'key'))
  const clear = (owner: Owner) => flash.clear(owner)
  const storage = (api: string, run: Operation['run']): Operation => ({ to: 'wx', api, run })

  const operations: Readonly<Record<string, Operation>> = {
    'wx.login': {
      to: 'wx',
      api: 'login',
      run: ({ account, appid }) => {
        state.keys.login(account, appid)
        return { code: state.codes.issue(account, appid) }
      },
    },
    'wx.checkSession': {
      to: 'wx',
      api: 'checkSession',
      run: ({ account, appid }) => {
        if (!state.keys.check(account, appid)) throw new DeviceRefusal({ errMsg: SESSION_OVER })
      },
    },
    callFunction: {
      to: 'function',
      api: 'cloud.callFunction',
      run: async ({ account, appid }, args) => {
        const caller = { account, app: appid, source: 'wx_client' }
        const { result, requestId } = await functions.call(text(args, 'name'), args['data'], caller)
        return { result, requestID: requestId }
      },
    },
    'storage.get': storage('getStorage', () => undefined),
    'storage.info': storage('getStorageInfo', () => undefined),
    'storage.set': storage('setStorage', set),
    'storage.setSync': storage('setStorageSync', set),
    'storage.remove': storage('removeStorage', remove),
    'storage.removeSync': storage('removeStorageSync', remove),
    'storage.clear': storage('clearStorage', clear),
    'storage.clearSync': storage('clearStorageSync', clear),
  }

  return {
    async call(owner, op, args) {
      const operation = Object.hasOwn(operations, op) ? operations[op] : undefined
      if (operation === undefined) throw new EmulatorError('BAD_REQUEST', `no device asks for ${JSON.stringify(op)}`)
      const { to, api } = operation
      const refuse = (errcode: number) => new DeviceRefusal(refusal(api, errcode, textOf(errcode)))
      const start = {
        from: 'mini-program' as const,
        to,
        op,
        account: owner.account,
        device: owner.device,
        request: args,
      }
      try {
        return { ok: true, value: await stage.run(start, () => operation.run(owner, record(args)), refuse) }
      } catch (error) {
        return { ok: false, failure: failureOf(api, error) }
      }
    },
  }
}

/** The shape of the cloud's failures differs from that of plain APIs. */
function refusal(api: string, errcode: number, why: string): DeviceFailure {
  const cloud = api.startsWith('cloud.')
  return {
    errCode: errcode,
    errMsg: cloud ? `${api}:fail Error: errCode: ${errcode} | errMsg: ${why}` : `${api}:fail ${why}`,
  }
}

function failureOf(api: string, error: unknown): DeviceFailure {
  if (error instanceof DeviceRefusal) return error.failure
  if (isConnectionLost(error)) return { errMsg: `${api}:fail request:fail interrupted`, errno: ERRNO_INTERRUPTED }
  if (error instanceof EmulatorError || !(error instanceof Error)) throw error
  const errCode: unknown = Reflect.get(error, 'errCode')
  // Not the world's refusal but a mistake in here: it must not pass for an answer of WeChat.
  if (typeof errCode !== 'number') throw error
  return { errCode, errMsg: `${api}:fail Error: ${error.message}` }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new EmulatorError('BAD_REQUEST', 'the arguments of a device are an object')
}

function text(args: Readonly<Record<string, unknown>>, name: string): string {
  const value = args[name]
  if (typeof value === 'string') return value
  throw new EmulatorError('BAD_REQUEST', `a device sends ${name} as text`)
}

function storedEntry(value: unknown): StoredEntry {
  const { value: stored, encrypted } = record(value)
  if (typeof stored === 'string' && typeof encrypted === 'boolean') return { value: stored, encrypted }
  throw new EmulatorError('BAD_REQUEST', 'a device stores { value, encrypted }')
}
