// Quotas: how often something was done within a sliding window.

import type { Table, Tables } from '../ports'
import type { Clock } from '../types'

export interface Quotas {
  /** Counts one use of `what`; false when the window is already full, and then nothing is counted. */
  take(what: string, limit: number, windowMs: number): boolean
}

export function createQuotas(tables: Tables, clock: Clock): Quotas {
  const table: Table<number[]> = tables.table('weixin.quotas')
  return {
    take(what, limit, windowMs) {
      const now = clock.now()
      const recent = (table.get(what) ?? []).filter((at) => at > now - windowMs)
      if (recent.length >= limit) return false
      table.set(what, [...recent, now])
      return true
    },
  }
}
