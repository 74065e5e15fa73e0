// Sealed data from a client: opened with the keys of its identity, a few failures an hour, one answer for all of them.
import { Refusal } from './errors'
import { takeThisHour } from './hourly'
import { keyPlace } from './identities'
import { type Opening, openData, type Sealed } from './open-data'
import type { Clock } from './ports'
import type { IdentityRecord } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'
import type { Fields } from './shape'
import type { CounterStore, IdentityStore } from './stores'
import { FRESH_MS } from './watermark'

export interface SealedDataPorts {
  clock: Clock
  identities: IdentityStore
  counters: CounterStore
  sealing: Sealing
}

const FAILURES = 5 // per identity and hour of the clock: an honest client signs in after the first

/**
 * The JSON object that WeChat sealed for this identity. SESSION_KEY_STALE when it does not open, whatever the step;
 * RATE_LIMITED when too many did not. A try is counted before the data is looked at and given back when it opens: a
 * hundred at once learn no more than a hundred in a row, and a crash costs a try instead of granting one. `isVouched`
 * is one more step, for data that is signed as well.
 */
export const openSealed = async (
  { clock, identities, counters, sealing }: SealedDataPorts,
  identity: string,
  sealed: Sealed,
  isVouched: (key: Secret, data: Fields) => boolean = () => true,
): Promise<Fields> => {
  const { giveBack } = await takeThisHour(
    { clock, counters },
    { kind: 'openData', subject: identity, limit: FAILURES, why: 'too much sealed data that does not open' },
  )
  const keys = keysOf(await identities.find(identity), sealing, clock.now())
  const openings = keys.map((key): Opening => {
    const opening = openData(key, sealed)
    return 'data' in opening && !isVouched(key, opening.data) ? { failure: 'signature' } : opening
  })
  for (const opening of openings) {
    if (!('data' in opening)) continue
    await giveBack()
    return opening.data
  }
  const failures = openings.map((opening) => ('failure' in opening ? opening.failure : ''))
  throw new Refusal('SESSION_KEY_STALE', 'the sealed data does not open with the session_key: sign in, then ask anew', {
    detail: failures.length > 0 ? `failed at: ${failures.join('; ')}` : 'no session_key is kept',
  })
}

/** The current key, and the previous one while data sealed just before it was replaced can still be fresh. */
const keysOf = (identity: IdentityRecord | undefined, sealing: Sealing, now: number): Secret[] => {
  const { id = '', key, previousKey } = identity ?? {}
  const opened = (field: 'key' | 'previousKey', sealed: string): Secret[] => {
    try {
      return [sealing.open(sealed, keyPlace(id, field), 'session_key')]
    } catch {
      return [] // its sealing key was retired: the next sign-in brings a new one
    }
  }
  return [
    ...(key ? opened('key', key.sealed) : []),
    ...(previousKey && now - previousKey.at <= FRESH_MS ? opened('previousKey', previousKey.sealed) : []),
  ]
}
