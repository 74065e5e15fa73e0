// The mini-programs WeChat knows: two of one Open Platform account, the first is ours.

import { createHash, randomBytes } from 'node:crypto'
import { EmulatorError } from '../errors'
import type { Table, Tables } from '../ports'
import type { EmulatedApp } from '../types'

/** What a project without an AppID of its own carries; it means our first app. */
export const TOURIST_APPID = 'touristappid'

export interface Apps {
  all(): EmulatedApp[]
  find(appid: string): EmulatedApp | undefined
  /** The first app when nothing is said; throws UNKNOWN_APP. */
  get(appid?: string): EmulatedApp
  setBound(appid: string, bound: boolean): void
  openid(account: string, appid: string): string
  unionid(account: string): string
}

/** Kept through `reset`: it holds the secrets. */
export const APPS_TABLE = 'weixin.apps'

const FIRST_DAY: readonly { appid: string; name: string }[] = [
  { appid: 'wx8c1f4e7a2b5d0936', name: '登录示例' },
  { appid: 'wx3d9a60b7c4e81f25', name: '登录示例 · 姊妹篇' },
]

/** Appids are the same everywhere, so a project file may name them; secrets are random per data folder. */
export function createApps(tables: Tables): Apps & { begin(): void } {
  const table: Table<EmulatedApp> = tables.table(APPS_TABLE)
  const begin = () => {
    for (const { appid, name } of FIRST_DAY) {
      const secret = table.get(appid)?.secret ?? randomBytes(16).toString('hex')
      table.set(appid, { appid, name, bound: true, secret })
    }
  }
  const all = () => [...table.entries()].map(([, app]) => ({ ...app }))
  const find = (appid: string) => (appid === TOURIST_APPID ? all()[0] : table.get(appid))
  const get = (appid?: string) => {
    const app = appid === undefined ? all()[0] : find(appid)
    if (app === undefined) throw new EmulatorError('UNKNOWN_APP', `no mini-program ${String(appid)}`)
    return app
  }
  if (table.size === 0) begin()
  return {
    begin,
    all,
    find,
    get,
    setBound(appid, bound) {
      const app = get(appid)
      table.set(app.appid, { ...app, bound })
    },
    openid: (account, appid) => personal(`openid ${get(appid).appid} ${account}`),
    unionid: (account) => personal(`unionid ${account}`),
  }
}

/** 28 characters that begin with `o`, always the same for the same person. */
const personal = (of: string): string => `o${createHash('sha256').update(of).digest('base64url').slice(0, 27)}`
