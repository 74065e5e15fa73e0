// Phone codes: what a tap on the phone button gives, good for one exchange within five minutes.

import { randomBytes } from 'node:crypto'
import type { Table, Tables } from '../ports'
import type { Clock } from '../types'
import type { PhoneNumber } from './phone-numbers'

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber */
export const PHONE_CODE_LIFE_MS = 300_000
/** Older ones are forgotten; then they are as good as made up, which WeChat does not tell apart anyway. */
const MEMORY_MS = 86_400_000

export interface PhoneCode {
  account: string
  appid: string
  number: PhoneNumber
  /** The moment of the tap. */
  issuedAt: number
  used: boolean
}

export interface PhoneCodes {
  issue(account: string, appid: string, number: PhoneNumber): string
  find(code: string): PhoneCode | undefined
  /** Marks it as exchanged. */
  spend(code: string): void
  /** Whether it was issued here, whatever became of it. */
  knows(code: string): boolean
}

export function createPhoneCodes(tables: Tables, clock: Clock): PhoneCodes {
  const table: Table<PhoneCode> = tables.table('weixin.phone-codes')
  const sweep = () => {
    const oldest = clock.now() - MEMORY_MS
    for (const [code, { issuedAt }] of [...table.entries()]) if (issuedAt < oldest) table.delete(code)
  }
  return {
    issue(account, appid, number) {
      sweep()
      const code = randomBytes(32).toString('hex')
      table.set(code, { account, appid, number, issuedAt: clock.now(), used: false })
      return code
    },
    find: (code) => table.get(code),
    spend(code) {
      const found = table.get(code)
      if (found !== undefined) table.set(code, { ...found, used: true })
    },
    knows: (code) => table.has(code),
  }
}
