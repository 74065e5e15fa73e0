// So many an hour and subject, counted under a name that leads to nobody once the hour is over.
import { createHash } from 'node:crypto'
import { Refusal } from './errors'
import type { Clock } from './ports'
import type { CounterStore } from './stores'

const HOUR_MS = 3_600_000

export interface HourlyPorts {
  clock: Clock
  counters: CounterStore
}

/**
 * Counts one more of this kind in the hour of the clock; answers with how to take it back. RATE_LIMITED beyond `limit`,
 * saying `why`. The counter outlives an account that is deleted, so its name is another one every hour.
 */
export const takeThisHour = async (
  { clock, counters }: HourlyPorts,
  { kind, subject, limit, why }: { kind: string; subject: string; limit: number; why: string },
): Promise<{ giveBack(): Promise<void> }> => {
  const now = clock.now()
  const hour = Math.floor(now / HOUR_MS)
  const endsAt = (hour + 1) * HOUR_MS
  const hash = createHash('sha256').update(`${subject}:${hour}`).digest('hex').slice(0, 32)
  const id = `${kind}:${hash}:${hour}`
  if (await counters.take(id, limit, endsAt)) return { giveBack: () => counters.giveBack(id) }
  throw new Refusal('RATE_LIMITED', why, { retryAfterMs: endsAt - now })
}
