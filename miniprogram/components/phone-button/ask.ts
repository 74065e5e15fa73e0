// One ask for the number: made ready, tapped, handed over, and never paid for twice.
import { type Auth, type AuthState, type Failure, failureOf, phoneRequest, type User } from '../../auth/index'
import { handOver, type PhoneRequest } from './hand-over'
import type { PaidTaps } from './paid-taps'

export type Phase =
  /** The session is being made ready; a tap now could yield what nobody can open. */
  | 'preparing'
  /** It could not be made ready: a plain tap tries again. */
  | 'unready'
  | 'ready'
  | 'working'
  /** A number was paid for and could not be handed over: a plain tap sends the same once more. */
  | 'kept'
  /** Another tap would be refused at once. */
  | 'paused'
  /** Enough numbers for today. */
  | 'spent'
  | 'bound'

export interface AskFailure extends Failure {
  /** The code of a real-time verification whose number is another account's: it may be sent again with `takeOver`. */
  proof?: string
  /** The number is paid for and kept: `retry` hands it over without another tap on the phone's dialog. */
  isKept?: true
}

export interface AskPorts {
  auth: Auth
  taps: PaidTaps
  now(): number
  /** Runs once, later; the answer cancels it. */
  after(ms: number, run: () => void): () => void
  show(phase: Phase): void
  bound(user: User): void
  failed(failure: AskFailure): void
  /** For developers: what the user is not told. */
  log(thrown: unknown): void
}

export interface AskOptions {
  realtime: boolean
  /** A number is bound and another shall take its place. */
  change: boolean
}

export interface Ask {
  /** The button came to the front: session and session_key are made ready before it is enabled. */
  prepare(): Promise<void>
  /** The event of the phone button. Never signs in by itself. */
  heard(detail: unknown): Promise<void>
  /** What a plain tap, or the network coming back, means in this phase. */
  retry(): Promise<void>
  close(): void
}

/** A phone code lives five minutes; what is kept longer is worth nothing. */
const CODE_MS = 300_000
/** WeChat shows no privacy question so soon after a refusal and fails the tap at once. */
const PRIVACY_SILENCE_MS = 10_000

type Prepared = 'no' | 'yes' | 'failed'

const isBound = (state: AuthState): boolean => 'user' in state && state.user?.phone !== undefined

export const createAsk = (ports: AskPorts, { realtime, change }: AskOptions): Ask => {
  const { auth, taps, now } = ports
  let prepared: Prepared = 'no'
  let isWorking = false
  let isDone = false
  let isClosed = false
  let kept: { request: PhoneRequest; until: number } | undefined
  let pausedUntil = 0
  let shown: Phase | undefined
  let cancelTimer = () => {}
  /** Grows with every preparation: only the last one decides. */
  let turn = 0

  const phase = (): Phase => {
    if (isWorking) return 'working'
    if (isBound(auth.state) && (isDone || !change)) return 'bound'
    if (now() < pausedUntil) return 'paused'
    if (kept && now() < kept.until) return 'kept'
    if (taps.isSpent()) return 'spent'
    return prepared === 'yes' ? 'ready' : prepared === 'failed' ? 'unready' : 'preparing'
  }
  const draw = (): void => {
    if (isClosed) return
    const next = phase()
    if (next !== shown) ports.show(next)
    shown = next
    cancelTimer()
    const until = next === 'paused' ? pausedUntil : next === 'kept' ? kept?.until : undefined
    if (until !== undefined) cancelTimer = ports.after(until - now(), draw)
  }
  const fail = (thrown: unknown, more: Omit<AskFailure, keyof Failure> = {}): Failure => {
    const failure = failureOf(thrown)
    if (failure.remedy === 'stop') ports.log(thrown)
    if (!isClosed) ports.failed({ ...failure, ...more })
    return failure
  }

  const prepare = async (): Promise<void> => {
    turn += 1
    const mine = turn
    prepared = 'no'
    draw()
    let outcome: Prepared = 'yes'
    try {
      await Promise.all([auth.prepareSealed(), taps.ready()])
    } catch (thrown) {
      outcome = 'failed'
      if (mine === turn) fail(thrown)
    }
    if (mine !== turn) return
    prepared = outcome
    draw()
  }

  const send = async (request: PhoneRequest): Promise<void> => {
    isWorking = true
    draw()
    kept = undefined
    try {
      const user = await handOver(auth, request)
      isDone = true
      if (!isClosed) ports.bound(user)
    } catch (thrown) {
      const { code, remedy, retryAfterMs = 0 } = failureOf(thrown)
      // Neither failure spends a number: the same one may be handed over later.
      const isKept = remedy === 'retry' || remedy === 'renew' || code === 'RATE_LIMITED'
      if (isKept) kept = { request, until: now() + CODE_MS }
      if (code === 'RATE_LIMITED') pausedUntil = now() + retryAfterMs
      fail(thrown, {
        ...(isKept ? { isKept } : {}),
        ...(code === 'PHONE_TAKEN' && realtime && 'code' in request ? { proof: request.code } : {}),
      })
      if (code === 'SESSION_KEY_STALE') void prepare()
    }
    isWorking = false
    draw()
  }

  const forget = auth.onChange((state) => {
    if (!isBound(state)) isDone = false
    draw()
  })

  return {
    prepare,
    async heard(detail) {
      if (isWorking) return // a second event of one tap; its number is on its way already
      try {
        const request = phoneRequest(detail)
        taps.count()
        await send(request)
      } catch (thrown) {
        if (fail(thrown).code === 'PRIVACY_DENIED') pausedUntil = now() + PRIVACY_SILENCE_MS
        draw()
      }
    },
    async retry() {
      if (isClosed) return
      const now = phase()
      if (now === 'kept' && kept) await send(kept.request)
      else if (now === 'unready') await prepare()
    },
    close() {
      isClosed = true
      turn += 1
      cancelTimer()
      forget()
    },
  }
}
