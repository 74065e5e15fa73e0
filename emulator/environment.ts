// The variables of every function, as one sets them in the cloud's console: made once per data folder.

import { randomBytes } from 'node:crypto'
import type { Table, Tables } from './ports'
import type { Apps } from './state/apps'

/** Kept through `reset`: workers stay warm and hold them. */
export const ENVIRONMENT_TABLE = 'emulator.environment'

interface Keys {
  sealing: string
  index: string
}

export function createEnvironment(
  { tables, apps }: { tables: Tables; apps: Apps },
  { apiBase }: { apiBase: () => string },
): (appid: string) => Record<string, string> {
  const table: Table<Keys> = tables.table(ENVIRONMENT_TABLE)
  const keysOf = (appid: string): Keys => {
    const found = table.get(appid)
    if (found !== undefined) return found
    const made = { sealing: randomBytes(32).toString('base64'), index: randomBytes(32).toString('base64') }
    table.set(appid, made)
    return made
  }
  return (wanted) => {
    const { appid, secret } = apps.get(wanted)
    const { sealing, index } = keysOf(appid)
    return {
      WEIXIN_APPID: appid,
      WEIXIN_APP_SECRET: secret,
      WEIXIN_API_BASE: apiBase(),
      SEALING_KEYS: `k1:${sealing}`,
      INDEX_KEY: index,
    }
  }
}
