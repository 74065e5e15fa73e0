// One taking of name and face from an older WeChat: made ready, asked, handed over.

import { fieldsOf } from '../../auth/core/fields'
import { type Auth, type AuthState, type Contract, type Failure, failureOf, type User } from '../../auth/index'
import { phoneFailure } from '../../auth/platform/err-msg'
import { isSameProfile } from './face'

type SignedUserInfo = Contract['userInfo']['request']

export type Phase =
  /** The session is being made ready; what is sealed now could be what nobody can open. */
  | 'preparing'
  /** It could not be made ready: a plain tap tries again. */
  | 'unready'
  | 'ready'
  | 'working'

export interface TakePorts {
  auth: Auth
  show(phase: Phase): void
  /** Stored; or, when it is nothing but WeChat's anonymous user, not. */
  given(given: { isNothing: boolean }): void
  failed(failure: Failure): void
  /** For developers: what the user is not told. */
  log(thrown: unknown): void
}

export interface Take {
  /** Session and session_key are made ready before the button is enabled. */
  prepare(): Promise<void>
  /** What getUserProfile or the button of getUserInfo came back with. Never signs in by itself. */
  heard(answer: unknown): Promise<void>
  close(): void
}

/** Throws an AuthError for every refusal: its words are those of the phone button. */
const signedUserInfo = (answer: unknown): SignedUserInfo => {
  const { rawData, signature, encryptedData, iv } = fieldsOf(answer)
  if (
    typeof rawData === 'string' &&
    typeof signature === 'string' &&
    typeof encryptedData === 'string' &&
    typeof iv === 'string'
  ) {
    return { rawData, signature, encryptedData, iv }
  }
  throw phoneFailure(answer)
}

const userIn = (state: AuthState): User | undefined => ('user' in state ? state.user : undefined)

export const createTake = ({ auth, show, given, failed, log }: TakePorts): Take => {
  let isWorking = false
  let isClosed = false
  /** Grows with every preparation and at the end: only the last one decides. */
  let turn = 0

  const fail = (thrown: unknown): Failure => {
    const failure = failureOf(thrown)
    if (failure.remedy === 'stop') log(thrown)
    if (!isClosed) failed(failure)
    return failure
  }
  const prepare = async (): Promise<void> => {
    if (isWorking || isClosed) return
    turn += 1
    const mine = turn
    show('preparing')
    try {
      await auth.prepareSealed()
      if (mine === turn) show('ready')
    } catch (thrown) {
      if (mine !== turn) return
      fail(thrown)
      show('unready')
    }
  }

  return {
    prepare,
    async heard(answer) {
      if (isWorking || isClosed) return // a second event of one tap
      isWorking = true
      turn += 1
      const mine = turn
      let isStale = false
      try {
        const request = signedUserInfo(answer)
        show('working')
        const before = userIn(auth.state)
        const { user } = await auth.call('userInfo', request)
        if (mine === turn) given({ isNothing: before !== undefined && isSameProfile(before, user) })
      } catch (thrown) {
        isStale = fail(thrown).code === 'SESSION_KEY_STALE'
      }
      isWorking = false
      if (mine !== turn) return
      if (isStale) await prepare()
      else show('ready')
    },
    close() {
      isClosed = true
      turn += 1
    },
  }
}
