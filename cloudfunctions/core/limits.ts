// Limits of the way in that anybody on the internet can reach: per user, and per address the gateway gave.
import { createHmac } from 'node:crypto'
import { Refusal } from './errors'
import type { Clock } from './ports'
import type { Secret } from './secret'
import type { CounterStore } from './stores'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

interface Limit {
  windowMs: number
  /** Of one user, whatever address they come from. */
  user: number
  /** Of one address: many phones stand behind the one of a carrier, a school or an office. */
  address: number
}

/** What is counted. A refused token has no user. */
const LIMITS = {
  /** Taking a code and exchanging it; WeChat itself allows a hundred a minute and user. */
  login: { windowMs: MINUTE_MS, user: 20, address: 120 },
  phone: { windowMs: HOUR_MS, user: 20, address: 400 },
  save: { windowMs: HOUR_MS, user: 60, address: 1200 },
  upload: { windowMs: HOUR_MS, user: 60, address: 1200 },
  refused: { windowMs: MINUTE_MS, user: 0, address: 120 },
} as const satisfies Record<string, Limit>

export type LimitKind = keyof typeof LIMITS

/** Each counts one more; RATE_LIMITED when that is one too many. */
export interface Limits {
  ofAddress(kind: LimitKind): Promise<void>
  /** `user`: whatever names them, a user id or an identity. */
  ofUser(kind: Exclude<LimitKind, 'refused'>, user: string): Promise<void>
}

/** For a way in where WeChat itself says who calls, and limits them. */
export const UNLIMITED: Limits = { ofAddress: async () => undefined, ofUser: async () => undefined }

export interface LimitPorts {
  clock: Clock
  counters: CounterStore
  /** Asked for only when something is counted. */
  key: () => Secret
}

/**
 * An address is personal data: what is stored is a keyed hash of it that is another one in every window, and goes with
 * it. Without an address only users are counted: a gateway that gives none must not make everybody one.
 */
export const createLimits = ({ clock, counters, key }: LimitPorts, { address }: { address?: string }): Limits => {
  const take = async (kind: LimitKind, by: 'user' | 'address', subject: string): Promise<void> => {
    const { windowMs, [by]: limit } = LIMITS[kind]
    const now = clock.now()
    const window = Math.floor(now / windowMs)
    const endsAt = (window + 1) * windowMs
    const hash = createHmac('sha256', Buffer.from(key().reveal(), 'base64'))
      .update(JSON.stringify([kind, by, subject, window]))
      .digest('hex')
      .slice(0, 32)
    if (await counters.take(`${kind}:${by}:${hash}`, limit, endsAt)) return
    throw new Refusal('RATE_LIMITED', `too many of this kind (${kind}) for one ${by}`, { retryAfterMs: endsAt - now })
  }
  return {
    ofAddress: async (kind) => {
      if (address !== undefined) await take(kind, 'address', networkOf(address))
    },
    ofUser: (kind, user) => take(kind, 'user', user),
  }
}

/** One subscriber has a whole /64 of IPv6 addresses to choose from: that counts as one. */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%', 1).join('').split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const all = [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ''))
  return `${all.slice(0, 4).join(':')}::/64`
}
