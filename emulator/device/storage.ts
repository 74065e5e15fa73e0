// wx.setStorage with its family: asynchronous and synchronous twins over one room.

import { invoke, type Options } from './invoke'
import type { StoredEntry } from './port'
import { answered, type Runtime, WxFailure } from './runtime'
import { createStorageRoom } from './storage-room'
import { decodeValue } from './stored-value'

/** https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorage.html */
const ENCRYPT_SINCE = '2.21.3'

export function createStorage(runtime: Runtime) {
  const { port, env } = runtime
  const room = createStorageRoom(port.storage)
  const ask = async (op: string, args: object) => answered(await port.call(op, args))
  /** A synchronous call has returned before WeChat could refuse it, so a refusal is only reported. */
  const writeThrough = (op: string, args: object) => {
    ask(op, args).catch((error: unknown) => env.report(error))
  }
  /** Older libraries do not know the option and store in clear. */
  const wantsEncryption = ({ encrypt }: Options) => encrypt === true && runtime.atLeast(ENCRYPT_SINCE)

  const open = (entry: StoredEntry | undefined, encrypted: boolean): unknown => {
    if (entry === undefined) throw new WxFailure({ errMsg: 'fail data not found' })
    if (entry.encrypted && !encrypted) throw new WxFailure({ errMsg: 'fail decrypt failed: stored with encrypt' })
    if (!entry.encrypted && encrypted) throw new WxFailure({ errMsg: 'fail decrypt failed: stored without encrypt' })
    return decodeValue(entry.value)
  }
  /** Synchronous twins throw an Error whose message is the errMsg. */
  const now = <T>(name: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new Error(`${name}:${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const getInfo = () => room.info()

  return {
    setStorage: (given?: unknown) =>
      invoke(runtime, 'setStorage', given, async (options) => {
        const key = keyOf(options['key'])
        const entry = room.prepare(key, options['data'], wantsEncryption(options))
        await ask('storage.set', { key, entry })
        room.put(key, entry)
        return {}
      }),
    getStorage: (given?: unknown) =>
      invoke(runtime, 'getStorage', given, async (options) => {
        const key = keyOf(options['key'])
        await ask('storage.get', { key })
        return { data: open(room.get(key), wantsEncryption(options)) }
      }),
    removeStorage: (given?: unknown) =>
      invoke(runtime, 'removeStorage', given, async (options) => {
        const key = keyOf(options['key'])
        await ask('storage.remove', { key })
        room.remove(key)
        return {}
      }),
    clearStorage: (given?: unknown) =>
      invoke(runtime, 'clearStorage', given, async () => {
        await ask('storage.clear', {})
        room.clear()
        return {}
      }),
    getStorageInfo: (given?: unknown) =>
      invoke(runtime, 'getStorageInfo', given, async () => {
        await ask('storage.info', {})
        return getInfo()
      }),
    setStorageSync(key: unknown, data: unknown) {
      now('setStorageSync', () => {
        const entry = room.prepare(keyOf(key), data, false)
        room.put(keyOf(key), entry)
        writeThrough('storage.setSync', { key, entry })
      })
    },
    /** An empty string when there is nothing. */
    getStorageSync: (key: unknown) =>
      now('getStorageSync', () => {
        const entry = room.get(keyOf(key))
        return entry === undefined ? '' : open(entry, false)
      }),
    removeStorageSync(key: unknown) {
      now('removeStorageSync', () => {
        room.remove(keyOf(key))
        writeThrough('storage.removeSync', { key })
      })
    },
    clearStorageSync() {
      room.clear()
      writeThrough('storage.clearSync', {})
    },
    getStorageInfoSync: getInfo,
  }
}

function keyOf(key: unknown): string {
  if (typeof key === 'string' && key !== '') return key
  throw new WxFailure({ errMsg: 'fail parameter error: parameter.key should be a non-empty String' })
}
