// The storage as this page sees it, with its limits; every change is written through to WeChat.

import type { StoredEntry } from './port'
import { WxFailure } from './runtime'
import { encodeValue } from './stored-value'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html */
const MAX_KEY_BYTES = 1024 * 1024
const MAX_TOTAL_BYTES = 10 * 1024 * 1024
/** With `encrypt` the flash holds more than the mini-program wrote: 0.7 MB per key, 7.1 MB in all. */
const MAX_ENCRYPTED_KEY_BYTES = Math.floor(0.7 * 1024 * 1024)
const ENCRYPTED_WEIGHT = 10 / 7.1

export interface StorageRoom {
  get(key: string): StoredEntry | undefined
  /** Refuses what is too large; changes nothing yet. */
  prepare(key: string, data: unknown, encrypted: boolean): StoredEntry
  put(key: string, entry: StoredEntry): void
  remove(key: string): void
  clear(): void
  info(): { keys: string[]; currentSize: number; limitSize: number }
}

export function createStorageRoom(initial: Iterable<readonly [string, StoredEntry]>): StorageRoom {
  const entries = new Map<string, StoredEntry>()
  for (const [key, entry] of initial) entries.set(key, entry)
  const total = () => [...entries].reduce((sum, [key, entry]) => sum + weight(key, entry), 0)
  return {
    get: (key) => entries.get(key),
    prepare(key, data, encrypted) {
      const entry = { value: encodeValue(data), encrypted }
      const limit = encrypted ? MAX_ENCRYPTED_KEY_BYTES : MAX_KEY_BYTES
      if (utf8Length(entry.value) > limit) throw new WxFailure({ errMsg: `fail exceed max item length ${limit}` })
      const before = entries.get(key)
      const freed = before === undefined ? 0 : weight(key, before)
      if (total() - freed + weight(key, entry) > MAX_TOTAL_BYTES)
        throw new WxFailure({ errMsg: 'fail exceed storage max size 10Mb' })
      return entry
    },
    put: (key, entry) => void entries.set(key, entry),
    remove: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    info: () => ({
      keys: [...entries.keys()],
      currentSize: Math.ceil(total() / 1024),
      limitSize: MAX_TOTAL_BYTES / 1024,
    }),
  }
}

const weight = (key: string, { value, encrypted }: StoredEntry): number =>
  utf8Length(key) + utf8Length(value) * (encrypted ? ENCRYPTED_WEIGHT : 1)

/** Neutral TypeScript has no TextEncoder. */
function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
