// What the device remembers between launches: the session, and the marks beside it.
import type { SessionGrant, User } from '../../../typings/contract'
import { fieldsOf } from './fields'
import { createLatest } from './latest'
import type { ClockPort, DevicePort, StoragePort } from './ports'
import { createSingleFlight } from './single-flight'
import { withTimeout } from './timeout'

/** One key, this shape; encrypted where the base library can. */
export interface StoredSession {
  v: 1
  token: string
  /** Milliseconds since 1970 by the device's clock: a prediction, never a verdict. */
  expiresAt: number
  user: User
}

export type SignedOut = 'user' | 'server' | false

/** Outlives the session. */
interface Marks {
  v: 1
  /** Names this install to the server's device list. */
  deviceId: string
  /** Who ended the session, here or from elsewhere; only a tap on "sign in" takes it away. */
  signedOut: SignedOut
  /** A code was taken and no grant came back: the server's session_key may be an older one than WeChat's. */
  keyInDoubt: boolean
}

const SESSION_KEY = 'auth.session'
const MARKS_KEY = 'auth.marks'

/** Storage is input too: an older version's, or a page's that shares the key. Anything else counts as nothing. */
const parseSession = (value: unknown): StoredSession | undefined => {
  const { v, token, expiresAt, user } = fieldsOf(value)
  const { id } = fieldsOf(user)
  const whole = v === 1 && typeof token === 'string' && typeof expiresAt === 'number' && typeof id === 'string'
  return whole ? (value as StoredSession) : undefined // every field the core relies on was looked at
}

export const sessionFrom = ({ token, expiresIn, user }: SessionGrant, now: number): StoredSession => ({
  v: 1,
  token,
  expiresAt: now + expiresIn * 1000,
  user,
})

export interface Notes {
  /** Reads the device once; rejects (and will read again) when storage does not answer. */
  load(): Promise<void>
  readonly loaded: boolean
  readonly session: StoredSession | undefined
  readonly marks: Readonly<Marks>
  /** Counts at once; settles when it is on the device. */
  keep(session: StoredSession | undefined): Promise<void>
  mark(change: Partial<Pick<Marks, 'signedOut' | 'keyInDoubt'>>): Promise<void>
  /** For notes whose loss costs one login more and no harm: never rejects, and waits for a dead storage only once. */
  lossy(write: Promise<unknown>): Promise<void>
}

export const createNotes = (
  ports: { storage: StoragePort; device: DevicePort; clock: ClockPort },
  timeoutMs: number,
): Notes => {
  const { device, storage } = ports
  const limited = <T>(work: Promise<T>) => withTimeout(ports.clock, timeoutMs, 'storage', work)
  const sessionOnDevice = createLatest<StoredSession | undefined>((session) =>
    session ? storage.set(SESSION_KEY, session, { secret: true }) : storage.remove(SESSION_KEY),
  )
  const marksOnDevice = createLatest<Marks>((marks) => storage.set(MARKS_KEY, marks))
  const reading = createSingleFlight<void>()
  let loaded = false
  let deaf = false
  let session: StoredSession | undefined
  // Storage that cannot be read leaves a new name: better than none.
  let marks: Marks = { v: 1, deviceId: device.newId(), signedOut: false, keyInDoubt: false }

  const read = async (): Promise<void> => {
    // A session that cannot be read is one the device no longer has; a mark that cannot be read may be a sign-out.
    const sessionRead = storage.get(SESSION_KEY, { secret: true }).catch(() => undefined)
    const [kept, marked] = await limited(Promise.all([sessionRead, storage.get(MARKS_KEY)]))
    if (loaded) return // a tap was faster than storage
    loaded = true
    const { v, deviceId, signedOut, keyInDoubt } = fieldsOf(marked)
    if (v === 1 && typeof deviceId === 'string') {
      // A mark nobody can read is a sign-out still.
      const by = signedOut === 'server' ? 'server' : signedOut ? 'user' : false
      marks = { v: 1, deviceId, signedOut: by, keyInDoubt: keyInDoubt === true }
    }
    session = marks.signedOut ? undefined : parseSession(kept)
  }

  return {
    load: async () => {
      if (!loaded) await reading.run(read)
    },
    get loaded() {
      return loaded
    },
    get session() {
      return session
    },
    get marks() {
      return marks
    },
    keep(next) {
      session = next
      return limited(sessionOnDevice(next))
    },
    mark(change) {
      loaded = true
      marks = { ...marks, ...change }
      return limited(marksOnDevice(marks))
    },
    async lossy(write) {
      const written = write.catch(() => {
        deaf = true
      })
      if (!deaf) await written
    },
  }
}
