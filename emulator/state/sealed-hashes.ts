// Sealed phone data that WeChat itself made: its hashes, for three days.

import type { Table, Tables } from '../ports'
import type { Clock } from '../types'

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/basic-info/api_checkencrypteddata */
const MEMORY_MS = 3 * 86_400_000

interface SealedRecord {
  appid: string
  sealedAt: number
}

export interface SealedHashes {
  /** `hash`: hex SHA-256 of the base64 text. */
  remember(hash: string, appid: string): void
  /** When it was sealed for this app, within the last three days. */
  sealedAt(hash: string, appid: string): number | undefined
}

export function createSealedHashes(tables: Tables, clock: Clock): SealedHashes {
  const table: Table<SealedRecord> = tables.table('weixin.sealed-hashes')
  const isYoung = ({ sealedAt }: SealedRecord) => clock.now() - sealedAt <= MEMORY_MS
  return {
    remember(hash, appid) {
      for (const [old, record] of [...table.entries()]) if (!isYoung(record)) table.delete(old)
      table.set(hash, { appid, sealedAt: clock.now() })
    },
    sealedAt(hash, appid) {
      const found = table.get(hash)
      return found?.appid === appid && isYoung(found) ? found.sealedAt : undefined
    },
  }
}
