// Closes the network to this process: what the gate says must not depend on whether WeChat can be reached.

import { Socket } from 'node:net'

/** Every connection fails at once and says why. Pipes to child processes stay. */
export const goOffline = (): void => {
  Object.defineProperty(Socket.prototype, 'connect', {
    value(this: Socket) {
      process.nextTick(() => this.destroy(new Error('the gate compiles without a network')))
      return this
    },
  })
}
