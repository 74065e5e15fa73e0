// Devices: the sessions of a user as a list for the user, and no more of them than ten.
import { createHash } from 'node:crypto'
import type { DeviceSession } from '../../typings/contract'
import type { SessionRecord } from './records'
import type { SessionStore } from './stores'

const MOST_DEVICES = 10
const HANDLE = 24 // hex digits of a hash: they lead to no token, and name one among ten

export const HANDLES = /^[0-9a-f]{24}$/

/** Of the device where it said which it is: it stays the same when the device renews its session. */
const handleOf = ({ id, userId, device }: SessionRecord): string =>
  (device
    ? createHash('sha256')
        .update(JSON.stringify(['device', userId, device.id]))
        .digest('hex')
    : id
  ).slice(0, HANDLE)

const isLive = ({ revokedAt, expiresAt }: SessionRecord, now: number) => revokedAt === undefined && now < expiresAt

const byUse = (a: SessionRecord, b: SessionRecord) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? -1 : 1)

/** The one that asks first, then by use; one line for a device, also while its session is being replaced. */
export const listDevices = async (
  sessions: SessionStore,
  asking: SessionRecord,
  now: number,
): Promise<DeviceSession[]> => {
  const live = (await sessions.unmarked(asking.userId)).filter((session) => isLive(session, now))
  const rank = ({ id, lastSeenAt }: SessionRecord) => (id === asking.id ? Number.POSITIVE_INFINITY : lastSeenAt)
  const handles = new Set<string>()
  const isFirst = (session: SessionRecord) => handles.size < handles.add(handleOf(session)).size
  return live
    .sort((a, b) => rank(b) - rank(a))
    .filter(isFirst)
    .map((session) => ({
      handle: handleOf(session),
      model: session.device?.model ?? '',
      platform: session.device?.platform ?? '',
      lastSeenAt: session.lastSeenAt,
      current: session.id === asking.id,
    }))
}

/** The user's sessions of this handle that were not ended: one, but for moments. */
export const sessionsOfHandle = async (
  sessions: SessionStore,
  userId: string,
  handle: string,
): Promise<SessionRecord[]> => (await sessions.unmarked(userId)).filter((session) => handleOf(session) === handle)

/**
 * Ends the sessions that were not used for the longest time when there are more than ten; the new one stays. Logins at
 * once agree on the order, so they end the same ones; at worst an eleventh stays until the next login.
 */
export const keepTen = async (sessions: SessionStore, fresh: SessionRecord, now: number): Promise<void> => {
  // What this device had before is being replaced at this moment: it costs no other device its place.
  const isReplaced = ({ id, device }: SessionRecord) =>
    id !== fresh.id && device !== undefined && device.id === fresh.device?.id
  const live = (await sessions.unmarked(fresh.userId)).filter((session) => isLive(session, now) && !isReplaced(session))
  const surplus = live.sort(byUse).slice(MOST_DEVICES)
  await Promise.all(surplus.map(({ id }) => (id === fresh.id ? undefined : sessions.remove(id))))
}
