/** What the device remembers between launches: the session, and the marks beside it. */
import type { SessionGrant, User } from '../../../typings/contract'
import type { ClockPort, DevicePort, StoragePort } from './ports'
import { withTimeout } from './timeout'

/** One key, this shape; encrypted where the base library can. */
export interface StoredSession {
  v: 1
  token: string
  /** Milliseconds since 1970 by the device's clock: a prediction, never a verdict. */
  expiresAt: number
  user: User
}

/** Outlives the session. */
export interface Marks {
  v: 1
  /** Names this install to the server's device list. */
  deviceId: string
  /** The user signed out here; only a tap on "sign in" takes it away. */
  signedOut?: true
  /** A code was taken and no grant came back: the server's session_key may be an older one than WeChat's. */
  keyInDoubt?: true
}

const SESSION_KEY = 'auth.session'
const MARKS_KEY = 'auth.marks'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Storage is input too: an older version's, or a page's that shares the key. Anything else counts as nothing. */
const parseSession = (value: unknown): StoredSession | undefined => {
  if (!isRecord(value) || value['v'] !== 1 || !isRecord(value['user'])) return undefined
  const { token, expiresAt, user } = value as { token: unknown; expiresAt: unknown; user: Record<string, unknown> }
  if (typeof token !== 'string' || typeof expiresAt !== 'number' || typeof user['id'] !== 'string') return undefined
  return value as unknown as StoredSession // every field the core relies on was looked at
}

const parseMarks = (value: unknown): Marks | undefined => {
  if (!isRecord(value) || value['v'] !== 1 || typeof value['deviceId'] !== 'string') return undefined
  return {
    v: 1,
    deviceId: value['deviceId'],
    ...(value['signedOut'] === true ? { signedOut: true } : {}),
    ...(value['keyInDoubt'] === true ? { keyInDoubt: true } : {}),
  }
}

export const sessionFrom = ({ token, expiresIn, user }: SessionGrant, now: number): StoredSession => ({
  v: 1,
  token,
  expiresAt: now + expiresIn * 1000,
  user,
})

export interface Memory {
  load(): Promise<{ session: StoredSession | undefined; marks: Marks }>
  saveSession(session: StoredSession | undefined): Promise<void>
  saveMarks(marks: Marks): Promise<void>
}

/** Writes land in the order they were asked for, so that a sign-out is never overtaken by the grant before it. */
export const createMemory = (
  ports: { storage: StoragePort; device: DevicePort; clock: ClockPort },
  timeoutMs: number,
): Memory => {
  let queue: Promise<unknown> = Promise.resolve()
  const limited = <T>(work: Promise<T>) => withTimeout(ports.clock, timeoutMs, 'storage', work)
  const inOrder = (write: () => Promise<void>): Promise<void> => {
    const mine = queue.then(() => limited(write()))
    queue = mine.catch(() => undefined) // a failed write does not block the next; its caller hears of it
    return mine
  }
  return {
    async load() {
      const [session, marks] = await limited(
        Promise.all([ports.storage.get(SESSION_KEY, { secret: true }), ports.storage.get(MARKS_KEY)]),
      )
      return { session: parseSession(session), marks: parseMarks(marks) ?? { v: 1, deviceId: ports.device.newId() } }
    },
    saveSession: (session) =>
      inOrder(() =>
        session ? ports.storage.set(SESSION_KEY, session, { secret: true }) : ports.storage.remove(SESSION_KEY),
      ),
    saveMarks: (marks) => inOrder(() => ports.storage.set(MARKS_KEY, marks)),
  }
}
