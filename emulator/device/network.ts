// What a mini-program may ask about the network.

import { invoke } from './invoke'
import type { Runtime } from './runtime'

type Listener = (status: { isConnected: boolean; networkType: string }) => void

export function createNetworkInfo(runtime: Runtime) {
  const { network, env } = runtime
  const listeners = new Set<Listener>()
  const networkType = () => (network.online ? 'wifi' : 'none')
  network.onChange((isConnected) => {
    for (const listener of [...listeners]) {
      try {
        listener({ isConnected, networkType: networkType() })
      } catch (error) {
        env.report(error)
      }
    }
  })
  return {
    getNetworkType: (given?: unknown) =>
      invoke(runtime, 'getNetworkType', given, async () => ({ networkType: networkType() })),
    onNetworkStatusChange: (listener: Listener) => void listeners.add(listener),
    /** Without an argument: all of them. */
    offNetworkStatusChange(listener?: Listener) {
      if (listener === undefined) listeners.clear()
      else listeners.delete(listener)
    },
  }
}
