// The trace: every finished hop, masked, in the order of finishing.

import { mask, type Secrets } from './mask'
import { matcher } from './pattern'
import type { Hop, Trace } from './types'

/** Hops kept for reading; counting goes on beyond it. */
const KEPT_HOPS = 20_000

export interface TraceBook extends Trace {
  /** Keeps a finished hop. */
  add(hop: Omit<Hop, 'seq'>): void
}

export function createTrace(secrets: Secrets): TraceBook {
  const hops: Hop[] = []
  const counts = new Map<string, number>()
  const listeners = new Set<(hop: Hop) => void>()
  const watchers = new Set<{ op: string; count: number; resolve: () => void }>()
  let seq = 0

  const count = (op: string) => {
    const matches = matcher(op)
    let total = 0
    for (const [name, finished] of counts) if (matches(name)) total += finished
    return total
  }
  return {
    hops,
    count,
    until(op, wanted = 1) {
      if (count(op) >= wanted) return Promise.resolve()
      return new Promise((resolve) => {
        watchers.add({ op, count: wanted, resolve })
      })
    },
    onHop(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear() {
      hops.length = 0
      counts.clear()
    },
    add(hop) {
      seq += 1
      const kept: Hop = { seq, ...hop, op: String(mask(hop.op, secrets)) }
      if (hop.request !== undefined) kept.request = mask(hop.request, secrets)
      if (hop.reply !== undefined) kept.reply = mask(hop.reply, secrets)
      if (hop.error !== undefined) kept.error = String(mask(hop.error, secrets))
      hops.push(kept)
      if (hops.length > KEPT_HOPS) hops.shift()
      counts.set(kept.op, (counts.get(kept.op) ?? 0) + 1)
      for (const watcher of watchers)
        if (count(watcher.op) >= watcher.count && watchers.delete(watcher)) watcher.resolve()
      for (const listener of listeners) listener(kept)
    },
  }
}
