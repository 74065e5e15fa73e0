// Whether a tap is being handled right now: some APIs want one.

import type { DeviceEnv } from './runtime'

export interface Gestures {
  /** A finger tapped; what its handlers call at once is its doing. */
  tapped(): void
  /** Inside the handler of a tap; a later callback is not. */
  readonly active: boolean
}

export function createGestures(env: Pick<DeviceEnv, 'setTimeout'>): Gestures {
  let latest = 0
  let ended = 0
  return {
    tapped() {
      latest += 1
      const mine = latest
      env.setTimeout(() => {
        ended = Math.max(ended, mine)
      }, 0)
    },
    get active() {
      return latest > ended
    },
  }
}
