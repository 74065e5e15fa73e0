// What the page of the account does: every tap and every piece of news becomes an action, then a view.
import { type Auth, type ErrorCode, failureOf, type User } from '../../auth/index'
import { rowsOf, type Session } from './devices'
import { type Deed, type Ending, type Given, type Local, present, type View } from './present'

export interface AccountPorts {
  auth: Auth
  given: Given
  show(view: View): void
  /** The device by its name. */
  confirmOne(device: string): Promise<boolean>
  confirmOthers(count: number): Promise<boolean>
  confirmSignOut(): Promise<boolean>
  confirmErase(): Promise<boolean>
  copy(text: string): void
  /** To the first page. */
  home(): void
  /** Milliseconds since 1970. */
  now(): number
  /** For developers: what the user is not told. */
  log(thrown: unknown): void
}

export interface AccountPage {
  /** The page came to the front. */
  shown(): void
  /** The main button of the scene. */
  main(): void
  signOut(): Promise<void>
  signOutOne(handle: string): Promise<void>
  signOutOthers(): Promise<void>
  leave(): void
  stay(): void
  act(deed: Deed): void
  close(): void
}

const CALM: Pick<Local, 'busy' | 'failure' | 'failed'> = { busy: undefined, failure: undefined, failed: undefined }
const FRESH: Local = {
  ...CALM,
  sessions: undefined,
  isLoading: false,
  isLeaving: false,
  isGone: false,
  isUnsure: false,
}

export const createAccountPage = (ports: AccountPorts): AccountPage => {
  const { auth, given, show } = ports
  let local: Local = FRESH
  let isClosed = false
  /** Grows with every change of what the list should hold: what was asked for before is not news any more. */
  let turn = 0

  const user = (): User | undefined => ('user' in auth.state ? auth.state.user : undefined)
  const look = (): View => present(given, auth.state, local, ports.now())
  let view = look()
  const change = (news: Partial<Local>): void => {
    if (isClosed) return
    local = { ...local, ...news }
    view = look()
    show(view)
  }
  const others = (): Session[] => (local.sessions ?? []).filter(({ current }) => !current)

  const load = async (): Promise<void> => {
    if (local.isLoading || !user()) return
    turn += 1
    const mine = turn
    change({ isLoading: true })
    try {
      const { sessions } = await auth.call('sessions', {})
      if (mine === turn) change({ sessions, ...(local.failed ? {} : { failure: undefined }) })
    } catch (thrown) {
      const failure = failureOf(thrown)
      if (failure.remedy === 'stop') ports.log(thrown)
      // Who is signed out is told so, by whom; a list has nothing to add.
      if (mine === turn && user() && !local.failed) change({ failure })
    }
    change({ isLoading: false })
  }

  /**
   * Whether this refusal says that there is nobody left. A session that was revoked has its user still, and one that is
   * over ends by itself as well: the silent sign-in that a reading brings along tells, because it makes no account.
   */
  const isNobodyLeft = async (code: ErrorCode): Promise<boolean> => {
    if (code !== 'SESSION_EXPIRED') return code === 'USER_CHANGED'
    try {
      await auth.call('profile', {})
      return false
    } catch (thrown) {
      if (failureOf(thrown).code === 'USER_CHANGED') return true
      throw thrown
    }
  }
  const erase = async (): Promise<void> => {
    try {
      await auth.call('deleteAccount', { confirm: true })
    } catch (thrown) {
      const { code, remedy } = failureOf(thrown)
      // It may have been done the first time, and only the answer was lost.
      if (!local.isUnsure || !(await isNobodyLeft(code))) {
        if (remedy === 'retry') change({ isUnsure: true })
        throw thrown
      }
      await auth.signOut().catch(ports.log)
    }
    isAnother = false
    change({ ...FRESH, isGone: true })
  }
  const keepOnly = (isKept: (session: Session) => boolean): void =>
    change({ sessions: (local.sessions ?? []).filter(isKept) })
  const deed = async (ending: Ending): Promise<void> => {
    if (ending.kind === 'erase') return erase()
    if (ending.kind === 'others') {
      await auth.signOut({ which: 'others' })
      return keepOnly(({ current }) => current)
    }
    await auth.call('signOut', { handle: ending.handle })
    keepOnly(({ handle }) => handle !== ending.handle)
  }

  /** One action at a time: a tap while it runs does nothing. */
  const end = async (ending: Ending): Promise<void> => {
    if (local.busy) return
    turn += 1
    change({ ...CALM, busy: ending })
    try {
      await deed(ending)
      change(CALM)
    } catch (thrown) {
      const failure = failureOf(thrown)
      if (failure.remedy === 'stop') ports.log(thrown)
      const isTheirs = !isAnother
      change(CALM)
      heard()
      // Who went and came back meanwhile is told of it, and is not asked for the same once more.
      change({ failure, ...(isTheirs && { failed: ending }) })
    }
  }
  const signIn = async (): Promise<void> => {
    if (local.busy) return
    change({ ...CALM, busy: 'signIn' })
    try {
      await auth.signIn()
      change(CALM)
    } catch (thrown) {
      const failure = failureOf(thrown)
      if (failure.remedy === 'stop') ports.log(thrown)
      change({ ...CALM, failure })
    }
  }

  const acts: Record<Deed, () => void> = {
    '': () => {},
    load: () => void load(),
    again: () => {
      if (local.failed) void end(local.failed)
    },
    copy: () => ports.copy(view.facts.join('\n')),
  }

  let known = user()?.id
  /** Somebody came or went, and the page does not know it yet. */
  let isAnother = false
  const heard = (): void => {
    const now = user()?.id
    isAnother ||= now !== known
    known = now
    // Whom the erasure takes away is told of when it is done.
    if (typeof local.busy === 'object' && local.busy.kind === 'erase') return
    if (!isAnother) {
      change({})
      return
    }
    isAnother = false
    turn += 1
    change({ ...FRESH, isGone: local.isGone, busy: local.busy })
    void load()
  }
  const unsubscribe = auth.onChange(heard)
  show(view)

  return {
    shown: () => void load(),
    main() {
      if (view.scene === 'guest') void signIn()
      else if (view.scene === 'goodbye') ports.home()
      else if (view.scene === 'erase' && !local.busy) {
        void ports.confirmErase().then((isSure) => (isSure && local.isLeaving ? end({ kind: 'erase' }) : undefined))
      }
    },
    async signOut() {
      if (local.busy || !(await ports.confirmSignOut())) return
      change({ ...CALM, busy: 'signOut' })
      await auth.signOut().catch(ports.log)
      change(CALM)
      ports.home()
    },
    async signOutOne(handle) {
      if (local.busy) return
      const row = rowsOf(local.sessions ?? [], given.words, ports.now(), undefined).find((it) => it.handle === handle)
      if (row && !row.isCurrent && (await ports.confirmOne(row.name))) await end({ kind: 'one', handle })
    },
    async signOutOthers() {
      if (!local.busy && (await ports.confirmOthers(others().length))) await end({ kind: 'others' })
    },
    leave() {
      if (!local.busy) change({ ...CALM, isLeaving: true })
    },
    stay() {
      if (!local.busy) change({ ...CALM, isLeaving: false })
    },
    act: (deed) => acts[deed](),
    close() {
      isClosed = true
      unsubscribe()
    },
  }
}
