// Who is being served right now: the live invocations, by the token each was given.
import type { Invocation } from '../ports'

export interface Invocations {
  /** From now on its token is good; returns how to end it. */
  register(invocation: Invocation): () => void
  /** By `wxCloudApiToken`. */
  find(apiToken: string): Invocation | undefined
}

export function createInvocations(): Invocations {
  const live = new Map<string, Invocation>()
  return {
    register(invocation) {
      live.set(invocation.apiToken, invocation)
      return () => void live.delete(invocation.apiToken)
    },
    find: (apiToken) => live.get(apiToken),
  }
}
