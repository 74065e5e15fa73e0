// WeChat's side of a device: what `wx` asks for, decided over the state, across the stage.

import { textOf } from '../errcodes'
import { EmulatorError } from '../errors'
import type { HttpAccess } from '../http/http-access'
import type { Stage } from '../ports'
import { DeviceRefusal, isConnectionLost } from '../stage'
import type { State } from '../state'
import { readFileID } from '../state/file-id'
import type { FileLinks } from '../state/file-links'
import type { Owner } from '../state/flash'
import { faceAt } from '../state/user-info'
import type { Clock } from '../types'
import { createAvatarOperations } from './avatar-operations'
import { createCloudFileOperations } from './cloud-file-operations'
import { createFileOperations } from './file-operations'
import { createNicknameOperations } from './nickname-operations'
import { type Args, type Operation, type Operations, record, text } from './operation'
import { createPhoneOperations } from './phone-operations'
import type { DeviceAnswer, DeviceFailure, StoredEntry } from './port'
import { createPrivacyOperations } from './privacy-operations'
import { createRequestOperations } from './request-operations'
import { ERRNO_INTERRUPTED } from './runtime'
import { createUserInfoOperations } from './user-info-operations'

export interface DeviceOperations {
  /** Resolves with the answer, also a refusal; never when a fault says silence. Throws for what no device asks. */
  call(owner: Owner, op: string, args: unknown): Promise<DeviceAnswer>
}

export interface FunctionCaller {
  /** Rejects with an Error that has `errCode` for what the cloud refuses. */
  call(
    name: string,
    event: unknown,
    caller: { account: string; app: string; source: string; extra?: Record<string, string> },
  ): Promise<{
    result: unknown
    requestId: string
  }>
}

/** The text is seen in newer clients; the mere `fail` is the contract. */
const SESSION_OVER = 'checkSession:fail session time out, need relogin'

export function createDeviceOperations(ports: {
  state: State
  stage: Stage
  functions: FunctionCaller
  clock: Clock
  /** `http://127.0.0.1:PORT` */
  origin(): string
  http: HttpAccess
  links: FileLinks
}): DeviceOperations {
  const { state, stage, functions, clock, links } = ports
  const { profileServices: services, tempFiles, accounts, files, contentRules: rules } = state
  /** An `<image>` shows what everybody may read. */
  const stored = (path: string): Buffer | undefined => {
    const read = path.startsWith('cloud:') ? readFileID(path) : links.open(path)
    return typeof read === 'object' ? files.bytes(read.path) : undefined
  }
  const { flash } = state
  const set = (owner: Owner, args: Args) => flash.set(owner, text(args, 'key'), storedEntry(args['entry']))
  const remove = (owner: Owner, args: Args) => flash.remove(owner, text(args, 'key'))
  const clear = (owner: Owner) => flash.clear(owner)
  const storage = (api: string, run: Operation['run']): Operation => ({ to: 'wx', api, run })

  const operations: Operations = {
    'wx.login': {
      to: 'wx',
      api: 'login',
      run: ({ account, appid }) => {
        state.keys.login(account, appid)
        state.visits.seen(account, appid)
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
        const { event, keys } = withOpenData(state, { account, appid }, args)
        const extra = keys.length === 0 ? {} : { extra: { OPEN_DATA_INFO: JSON.stringify({ keys }) } }
        const caller = { account, app: appid, source: 'wx_client', ...extra }
        const { result, requestId } = await functions.call(text(args, 'name'), event, caller)
        return { result, requestID: requestId }
      },
    },
    ...createPhoneOperations({ state, clock }),
    ...createPrivacyOperations(state),
    ...createAvatarOperations({ services, tempFiles, rules }),
    ...createNicknameOperations({ services, accounts, rules }),
    ...createFileOperations({ tempFiles, stored, face: (url) => faceAt(state, url) }),
    ...createCloudFileOperations({ tempFiles, files, links }),
    ...createUserInfoOperations({ state, clock }),
    ...createRequestOperations({ ...ports, tempFiles }),
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
      const { to, api, shown = {} } = operation
      const refuse = (errcode: number) => new DeviceRefusal(refusal(api, errcode, textOf(errcode)))
      const start = {
        from: 'mini-program' as const,
        to,
        op: operation.op ?? op,
        account: owner.account,
        device: owner.device,
        request: shown.request?.(record(args)) ?? args,
      }
      try {
        let value: unknown
        const run = async (): Promise<unknown> => {
          value = await operation.run(owner, record(args))
          return shown.reply === undefined ? value : shown.reply(value)
        }
        await stage.run(start, run, refuse)
        return { ok: true, value }
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
  if (isConnectionLost(error)) {
    const why = /^(?:request|uploadFile)$/.test(api) ? 'interrupted' : 'request:fail interrupted'
    return { errMsg: `${api}:fail ${why}`, errno: ERRNO_INTERRUPTED }
  }
  if (error instanceof EmulatorError || !(error instanceof Error)) throw error
  const errCode: unknown = Reflect.get(error, 'errCode')
  // Not the world's refusal but a mistake in here: it must not pass for an answer of WeChat.
  if (typeof errCode !== 'number') throw error
  return { errCode, errMsg: `${api}:fail Error: ${error.message}` }
}

/** CloudIDs give way to what they stand for; `keys` are the fields that WeChat itself wrote. */
function withOpenData(
  { cloudIDs }: State,
  who: { account: string; appid: string },
  { data, cloudIDs: asked = [] }: Args,
): { event: unknown; keys: string[] } {
  if (!Array.isArray(asked) || !asked.every((key) => typeof key === 'string'))
    throw new EmulatorError('BAD_REQUEST', 'a device sends the keys of its CloudIDs')
  if (asked.length === 0) return { event: data, keys: [] }
  const event = { ...record(data) }
  for (const key of asked) event[key] = cloudIDs.open(text(event, key), who)
  return { event, keys: asked }
}

function storedEntry(value: unknown): StoredEntry {
  const { value: stored, encrypted } = record(value)
  if (typeof stored === 'string' && typeof encrypted === 'boolean') return { value: stored, encrypted }
  throw new EmulatorError('BAD_REQUEST', 'a device stores { value, encrypted }')
}
