// What each app's content checks end with.

import type { ContentService } from '../content'
import type { Table, Tables } from '../ports'

export interface ContentServices {
  get(appid: string): ContentService
  set(appid: string, changes: Partial<ContentService>): void
}

/** WeChat promises half an hour; most verdicts come within seconds. */
const FIRST_DAY: ContentService = { text: 'check', picture: 'check', delayMs: 2_000 }

export function createContentServices(tables: Tables): ContentServices {
  const table: Table<ContentService> = tables.table('weixin.content-service')
  const get = (appid: string) => table.get(appid) ?? FIRST_DAY
  return { get, set: (appid, changes) => table.set(appid, { ...get(appid), ...changes }) }
}
