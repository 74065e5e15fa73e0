// Login codes: issued by `wx.login`, good for one exchange within five minutes.

import { randomInt } from 'node:crypto'
import type { Table, Tables } from '../ports'
import type { Clock } from '../types'

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
export const CODE_LIFE_MS = 300_000

/** How long a code is remembered at all: a used one is told from a made-up one for a day. */
const CODE_MEMORY_MS = 86_400_000
const SWEEP_EVERY = 256 // issues between two sweeps of what is no longer remembered

export interface LoginCode {
  account: string
  appid: string
  issuedAt: number
  usedAt?: number
}

export interface LoginCodes {
  issue(account: string, appid: string): string
  find(code: string): LoginCode | undefined
  /** Marks it as exchanged. */
  spend(code: string): void
  /** Whether it was issued here, whatever became of it. */
  knows(code: string): boolean
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function createLoginCodes(tables: Tables, clock: Clock): LoginCodes {
  const table: Table<LoginCode> = tables.table('weixin.codes')
  let issued = 0
  const sweep = () => {
    const oldest = clock.now() - CODE_MEMORY_MS
    for (const [code, { issuedAt }] of [...table.entries()]) if (issuedAt < oldest) table.delete(code)
  }
  return {
    issue(account, appid) {
      if (issued % SWEEP_EVERY === 0) sweep()
      issued += 1
      const code = `0${Array.from({ length: 31 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`
      table.set(code, { account, appid, issuedAt: clock.now() })
      return code
    },
    find: (code) => table.get(code),
    spend(code) {
      const found = table.get(code)
      if (found !== undefined) table.set(code, { ...found, usedAt: clock.now() })
    },
    knows: (code) => table.has(code),
  }
}
