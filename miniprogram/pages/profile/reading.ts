// The profile as this page knows it: read anew, and never taken back to what it was before a save.
import { type Auth, type AuthState, failureOf, type User } from '../../auth/index'

export interface Reading {
  /** What the library knows, but with the answer of a save that an older reading may come in after. */
  state(): AuthState
  /** Asks the server; one at a time. What fails here is no news. */
  read(): Promise<void>
  /** A save was answered with this user. */
  saved(user: User | undefined): void
}

export const createReading = (
  auth: Auth,
  { changed, log }: { changed(): void; log(thrown: unknown): void },
): Reading => {
  let isReading = false
  /** Stands until a reading that began after it is in. */
  let fresher: User | undefined

  const ask = (): Promise<boolean> =>
    auth.call('profile', {}).then(
      () => true,
      (thrown: unknown) => {
        if (failureOf(thrown).remedy === 'stop') log(thrown)
        return false
      },
    )
  const isSomebody = () => 'user' in auth.state && auth.state.user !== undefined

  return {
    state() {
      const { state } = auth
      return fresher && 'user' in state && state.user?.id === fresher.id ? { ...state, user: fresher } : state
    },
    async read() {
      if (isReading) return
      isReading = true
      /** What the library knows is from before a save. */
      let isBehind = fresher !== undefined
      let isIn: boolean
      do {
        const before = fresher
        isIn = await ask()
        if (isIn) isBehind = fresher !== before
      } while (isIn && isBehind && isSomebody())
      if (!isBehind || !isSomebody()) fresher = undefined
      isReading = false
      changed()
    },
    saved(user) {
      fresher = isReading ? user : undefined
    },
  }
}
