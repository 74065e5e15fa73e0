// Who is signed in on this device: checkSession → storage → wx.login, one flight at a time, and a sign-out that lasts.
import type { Call, ErrorCode, SessionGrant, User } from '../../../typings/contract'
import type { Deliver } from './deliver'
import { type AuthError, asAuthError, authError, failureOf } from './errors'
import type { Exchange, Granted, Rider } from './exchange'
import { type Notes, type StoredSession, sessionFrom } from './notes'
import type { ClockPort, LoginPort } from './ports'
import type { Retry } from './retry'
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
  /** Throws SIGNED_OUT, or USER_CHANGED, until a tap on "sign in". */
  assertWelcome(): void
  /** Whether a login is under way that a caller could wait for. */
  busy(): boolean
  /** Starts the flight, with this call riding on the code. */
  lead<K extends Call>(rider: Rider<K>): Promise<Granted<K>>
  /** Waits for the flight under way, or starts one with nobody on it. */
  join(): Promise<User>
  /**
   * The server refused a call with this token, and why: its session is over, was ended from elsewhere (as lasting as a
   * sign-out here), or its session_key did not open what WeChat sealed. It counts only while the token is the current
   * one: three late refusals, one login.
   */
  refused(token: string, code: ErrorCode): void
  /** The account of this user is no more. Settles when the device has forgotten it; never rejects. */
  erased(user: User): Promise<void>
  /** A grant that rode on an ordinary answer: the same session, living longer. */
  extended(grant: SessionGrant): void
  /** The server answered for this session: with whom it knows, when it said so. */
  heard(token: string, user?: User): void
  resume(): Promise<void>
  signIn(): Promise<void>
  prepareSealed(): Promise<void>
  signOut(): Promise<void>
}

interface ManagerPorts {
  login: LoginPort
  deliver: Deliver
  clock: ClockPort
  notes: Notes
  retry: Retry
  announcer: Announcer
  exchange: Exchange
}

export const createLoginManager = (ports: ManagerPorts, timeouts: { checkMs: number }): LoginManager => {
  const { announcer, clock, notes } = ports
  const flights = createSingleFlight<Granted>()

  let refusedToken: string | undefined
  let keyAliveAt = 0 // never
  /** Set when a renewal met another person: nothing is done in the new name until somebody taps "sign in". */
  let stranger = false
  /** Grows with every sign-out, whoever did it; what began in an earlier epoch is not wanted any more. */
  let epoch = 0

  const believed = () => notes.session?.user
  const live = () => (notes.session && notes.session.token !== refusedToken ? notes.session : undefined)
  const predictedDead = () => notes.session && clock.now() >= notes.session.expiresAt

  const assertWelcome = () => {
    const { signedOut } = notes.marks
    if (signedOut) throw authError('SIGNED_OUT', `signed out by the ${signedOut}; call signIn() after a tap`)
    if (stranger) throw authError('USER_CHANGED', 'another person in WeChat; call signIn() after a tap')
  }
  const assertSame = (begun: number) => {
    if (begun !== epoch) throw authError('SIGNED_OUT', 'signed out meanwhile')
  }

  /** For the states that may have a user or none. */
  const known = () => notes.session && { user: notes.session.user }
  const announceRestored = () => {
    const user = believed()
    announcer.announce(
      user ? { status: 'signedIn', user } : { status: 'signedOut', by: notes.marks.signedOut || 'never' },
    )
  }

  const ready = async (): Promise<void> => {
    if (notes.loaded) return
    await notes.load()
    if (announcer.state.status === 'restoring') announceRestored()
  }

  /** Signed out here either way; what cannot be revoked now, the server forgets at its expiry. */
  const revoke = async (token: string): Promise<void> => {
    const send = () => ports.deliver({ call: 'signOut', data: { which: 'this' }, token })
    await ports.retry(send).catch(() => undefined)
  }

  const settleFailure = async (error: AuthError): Promise<void> => {
    if (error.code === 'SIGNED_OUT') return notes.lossy(leave('server'))
    // A failed renewal never signs out a user whose token the server still accepts.
    if (live() && error.remedy !== 'retry') return announceRestored()
    if (notes.session && error.remedy === 'stop') await notes.lossy(notes.keep(undefined))
    stranger = error.code === 'USER_CHANGED'
    announcer.announce(
      stranger ? { status: 'signedOut', by: 'server' } : { status: 'failed', ...failureOf(error), ...known() },
    )
  }

  const land = async <K extends Call>(rider: Rider<K>): Promise<Granted<K>> => {
    const mine = epoch
    const wanted = () => mine === epoch
    if (!live() || predictedDead()) announcer.announce({ status: 'signingIn', ...known() })
    try {
      const envelope = await ports.exchange.forSession(rider, wanted)
      if (!wanted()) {
        await revoke(envelope.session.token)
        assertSame(mine)
      }
      refusedToken = undefined
      stranger = false
      keyAliveAt = clock.now()
      const kept = notes.lossy(notes.keep(sessionFrom(envelope.session, clock.now())))
      const cleared = notes.lossy(notes.mark({ keyInDoubt: false }))
      announcer.announce({ status: 'signedIn', user: envelope.session.user })
      await Promise.all([kept, cleared])
      return envelope
    } catch (thrown) {
      const error = asAuthError(thrown)
      if (wanted()) await settleFailure(error)
      throw error
    }
  }

  /** Nothing that began before may bring a session back. Rejects when the device cannot remember it. */
  const leave = (by: 'user' | 'server'): Promise<unknown> => {
    epoch += 1
    flights.abandon()
    const written = [notes.mark({ signedOut: by }), notes.keep(undefined)]
    announcer.announce({ status: 'signedOut', by })
    return Promise.all(written)
  }

  const lead = <K extends Call>(rider: Rider<K>) => flights.run(() => land(rider)) as Promise<Granted<K>>
  const loginAs = (user: User | undefined): Rider<'login'> => ({
    call: 'login',
    data: {},
    ...(user && { expectUser: user.id }),
  })
  const join = async (): Promise<User> => {
    const { session } = await flights.run(() => land(loginAs(believed())))
    return session.user
  }

  /** `undefined`: WeChat did not say in time, which is no reason to sign in anew. */
  const checkSession = async (): Promise<boolean | undefined> => {
    const asked = ports.login.checkSession()
    const alive = await withTimeout(clock, timeouts.checkMs, 'wx.checkSession', asked).catch(() => undefined)
    if (alive) keyAliveAt = clock.now()
    return alive
  }

  return {
    ready,
    live,
    believed,
    assertWelcome,
    busy: flights.busy,
    lead,
    join,

    refused(token, code) {
      if (notes.session?.token !== token) return
      if (code === 'SESSION_EXPIRED') refusedToken = token
      if (code === 'SIGNED_OUT') void notes.lossy(leave('server'))
      if (code === 'SESSION_KEY_STALE') void notes.lossy(notes.mark({ keyInDoubt: true }))
    },

    async erased(user) {
      // Whoever signed in meanwhile is another user: a deleted one does not come back.
      if ((believed() ?? user).id === user.id) await notes.lossy(leave('user'))
    },

    extended(grant) {
      if (notes.session?.token === grant.token) void notes.lossy(notes.keep(sessionFrom(grant, clock.now())))
    },

    heard(token, user) {
      const { session } = notes
      if (session?.token !== token) return
      const known = user?.id === session.user.id ? user : session.user
      if (known !== session.user) void notes.lossy(notes.keep({ ...session, user: known }))
      announcer.announce({ status: 'signedIn', user: known })
    },

    async resume() {
      try {
        const [alive] = await Promise.all([checkSession(), ready()])
        if (!notes.session || flights.busy()) return
        if (alive === false || notes.marks.keyInDoubt || predictedDead()) await join()
      } catch (thrown) {
        // Silent by design; the state tells. Only storage can have failed before anything was announced.
        if (!notes.loaded) announcer.announce({ status: 'failed', ...failureOf(thrown) })
      }
    },

    async signIn() {
      const begun = epoch
      const [alive] = await Promise.all([checkSession(), ready().catch(() => undefined)])
      assertSame(begun)
      stranger = false
      if (notes.marks.signedOut) await notes.lossy(notes.mark({ signedOut: false }))
      assertSame(begun)
      if (live() && !predictedDead() && alive !== false && !notes.marks.keyInDoubt) return announceRestored()
      // A tap signs in whoever holds the phone: nobody is expected, unlike in a silent flight it may have joined.
      const joined = flights.busy()
      await lead(loginAs(undefined)).catch((error: AuthError) => {
        if (!joined || error.code !== 'USER_CHANGED') throw error
        return lead(loginAs(undefined))
      })
    },

    async prepareSealed() {
      const begun = epoch
      await ready()
      assertWelcome()
      const trusted = live() && !predictedDead() && !notes.marks.keyInDoubt
      if (trusted && clock.now() - keyAliveAt < CHECK_TRUSTED_MS) return
      if (trusted && (await checkSession()) !== false) return
      assertSame(begun)
      await join()
    },

    async signOut() {
      await ready().catch(() => undefined)
      const { session } = notes
      const left = leave('user')
      if (session) void revoke(session.token)
      await left
    },
  }
}
