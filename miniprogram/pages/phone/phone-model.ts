// What the page of the phone number does: every tap and every piece of news becomes an action, then a view.
import { type Auth, type AuthState, type Failure, failureOf } from '../../auth/index'
import type { AskFailure, Phase } from '../../components/phone-button/ask'
import { handOver, type PhoneRequest } from '../../components/phone-button/hand-over'
import { type Deed, type Given, type Local, present, type View } from './present'

export interface PhonePorts {
  auth: Auth
  given: Given
  show(view: View): void
  /** Asks for a second yes; false is "no". */
  confirmTake(): Promise<boolean>
  confirmRemove(): Promise<boolean>
  copy(text: string): void
  /** Opens the privacy guideline. */
  read(): void
  /** Back to where the user came from. */
  leave(): void
  /** For developers: what the user is not told. */
  log(thrown: unknown): void
}

export interface PhonePage {
  /** The page came to the front. */
  shown(): void
  /** The main button where it is not the phone's own. */
  main(): void
  back(): void
  act(deed: Deed): void
  strict(): void
  change(): void
  remove(): Promise<void>
  phase(phase: Phase): void
  bound(): void
  failed(failure: AskFailure): void
  close(): void
}

const FRESH: Local = { way: 'quick', taken: undefined, isHeld: false, failure: undefined, failed: '' }

export const createPhonePage = (ports: PhonePorts): PhonePage => {
  const { auth, given, show } = ports
  let local: Local = FRESH
  let view = present(given, auth.state, local)
  let isClosed = false

  const change = (news: Partial<Local>): void => {
    if (isClosed) return
    local = { ...local, ...news }
    view = present(given, auth.state, local)
    show(view)
  }

  /** One action at a time: a tap while it runs does nothing. Answers whether it was done. */
  const run = async (busy: NonNullable<Local['busy']>, work: () => Promise<unknown>): Promise<Failure | undefined> => {
    change({ busy })
    try {
      await work()
      change({ busy: undefined, failure: undefined, failed: '' })
      return undefined
    } catch (thrown) {
      const failure = failureOf(thrown)
      if (failure.remedy === 'stop') ports.log(thrown)
      change({ busy: undefined, failure, failed: busy === 'signIn' ? '' : busy })
      return failure
    }
  }
  const signIn = async (): Promise<void> => {
    if (!local.busy) await run('signIn', auth.signIn)
  }
  const removeNow = async (): Promise<void> => {
    if (!local.busy) await run('remove', () => handOver(auth, { remove: true }))
  }
  const takeNow = async (proof: string): Promise<void> => {
    if (local.busy) return
    const request: PhoneRequest = { code: proof, takeOver: true }
    const failure = await run('take', () => handOver(auth, request))
    // What may still come is tried with the same proof; everything else needs a new one.
    const isKept = failure?.remedy === 'retry' || failure?.code === 'RATE_LIMITED'
    if (!isKept) change({ taken: undefined, way: 'quick' })
  }
  const take = async (proof: string): Promise<void> => {
    if (!local.busy && (await ports.confirmTake())) await takeNow(proof)
  }
  const retry = (): void => {
    const proof = local.taken?.proof
    if (local.failed === 'remove') void removeNow()
    if (local.failed === 'take' && proof !== undefined) void takeNow(proof)
  }

  const deeds: Record<Deed, () => void> = {
    '': () => {},
    retry,
    copy: () => ports.copy(view.facts.join('\n')),
    read: ports.read,
  }

  /**
   * Another device may have bound a number meanwhile, and asking again would be charged. What fails here is no news: the
   * button says it when it matters.
   */
  const refresh = (): void => {
    auth.call('profile', {}).catch((thrown: unknown) => {
      if (failureOf(thrown).remedy === 'stop') ports.log(thrown)
    })
  }

  let isRestoring = auth.state.status === 'restoring'
  const heard = (state: AuthState): void => {
    const isRestored = isRestoring && state.status === 'signedIn'
    isRestoring = false
    const isBound = 'user' in state && state.user?.phone !== undefined
    if (state.status === 'signedOut') change(FRESH)
    else change(isBound && local.way !== 'change' ? { way: 'quick', isHeld: false } : {})
    if (isRestored) refresh()
  }
  const forget = auth.onChange(heard)
  show(view)

  return {
    shown() {
      if ('user' in auth.state && auth.state.user) refresh()
    },
    main() {
      const proof = local.taken?.proof
      if (view.scene === 'guest') void signIn()
      else if (proof !== undefined) void take(proof)
    },
    back() {
      if (local.busy) return
      if (view.scene === 'taken') change({ taken: undefined, failure: undefined, failed: '' })
      else if (view.scene === 'ask' && local.way !== 'quick')
        change({ way: 'quick', failure: undefined, failed: '', isHeld: false })
      else ports.leave()
    },
    act: (deed) => deeds[deed](),
    strict: () => change({ way: 'strict', failure: undefined, failed: '' }),
    change: () => change({ way: 'change', failure: undefined, failed: '' }),
    async remove() {
      if (!local.busy && (await ports.confirmRemove())) await removeNow()
    },
    phase(phase) {
      const isHeld = phase === 'working' || phase === 'kept'
      const isOver = phase === 'working' || (phase === 'ready' && local.failure?.remedy === 'retry')
      change({ isHeld, ...(isOver && !local.failed ? { failure: undefined } : {}) })
    },
    bound: () => change(FRESH),
    failed(failure) {
      const { code, isKept, proof } = failure
      const isHeld = isKept === true
      if (code === 'PHONE_TAKEN') {
        change({ isHeld, taken: proof === undefined ? {} : { proof }, failure: undefined, failed: '' })
      } else {
        change({ isHeld, failure, failed: '' })
      }
    },
    close() {
      isClosed = true
      forget()
    },
  }
}
