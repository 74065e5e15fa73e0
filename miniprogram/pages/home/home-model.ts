// What home does: every tap and every piece of news becomes an action on the library, then a view.
import { type Auth, type AuthState, type Failure, failureOf } from '../../auth/index'
import { type Deed, failureIn, type Given, type Local, present, type View } from './present'

export interface HomePorts {
  auth: Auth
  given: Given
  /** Outlives the page, not the launch. */
  choice: { notNow: boolean }
  show(view: View): void
  copy(text: string): void
  /** For developers: what the user is not told. */
  log(thrown: unknown): void
  /** Runs once, later; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

export interface Home {
  /** The page came to the front. */
  shown(): void
  act(deed: Deed): void
  notNow(): void
  signOut(): Promise<void>
  networkChanged(isConnected: boolean): void
  close(): void
}

const OFFLINE: Failure = { code: 'NETWORK', remedy: 'retry' }

export const createHome = ({ auth, given, choice, show, copy, log, after }: HomePorts): Home => {
  let local: Local = { notNow: choice.notNow, by: 'never', notKept: false }
  let view = present(given, auth.state, local)
  let restoring = auth.state.status === 'restoring'
  /** Whether the user asked for a sign-in since launch: only then may "retry" make one. */
  let asked = false
  let cancelPause = () => {}
  /** The turn in which the network went away: what it brought home in time does not say that the network is back. */
  let lostIn = 0
  /** Grows with every sign-out and at the end: what an earlier action brings home is not wanted any more. */
  let turn = 0

  const change = (news: Partial<Local>): void => {
    local = { ...local, ...news }
    view = present(given, auth.state, local)
    show(view)
  }

  const pauseFor = ({ code, retryAfterMs }: Failure): void => {
    if (code !== 'RATE_LIMITED' || retryAfterMs === undefined) return
    cancelPause()
    cancelPause = after(retryAfterMs, () => change({ pause: 'over' }))
    change({ pause: 'on' })
  }

  /** One action at a time: a tap while it runs does nothing. */
  const run = async (busy: 'signIn' | 'refresh', work: () => Promise<unknown>): Promise<void> => {
    if (local.busy) return
    turn += 1
    const mine = turn
    change({ busy })
    try {
      await work()
      if (mine === turn) change({ busy: undefined, failure: lostIn === mine ? OFFLINE : undefined })
    } catch (thrown) {
      if (mine !== turn) return
      const failure = failureOf(thrown)
      if (failure.remedy === 'stop') log(thrown)
      // Who is signed out is told by whom; that says more than what the action met.
      if (auth.state.status === 'signedOut') return change({ busy: undefined })
      change({ busy: undefined, failure, dismissed: false })
      pauseFor(failure)
    }
  }

  const signIn = (): Promise<void> => {
    choice.notNow = false
    if (local.pause === 'on') {
      change({ notNow: false, dismissed: false }) // says how long it is still pointless
      return Promise.resolve()
    }
    asked = true
    return run('signIn', () => {
      change({ notNow: false, failure: undefined, pause: undefined, notKept: false })
      return auth.signIn()
    })
  }
  const refresh = (): Promise<void> => run('refresh', () => auth.call('profile', {}))
  const retry = (): Promise<void> => {
    if (view.scene === 'member') return refresh()
    return asked ? signIn() : run('refresh', auth.resume)
  }

  const deeds: Record<Deed, () => void> = {
    '': () => {},
    signIn: () => void signIn(),
    retry: () => void retry(),
    copy: () => copy(view.facts.join('\n')),
  }

  const heard = (state: AuthState): void => {
    const restored = restoring && state.status === 'signedIn'
    restoring = false
    if (state.status === 'signedOut') change({ by: state.by, failure: undefined, dismissed: false })
    else if (state.status === 'signedIn') change({ failure: undefined, dismissed: false })
    else if (state.status === 'failed') change({ dismissed: false })
    else change({})
    if (restored) void refresh()
  }
  const forget = auth.onChange(heard)
  show(view)

  return {
    shown() {
      if (auth.state.status === 'signedIn') void refresh()
    },
    act: (deed) => deeds[deed](),
    notNow() {
      choice.notNow = true
      change({ notNow: true, dismissed: true })
    },
    async signOut() {
      turn += 1
      const mine = turn
      change({ busy: undefined, failure: undefined })
      try {
        await auth.signOut()
      } catch (thrown) {
        log(thrown)
        if (mine === turn) change({ notKept: true })
      }
    },
    networkChanged(isConnected) {
      const failure = failureIn(auth.state, local)
      lostIn = !isConnected && local.busy ? turn : 0
      if (!isConnected) {
        if (view.scene === 'member' && !failure) change({ failure: OFFLINE })
        return
      }
      if (failure?.remedy !== 'retry') return
      if (view.scene === 'member') void refresh()
      else change({ dismissed: true })
    },
    close() {
      turn += 1
      cancelPause()
      forget()
    },
  }
}
