// When WeChat last saw a person in a mini-program: a login code was taken, or a function was called.

import type { Table, Tables } from '../ports'
import type { Clock } from '../types'

/** What the content checks want; https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck */
const RECENT_MS = 2 * 3_600_000

export interface Visits {
  seen(account: string, appid: string): void
  /** Within the last two hours. */
  recently(account: string, appid: string): boolean
}

export function createVisits(tables: Tables, clock: Clock): Visits {
  const table: Table<number> = tables.table('weixin.visits')
  const id = (account: string, appid: string) => `${appid} ${account}`
  return {
    seen: (account, appid) => table.set(id(account, appid), clock.now()),
    recently: (account, appid) =>
      clock.now() - (table.get(id(account, appid)) ?? Number.NEGATIVE_INFINITY) <= RECENT_MS,
  }
}
