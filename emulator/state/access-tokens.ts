// Access tokens: the classic and the stable kind of every app, isolated from each other.

import { randomBytes } from 'node:crypto'
import type { Table, Tables } from '../ports'
import type { Clock } from '../types'
import type { Quotas } from './quotas'

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken */
export const TOKEN_LIFE_MS = 7_200_000
/** A stable token is renewed when less than this is left; then both are good until the old one ends. */
export const OVERLAP_MS = 300_000
/** Two forced refreshes closer than this: the second changes nothing. */
const FORCED_APART_MS = 30_000
const FORCED_PER_DAY = 20
const DAY_MS = 86_400_000
/** What a token looks like; anything else is malformed. */
const SHAPE = /^[0-9]{2}_[\w-]{128}$/

type Kind = 'classic' | 'stable'

interface TokenRecord {
  appid: string
  kind: Kind
  expiresAt: number
  /** Another one took its place, at once. */
  dead: boolean
}

interface Current {
  token: string
  /** When a forced refresh last made one. */
  forcedAt?: number
}

/** What became of a token. */
export type TokenState = 'malformed' | 'invalid' | 'expired' | { appid: string }

export interface Issued {
  token: string
  expiresAt: number
}

export interface AccessTokens {
  /** A new one; the previous classic token dies at once. */
  issueClassic(appid: string): Issued
  /** The current one, or a new one when it is about to expire. */
  stable(appid: string): Issued
  /** A new one, the old one dead; the current one when the last was forced just now; undefined when the day's are used up. */
  forceStable(appid: string): Issued | undefined
  stateOf(token: string): TokenState
  /** Every living token of the app ends now: 42001, or 40001 when `how` says so. The next fetch makes a new one. */
  end(appid: string, how: 'expire' | 'invalidate'): void
  /** Whether it was issued here, whatever became of it. */
  knows(token: string): boolean
}

export function createAccessTokens(tables: Tables, clock: Clock, quotas: Quotas): AccessTokens {
  const tokens: Table<TokenRecord> = tables.table('weixin.access-tokens')
  const currents: Table<Current> = tables.table('weixin.access-tokens.current')
  const slot = (appid: string, kind: Kind) => `${kind} ${appid}`

  /** A dead or expired token is remembered for a day, to be told from a made-up one. */
  const sweep = () => {
    const oldest = clock.now() - DAY_MS
    for (const [token, { expiresAt }] of [...tokens.entries()]) if (expiresAt < oldest) tokens.delete(token)
  }
  const issue = (appid: string, kind: Kind, more: { forcedAt?: number } = {}): Issued => {
    sweep()
    const token = `${kind === 'classic' ? '89' : '91'}_${randomBytes(96).toString('base64url')}`
    const expiresAt = clock.now() + TOKEN_LIFE_MS
    tokens.set(token, { appid, kind, expiresAt, dead: false })
    currents.set(slot(appid, kind), { token, ...more })
    return { token, expiresAt }
  }
  const current = (appid: string, kind: Kind): (Issued & Current) | undefined => {
    const found = currents.get(slot(appid, kind))
    const record = found && tokens.get(found.token)
    if (found === undefined || record === undefined || record.dead) return undefined
    return { ...found, expiresAt: record.expiresAt }
  }
  const kill = (token: string) => {
    const record = tokens.get(token)
    if (record !== undefined) tokens.set(token, { ...record, dead: true })
  }
  return {
    issueClassic(appid) {
      const before = current(appid, 'classic')
      if (before !== undefined) kill(before.token)
      return issue(appid, 'classic')
    },
    stable(appid) {
      const found = current(appid, 'stable')
      if (found === undefined) return issue(appid, 'stable')
      const { token, expiresAt, forcedAt } = found
      if (expiresAt - clock.now() > OVERLAP_MS) return { token, expiresAt }
      return issue(appid, 'stable', forcedAt === undefined ? {} : { forcedAt })
    },
    forceStable(appid) {
      const now = clock.now()
      const found = current(appid, 'stable')
      if (found?.forcedAt !== undefined && now - found.forcedAt < FORCED_APART_MS)
        return { token: found.token, expiresAt: found.expiresAt }
      if (!quotas.take(`forced stable_token ${appid}`, FORCED_PER_DAY, DAY_MS)) return undefined
      if (found !== undefined) kill(found.token)
      return issue(appid, 'stable', { forcedAt: now })
    },
    stateOf(token) {
      const record = tokens.get(token)
      if (record === undefined) return SHAPE.test(token) ? 'invalid' : 'malformed'
      if (record.dead) return 'invalid'
      return clock.now() >= record.expiresAt ? 'expired' : { appid: record.appid }
    },
    end(appid, how) {
      const now = clock.now()
      for (const [token, record] of [...tokens.entries()]) {
        if (record.appid !== appid || record.dead || record.expiresAt <= now) continue
        tokens.set(token, how === 'expire' ? { ...record, expiresAt: now } : { ...record, dead: true })
      }
      for (const kind of ['classic', 'stable'] as const) currents.delete(slot(appid, kind))
    },
    knows: (token) => tokens.has(token),
  }
}
