// The people on this WeChat: the 24 official virtual users, whoever a test adds beside them.

import { EmulatorError } from '../errors'
import type { Table, Tables } from '../ports'
import type { Account } from '../types'

export interface Accounts {
  all(): Account[]
  find(id: string): Account | undefined
  /** Throws UNKNOWN_ACCOUNT. */
  get(id: string): Account
  add(about: { nickname: string; phone?: string }): Account
  setBlocked(id: string, blocked: boolean): void
}

/** Numbers as in WeChat's 微信测试账号解决方案 for DevTools; they receive no messages. Nicknames are ours. */
const NICKNAMES = [
  ...['小满', '阿禾', '青柠', '南风', '一粒米', '云朵', '周末', '晚安'],
  ...['半夏', '豆包儿', '北北', '星河', '糯米', '清欢', '木木', '初七'],
  ...['海盐', '橘子汽水', '知秋', '小雨', '山茶', '白鹭', '言午', '春和'],
]
const FIRST_PHONE = 12_066_600_001

export function createAccounts(tables: Tables): Accounts & { begin(): void } {
  const table: Table<Account> = tables.table('weixin.accounts')
  const put = (index: number, nickname: string, phone = String(FIRST_PHONE + index)) => {
    const account = { id: `v${index + 1}`, nickname, phone, blocked: false }
    table.set(account.id, account)
    return { ...account }
  }
  const get = (id: string) => {
    const account = table.get(id)
    if (account === undefined)
      throw new EmulatorError('UNKNOWN_ACCOUNT', `no account ${id}: they are v1 … v${table.size}`)
    return account
  }
  const begin = () => {
    if (table.size === 0) for (const [index, nickname] of NICKNAMES.entries()) put(index, nickname)
  }
  begin()
  return {
    begin,
    all: () => [...table.entries()].map(([, account]) => ({ ...account })),
    find: (id) => table.get(id),
    get,
    add: ({ nickname, phone }) => put(table.size, nickname, phone),
    setBlocked(id, blocked) {
      table.set(id, { ...get(id), blocked })
    },
  }
}
