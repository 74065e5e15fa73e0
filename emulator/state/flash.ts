// The flash of the handsets: storage per (device, account, app), sealed where the mini-program asked for it.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { StoredEntry } from '../device/port'
import type { Table, Tables } from '../ports'

/** Whose storage. */
export interface Owner {
  device: string
  account: string
  appid: string
}

export interface Flash {
  get(owner: Owner, key: string): StoredEntry | undefined
  set(owner: Owner, key: string, entry: StoredEntry): void
  remove(owner: Owner, key: string): void
  clear(owner: Owner): void
  entries(owner: Owner): [key: string, entry: StoredEntry][]
  /** What somebody who reads the flash chip would find. */
  raw(owner: Owner): Record<string, string>
}

/** `encrypt: true` is AES-128. https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorage.html */
const CIPHER = 'aes-128-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

export function createFlash(tables: Tables): Flash {
  const keys: Table<string> = tables.table('device.keys')
  const open = ({ device, account, appid }: Owner): Table<StoredEntry> =>
    tables.table(`device.storage ${JSON.stringify([device, account, appid])}`)

  const keyOf = ({ device }: Owner): Buffer => {
    const found = keys.get(device) ?? randomBytes(16).toString('base64')
    if (!keys.has(device)) keys.set(device, found)
    return Buffer.from(found, 'base64')
  }
  const seal = (owner: Owner, text: string) => {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(CIPHER, keyOf(owner), iv)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
  }
  const unseal = (owner: Owner, text: string) => {
    const bytes = Buffer.from(text, 'base64')
    const decipher = createDecipheriv(CIPHER, keyOf(owner), bytes.subarray(0, IV_BYTES))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  }
  const opened = (owner: Owner, { value, encrypted }: StoredEntry): StoredEntry => ({
    value: encrypted ? unseal(owner, value) : value,
    encrypted,
  })
  return {
    get(owner, key) {
      const found = open(owner).get(key)
      return found === undefined ? undefined : opened(owner, found)
    },
    set(owner, key, { value, encrypted }) {
      open(owner).set(key, { value: encrypted ? seal(owner, value) : value, encrypted })
    },
    remove: (owner, key) => void open(owner).delete(key),
    clear(owner) {
      const table = open(owner)
      for (const [key] of [...table.entries()]) table.delete(key)
    },
    entries: (owner) => [...open(owner).entries()].map(([key, entry]) => [key, opened(owner, entry)]),
    raw: (owner) => Object.fromEntries([...open(owner).entries()].map(([key, { value }]) => [key, value])),
  }
}
