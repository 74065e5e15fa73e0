// What WeChat remembers: apps, people, codes, session_keys, quotas, the handsets' storage.

import type { Secrets } from './mask'
import type { Tables } from './ports'
import { type Accounts, createAccounts } from './state/accounts'
import { type Apps, createApps } from './state/apps'
import { createFlash, type Flash } from './state/flash'
import { createLoginCodes, type LoginCodes } from './state/login-codes'
import { createQuotas, type Quotas } from './state/quotas'
import { createSessionKeys, type SessionKeys } from './state/session-keys'
import type { Clock } from './types'

export interface State {
  readonly apps: Apps
  readonly accounts: Accounts
  readonly codes: LoginCodes
  readonly keys: SessionKeys
  readonly quotas: Quotas
  readonly flash: Flash
  /** What the trace must not show. */
  readonly secrets: Secrets
  /** After the tables were emptied: puts the first day's apps and people there. */
  begin(): void
}

export function createState({ tables, clock }: { tables: Tables; clock: Clock }): State {
  const apps = createApps(tables)
  const accounts = createAccounts(tables)
  const codes = createLoginCodes(tables, clock)
  const keys = createSessionKeys(tables, clock)
  let names = new Set<string>()
  let named = 0
  /** openids and unionids of everybody, made anew when somebody joins. */
  const everybody = () => {
    const people = accounts.all()
    if (named !== people.length) {
      named = people.length
      names = new Set(
        people.flatMap(({ id }) => [apps.unionid(id), ...apps.all().map(({ appid }) => apps.openid(id, appid))]),
      )
    }
    return names
  }
  return {
    apps,
    accounts,
    codes,
    keys,
    quotas: createQuotas(tables, clock),
    flash: createFlash(tables),
    secrets: {
      anywhere: () => [
        ...keys.all(),
        ...apps.all().map(({ secret }) => secret),
        ...accounts.all().map(({ phone }) => phone),
      ],
      isWord: (word) => codes.knows(word),
      isName: (word) => everybody().has(word),
    },
    begin() {
      apps.begin()
      accounts.begin()
    },
  }
}
