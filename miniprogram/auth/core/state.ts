// What pages may show, without asking the network.
import type { User } from '../../../typings/contract'
import type { Failure } from './errors'
import type { ClockPort } from './ports'

export type AuthState =
  /** The device is still reading what it remembers. */
  | { status: 'restoring' }
  /** `never`: no session here yet. `user`: a tap ended it. `server`: it ended elsewhere. */
  | { status: 'signedOut'; by: 'never' | 'user' | 'server' }
  | { status: 'signingIn'; user?: User }
  | { status: 'signedIn'; user: User }
  /** With the user when a session is kept: offline is `NETWORK` with the last known user. */
  | ({ status: 'failed'; user?: User } & Failure)

export interface Announcer {
  readonly state: AuthState
  announce(state: AuthState): void
  /** The answer unsubscribes. */
  onChange(listener: (state: AuthState) => void): () => void
}

export const createAnnouncer = (clock: ClockPort): Announcer => {
  let state: AuthState = { status: 'restoring' }
  const listeners = new Set<(state: AuthState) => void>()
  return {
    get state() {
      return state
    },
    announce(next) {
      if (JSON.stringify(next) === JSON.stringify(state)) return
      state = next
      for (const listener of [...listeners]) {
        try {
          listener(next)
        } catch (error) {
          // A page's mistake must not stop a sign-in half way; thrown from a timer it still reaches App.onError.
          clock.after(0, () => {
            throw error
          })
        }
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
