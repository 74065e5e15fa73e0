// CloudIDs: open data that waits in the cloud for five minutes, for one person in one app.

import { randomBytes } from 'node:crypto'
import type { Table, Tables } from '../ports'
import type { Clock } from '../types'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
export const CLOUD_ID_LIFE_MS = 300_000
/** An expired one is told from a made-up one for a day. */
const MEMORY_MS = 86_400_000

interface CloudIDRecord {
  account: string
  appid: string
  data: object
  issuedAt: number
}

/** What stands in the place of a CloudID. */
export type OpenedCloudID =
  | { cloudID: string; data: object }
  | { cloudID: string; errCode: -601005 | -601006 | -601007; errMsg: string }

export interface CloudIDs {
  issue(account: string, appid: string, data: object): string
  /** May be opened as often as wanted while it lives. */
  open(cloudID: string, who: { account: string | undefined; appid: string }): OpenedCloudID
  /** Whether it was issued here, whatever became of it. */
  knows(cloudID: string): boolean
}

export function createCloudIDs(tables: Tables, clock: Clock): CloudIDs {
  const table: Table<CloudIDRecord> = tables.table('weixin.cloud-ids')
  return {
    issue(account, appid, data) {
      const now = clock.now()
      for (const [old, { issuedAt }] of [...table.entries()]) if (now - issuedAt > MEMORY_MS) table.delete(old)
      const cloudID = `79_${randomBytes(48).toString('base64url')}`
      table.set(cloudID, { account, appid, data, issuedAt: now })
      return cloudID
    },
    open(cloudID, { account, appid }) {
      const found = table.get(cloudID)
      if (found === undefined) return { cloudID, errCode: -601005, errMsg: 'invalid cloudID.' }
      if (found.account !== account || found.appid !== appid)
        return { cloudID, errCode: -601007, errMsg: 'cloudID does not belong to the current user.' }
      if (clock.now() - found.issuedAt > CLOUD_ID_LIFE_MS)
        return { cloudID, errCode: -601006, errMsg: 'cloudID expired.' }
      return { cloudID, data: found.data }
    },
    knows: (cloudID) => table.has(cloudID),
  }
}
