// Sessions: opaque tokens, kept as hashes, sliding with use, ended by us alone.
import { createHash } from 'node:crypto'
import type { DeviceInfo } from '../../typings/contract'
import { Refusal, sessionExpired } from './errors'
import type { Clock, Random } from './ports'
import type { SessionMark, SessionRecord, Transport } from './records'
import { createSecret, type Secret } from './secret'
import type { SessionStore } from './stores'

const TOKEN_BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{43}$/ // 32 bytes in base64url
const DAY_MS = 86_400_000
const ABSOLUTE_DAYS = 180 // a stolen device does not stay signed in for ever
const SLIDE_EVERY_MS = DAY_MS // so that using a session costs one write a day, not one a call

const idOf = (token: Secret): string => createHash('sha256').update(token.reveal()).digest('hex')

export interface SessionOptions {
  /** How long a session lives without use. */
  days: number
}

/** A new session and its token, not stored yet. */
export const mintSession = (
  { clock, random }: { clock: Clock; random: Random },
  { days }: SessionOptions,
  whose: { userId: string; identity: string; transport: Transport; device?: DeviceInfo },
): { token: Secret; session: SessionRecord } => {
  const token = createSecret('token', random.bytes(TOKEN_BYTES).toString('base64url'))
  const now = clock.now()
  const endsAt = now + ABSOLUTE_DAYS * DAY_MS
  const expiresAt = Math.min(now + days * DAY_MS, endsAt)
  return { token, session: { id: idOf(token), ...whose, createdAt: now, lastSeenAt: now, expiresAt, endsAt } }
}

export const signedOut = () => new Refusal('SIGNED_OUT', 'signed out from another device')

/**
 * How a session is ended from another device. The mark stays for as long as any session can live, not for what is left
 * of this one: a phone that is opened only after that would renew itself silently, and has to find the mark.
 */
export const markAt = (now: number): SessionMark => ({ revokedAt: now, expiresAt: now + ABSOLUTE_DAYS * DAY_MS })

/** Whole seconds that a session has left. */
export const secondsLeft = (session: SessionRecord, now: number): number =>
  Math.max(0, Math.floor((session.expiresAt - now) / 1000))

/**
 * The session behind a token: one read by id. SESSION_EXPIRED for whatever is unknown, over, made on another way in, or
 * another person's; SIGNED_OUT when another device ended it. A text that cannot be a token costs no read at all.
 */
export const authenticate = async (
  { clock, sessions }: { clock: Clock; sessions: SessionStore },
  token: Secret,
  { identity, transport }: { identity: string | undefined; transport: Transport },
): Promise<SessionRecord> => {
  if (!TOKEN.test(token.reveal())) throw sessionExpired('not a token of ours')
  const session = await sessions.find(idOf(token))
  if (session === undefined) throw sessionExpired('unknown token')
  if (clock.now() >= session.expiresAt) throw sessionExpired('expired')
  if (session.transport !== transport) throw sessionExpired('made on another way in')
  // Over https nobody but the token says who is asking; over the cloud WeChat does, and must say the same.
  if (transport === 'cloud' && session.identity !== identity) throw sessionExpired('the session of another person')
  // Said to nobody but its owner.
  if (session.revokedAt !== undefined) throw signedOut()
  return session
}

/** Whether a session in use is to be prolonged now. */
export const isSlideDue = (session: SessionRecord, now: number): boolean => now - session.lastSeenAt >= SLIDE_EVERY_MS

/**
 * Prolongs a session, never beyond its absolute end, and once however many calls come at once. SESSION_EXPIRED when it is
 * gone meanwhile, SIGNED_OUT when it was revoked.
 */
export const slide = async (
  { clock, sessions }: { clock: Clock; sessions: SessionStore },
  { days }: SessionOptions,
  session: SessionRecord,
): Promise<SessionRecord> => {
  const to = { lastSeenAt: clock.now(), expiresAt: Math.min(clock.now() + days * DAY_MS, session.endsAt) }
  if (await sessions.slide(session.id, session.lastSeenAt, to)) return { ...session, ...to }
  const stored = await sessions.find(session.id)
  if (stored === undefined) throw sessionExpired('revoked a moment ago')
  if (stored.revokedAt !== undefined) throw signedOut()
  // Prolonged by another request: its term holds, for the clock of this instance may lag behind.
  return stored
}
