/** Who is signed in on this device: checkSession → storage → wx.login, one flight at a time, and a sign-out that lasts. */
import type { Call, CallEvent, SessionGrant, User } from '../../../typings/contract'
import { type AuthError, asAuthError, authError } from './errors'
import type { Exchange, Granted, Rider } from './exchange'
import type { ClockPort, LoginPort, Transport } from './ports'
import type { Retry } from './retry'
import { type Marks, type Memory, type StoredSession, sessionFrom } from './session'
import { createSingleFlight } from './single-flight'
import type { Announcer } from './state'
import { withTimeout } from './timeout'

/** A key seen alive this long ago is trusted to be alive still; WeChat extends it with use and tells no lifetime. */
const CHECK_TRUSTED_MS = 600_000

export interface LoginManager {
  /** Settles when the device's memory was read; rejects (and will read again) when storage does not answer. */
  ready(): Promise<void>
  /** The session a call may be sent with: there, and not refused by the server. */
  live(): StoredSession | undefined
  /** Who the device believes it is, whether or not the session still stands. */
  believed(): User | undefined
  assertNotSignedOut(): void
  /** Whether a login is under way that a caller could wait for. */
  busy(): boolean
  /** Starts the flight, with this call riding on the code. */
  lead<K extends Call>(rider: Rider<K>): Promise<Granted<K>>
  /** Waits for the flight under way, or starts one with nobody on it. */
  join(): Promise<void>
  /** The server refused this token. It counts only while it is the current one (three late refusals, one login). */
  refused(token: string): void
  /** A grant that rode on an ordinary answer: the same session, living longer. */
  extended(grant: SessionGrant): void
  /** The server answered for this session: with whom it knows, when it said so. */
  heard(token: string, user?: User): void
  keyStale(): void
  resume(): Promise<void>
  signIn(): Promise<void>
  prepareSealed(): Promise<void>
  signOut(): Promise<void>
}

interface ManagerPorts {
  login: LoginPort
  transport: Transport
  clock: ClockPort
  memory: Memory
  retry: Retry
  newDeviceId: () => string
  announcer: Announcer
  /** Built around the two hooks the manager gives it. */
  exchange: (hooks: { beforeCode: () => Promise<void>; deviceId: () => string }) => Exchange
}

export const createLoginManager = (
  ports: ManagerPorts,
  timeouts: { checkMs: number; callMs: number },
): LoginManager => {
  const { announcer, clock, memory } = ports
  const flights = createSingleFlight<Granted>()
  const reading = createSingleFlight<void>()

  let marks: Marks | undefined
  let session: StoredSession | undefined
  let refusedToken: string | undefined
  let keyAliveAt = Number.NEGATIVE_INFINITY
  /** Grows with every sign-out; a login of an earlier epoch is not wanted any more. */
  let epoch = 0

  const live = () => (session && session.token !== refusedToken ? session : undefined)
  const predictedDead = () => session !== undefined && clock.now() >= session.expiresAt

  /** Losing a note must not fail a sign-in: the worst is one login more at the next launch. */
  const remember = async (write: Promise<void>): Promise<void> => write.catch(() => undefined)
  const deviceId = (): string => {
    marks ??= { v: 1, deviceId: ports.newDeviceId() } // storage could not be read: a new name beats none
    return marks.deviceId
  }
  const mark = (change: { signedOut?: true | undefined; keyInDoubt?: true | undefined }): Promise<void> => {
    const { signedOut, keyInDoubt } = { ...marks, ...change }
    marks = { v: 1, deviceId: deviceId(), ...(signedOut ? { signedOut } : {}), ...(keyInDoubt ? { keyInDoubt } : {}) }
    return memory.saveMarks(marks)
  }
  const setSession = (next: StoredSession | undefined): Promise<void> => {
    session = next
    return memory.saveSession(next)
  }

  const exchange = ports.exchange({
    beforeCode: () => remember(mark({ keyInDoubt: true })),
    deviceId,
  })

  const announceRestored = () => {
    if (session) announcer.announce({ status: 'signedIn', user: session.user })
    else announcer.announce({ status: 'signedOut', by: marks?.signedOut ? 'user' : 'never' })
  }

  const ready = async (): Promise<void> => {
    if (marks) return
    await reading.run(async () => {
      const begun = epoch
      const stored = await memory.load()
      if (marks || begun !== epoch) return // a tap was faster than storage
      marks = stored.marks
      session = marks.signedOut ? undefined : stored.session
      announceRestored()
    })
  }

  const revoke = (token: string): Promise<void> => {
    const event: CallEvent<'signOut'> = { v: 1, call: 'signOut', data: { which: 'this' }, token }
    const send = () => withTimeout(clock, timeouts.callMs, 'call signOut', ports.transport.send(event))
    return ports.retry(send).then(
      () => undefined,
      () => undefined, // signed out here either way; the server forgets it at its expiry
    )
  }

  const settleFailure = async (error: AuthError): Promise<void> => {
    const standing = live()
    if (standing) {
      // A failed renewal never signs out a user whose token the server still accepts.
      const { user } = standing
      announcer.announce(
        error.remedy === 'retry' ? { status: 'failed', code: error.code, user } : { status: 'signedIn', user },
      )
      return
    }
    const kept = session && error.remedy !== 'stop'
    if (session && !kept) await remember(setSession(undefined))
    if (error.code === 'USER_CHANGED') announcer.announce({ status: 'signedOut', by: 'server' })
    else announcer.announce({ status: 'failed', code: error.code, ...(session ? { user: session.user } : {}) })
  }

  const land = async <K extends Call>(rider: Rider<K>): Promise<Granted<K>> => {
    const mine = epoch
    const wanted = () => mine === epoch
    if (!live() || predictedDead())
      announcer.announce({ status: 'signingIn', ...(session ? { user: session.user } : {}) })
    try {
      const envelope = await exchange(rider, wanted)
      if (!wanted()) {
        await revoke(envelope.session.token)
        throw authError('SIGNED_OUT', 'the user signed out while this login was under way; its session was revoked')
      }
      refusedToken = undefined
      keyAliveAt = clock.now()
      const stored = remember(setSession(sessionFrom(envelope.session, clock.now())))
      const cleared = remember(mark({ keyInDoubt: undefined }))
      announcer.announce({ status: 'signedIn', user: envelope.session.user })
      await Promise.all([stored, cleared])
      return envelope
    } catch (thrown) {
      const error = asAuthError(thrown)
      if (wanted()) await settleFailure(error)
      throw error
    }
  }

  const lead = <K extends Call>(rider: Rider<K>) => flights.run(() => land(rider)) as Promise<Granted<K>>
  const loginRider = (): Rider<'login'> => ({
    call: 'login',
    data: {},
    ...(session ? { expectUser: session.user.id } : {}),
  })
  const join = async (): Promise<void> => {
    await flights.run(() => land(loginRider()))
  }

  /** `undefined`: WeChat did not say in time, which is no reason to sign in anew. */
  const checkSession = async (): Promise<boolean | undefined> => {
    const alive = await withTimeout(clock, timeouts.checkMs, 'wx.checkSession', ports.login.checkSession()).catch(
      () => undefined,
    )
    if (alive) keyAliveAt = clock.now()
    return alive
  }

  const assertNotSignedOut = () => {
    if (marks?.signedOut) throw authError('SIGNED_OUT', 'the user signed out on this device; call signIn() after a tap')
  }

  return {
    ready,
    live,
    believed: () => session?.user,
    assertNotSignedOut,
    busy: flights.busy,
    lead,
    join,

    refused(token) {
      if (session?.token === token) refusedToken = token
    },

    extended(grant) {
      if (session?.token === grant.token) void remember(setSession(sessionFrom(grant, clock.now())))
    },

    heard(token, user) {
      if (session?.token !== token) return
      const known = user?.id === session.user.id ? user : session.user
      if (known !== session.user) void remember(setSession({ ...session, user: known }))
      announcer.announce({ status: 'signedIn', user: known })
    },

    keyStale() {
      keyAliveAt = Number.NEGATIVE_INFINITY
      void remember(mark({ keyInDoubt: true }))
    },

    async resume() {
      try {
        const [alive] = await Promise.all([checkSession(), ready()])
        if (!session || flights.busy()) return
        if (alive === false || marks?.keyInDoubt || predictedDead()) await join()
      } catch (thrown) {
        // Silent by design; the state tells. Only storage can have failed before anything was announced.
        if (!marks) announcer.announce({ status: 'failed', code: asAuthError(thrown).code })
      }
    },

    async signIn() {
      const [alive] = await Promise.all([checkSession(), ready().catch(() => undefined)])
      if (marks?.signedOut || !marks) await remember(mark({ signedOut: undefined }))
      if (live() && !predictedDead() && alive !== false && !marks?.keyInDoubt) return announceRestored()
      // A tap signs in whoever holds the phone: nobody is expected.
      await flights.run(() => land({ call: 'login', data: {} }))
    },

    async prepareSealed() {
      await ready()
      assertNotSignedOut()
      if (!live() || marks?.keyInDoubt) return join()
      if (clock.now() - keyAliveAt < CHECK_TRUSTED_MS) return
      if ((await checkSession()) === false) await join()
    },

    async signOut() {
      await ready().catch(() => undefined)
      epoch += 1
      flights.abandon()
      const token = session?.token
      announcer.announce({ status: 'signedOut', by: 'user' })
      const marked = mark({ signedOut: true })
      const forgotten = setSession(undefined)
      await Promise.all([marked, forgotten, token === undefined ? undefined : revoke(token)])
    },
  }
}
