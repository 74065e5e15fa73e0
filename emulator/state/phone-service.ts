// The phone capability of each app: whether it may ask at all, what is left of its quota, what its next taps end with.

import type { PhoneOutcome } from '../phone'
import type { Table, Tables } from '../ports'

/** Successes that are free, shared by every build. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
export const TRIAL_QUOTA = 1000

interface ServiceRecord {
  entitled: boolean
  quota: number
  outcome: PhoneOutcome
}

export interface PhoneService {
  /** False for a personal subject: `no permission`, 48001. */
  entitled(appid: string): boolean
  setEntitled(appid: string, entitled: boolean): void
  /** Successes left. */
  quota(appid: string): number
  setQuota(appid: string, left: number): void
  /** A success event is being delivered. */
  charge(appid: string): void
  outcome(appid: string): PhoneOutcome
  setOutcome(appid: string, outcome: PhoneOutcome): void
}

export function createPhoneService(tables: Tables): PhoneService {
  const table: Table<ServiceRecord> = tables.table('weixin.phone-service')
  const get = (appid: string) => table.get(appid) ?? { entitled: true, quota: TRIAL_QUOTA, outcome: 'ask' as const }
  const set = (appid: string, changes: Partial<ServiceRecord>) => table.set(appid, { ...get(appid), ...changes })
  return {
    entitled: (appid) => get(appid).entitled,
    setEntitled: (appid, entitled) => set(appid, { entitled }),
    quota: (appid) => get(appid).quota,
    setQuota: (appid, quota) => set(appid, { quota }),
    charge: (appid) => set(appid, { quota: Math.max(0, get(appid).quota - 1) }),
    outcome: (appid) => get(appid).outcome,
    setOutcome: (appid, outcome) => set(appid, { outcome }),
  }
}
