// session_keys: one valid per (app, account), rotated by logins that are far enough apart.

import { randomBytes } from 'node:crypto'
import type { Table, Tables } from '../ports'
import type { SessionKeyState } from '../told'
import type { Clock } from '../types'

/** Two logins closer than this keep the key. WeChat does not tell the figure. */
export const ROTATE_MIN_MS = 300_000
/** Without a login or a check for so long the key dies. WeChat does not tell the figure. */
export const IDLE_MAX_MS = 3 * 86_400_000
/** Earlier keys kept to mask them and to refuse what they signed. */
const KEPT_PREVIOUS = 8

interface KeyRecord {
  current: string
  previous: string[]
  rotatedAt: number
  /** Last login or successful check. */
  usedAt: number
  expired: boolean
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
export interface SessionKeys {
  /** A code is being issued: the key is made, kept or rotated. */
  login(account: string, appid: string): void
  current(account: string, appid: string): string | undefined
  /** What `wx.checkSession` says; a yes counts as use. */
  check(account: string, appid: string): boolean
  expire(account: string, appid: string): void
  /** A code was taken elsewhere: a fresh key, whatever the minimum between two rotations. */
  rotate(account: string, appid: string): void
  /** A server asked for a fresh key; it lives no longer than the old one would have. Undefined when there is none alive. */
  reset(account: string, appid: string): string | undefined
  /** What `check` would say, without counting as use. */
  state(account: string, appid: string): SessionKeyState
  /** Every key anybody may still hold. */
  all(): string[]
}

export function createSessionKeys(tables: Tables, clock: Clock): SessionKeys {
  const table: Table<KeyRecord> = tables.table('weixin.session-keys')
  const id = (account: string, appid: string) => `${appid} ${account}`
  const fresh = () => randomBytes(16).toString('base64')
  const replaced = (found: KeyRecord | undefined): Pick<KeyRecord, 'current' | 'previous' | 'rotatedAt'> => ({
    current: fresh(),
    previous: found === undefined ? [] : [found.current, ...found.previous].slice(0, KEPT_PREVIOUS),
    rotatedAt: clock.now(),
  })
  const rotate = (account: string, appid: string) =>
    table.set(id(account, appid), {
      ...replaced(table.get(id(account, appid))),
      usedAt: clock.now(),
      expired: false,
    })
  const alive = ({ expired, usedAt }: KeyRecord) => !expired && clock.now() - usedAt <= IDLE_MAX_MS
  return {
    login(account, appid) {
      const now = clock.now()
      const found = table.get(id(account, appid))
      if (found !== undefined && alive(found) && now - found.rotatedAt <= ROTATE_MIN_MS) {
        table.set(id(account, appid), { ...found, usedAt: now })
        return
      }
      rotate(account, appid)
    },
    current: (account, appid) => table.get(id(account, appid))?.current,
    check(account, appid) {
      const found = table.get(id(account, appid))
      if (found === undefined || !alive(found)) return false
      table.set(id(account, appid), { ...found, usedAt: clock.now() })
      return true
    },
    expire(account, appid) {
      const found = table.get(id(account, appid))
      if (found !== undefined) table.set(id(account, appid), { ...found, expired: true })
    },
    rotate,
    reset(account, appid) {
      const found = table.get(id(account, appid))
      if (found === undefined || !alive(found)) return undefined
      const next = { ...found, ...replaced(found) }
      table.set(id(account, appid), next)
      return next.current
    },
    state(account, appid) {
      const found = table.get(id(account, appid))
      if (found === undefined) return 'none'
      return alive(found) ? 'alive' : 'expired'
    },
    all: () => [...table.entries()].flatMap(([, { current, previous }]) => [current, ...previous]),
  }
}
