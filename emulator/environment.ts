// The variables of every function, as one sets them in the cloud's console: made once per data folder.

import { randomBytes, randomInt } from 'node:crypto'
import type { Table, Tables } from './ports'
import type { Apps } from './state/apps'

/** Kept through `reset`: workers stay warm and hold them. */
export const ENVIRONMENT_TABLE = 'emulator.environment'
export const PUSH_KEYS_TABLE = 'emulator.push-keys'

interface Keys {
  sealing: string
  index: string
}

/** What the console of message push shows. */
export interface PushKeys {
  token: string
  /** EncodingAESKey, 43 characters. */
  aesKey: string
}

export interface FunctionEnvironment {
  /** Of the functions deployed for this mini-program. */
  variables(appid: string): Record<string, string>
  pushKeys(appid: string): PushKeys
  /** What the trace must not show. */
  secrets(): string[]
}

/** One database under the functions of both mini-programs wants one pair of keys. */
const SHARED = 'shared'
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function createEnvironment(
  { tables, apps }: { tables: Tables; apps: Apps },
  { apiBase }: { apiBase: () => string },
): FunctionEnvironment {
  const table: Table<Keys> = tables.table(ENVIRONMENT_TABLE)
  const pushes: Table<PushKeys> = tables.table(PUSH_KEYS_TABLE)
  const keys = (): Keys => {
    // Older data folders have a pair per mini-program: what the first one sealed stays readable.
    const found = table.get(SHARED) ?? table.get(apps.get().appid)
    const made = found ?? { sealing: randomBytes(32).toString('base64'), index: randomBytes(32).toString('base64') }
    if (!table.has(SHARED)) table.set(SHARED, made)
    return made
  }
  const pushKeys = (appid: string): PushKeys => {
    const made = pushes.get(appid) ?? { token: randomText(32), aesKey: randomText(43) }
    if (!pushes.has(appid)) pushes.set(appid, made)
    return made
  }
  return {
    pushKeys,
    secrets: () => [...pushes.entries()].flatMap(([, { token, aesKey }]) => [token, aesKey]),
    variables(wanted) {
      const { appid, secret } = apps.get(wanted)
      const { sealing, index } = keys()
      const { token, aesKey } = pushKeys(appid)
      return {
        WEIXIN_APPID: appid,
        WEIXIN_APP_SECRET: secret,
        WEIXIN_API_BASE: apiBase(),
        WEIXIN_PUSH_TOKEN: token,
        WEIXIN_PUSH_AES_KEY: aesKey,
        SEALING_KEYS: `k1:${sealing}`,
        INDEX_KEY: index,
      }
    },
  }
}

const randomText = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
