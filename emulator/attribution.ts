// Which invocation of a function asked the open API: its requests carry no token, so only a sole candidate is named.

import type { Invocation } from './ports'

export interface Attribution {
  /** Wraps how an invocation is registered, to know which ones live. */
  watch(register: (invocation: Invocation) => () => void): (invocation: Invocation) => () => void
  invocationOf(account: string | undefined): string | undefined
}

export function createAttribution(): Attribution {
  const live = new Set<Invocation>()
  return {
    watch: (register) => (invocation) => {
      live.add(invocation)
      const end = register(invocation)
      return () => {
        live.delete(invocation)
        end()
      }
    },
    invocationOf(account) {
      const candidates = [...live].filter((invocation) => account === undefined || invocation.account === account)
      return candidates.length === 1 ? candidates[0]?.id : undefined
    },
  }
}
