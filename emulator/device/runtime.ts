// What the rooms of a device share: the port, the host's time, the library's version, the network.

import type { DeviceAnswer, DeviceFailure, DevicePort } from './port'

/** The host a device runs in. */
export interface DeviceEnv {
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
  /** An exception thrown in a callback of the mini-program: reported, never the device's end. */
  report(error: unknown): void
}

export interface Runtime {
  readonly port: DevicePort
  readonly env: DeviceEnv
  /** Whether the base library is at least this. */
  atLeast(version: string): boolean
  readonly network: Network
}

/** The radio of the handset. */
export interface Network {
  readonly online: boolean
  setOnline(online: boolean): void
  onChange(listener: (online: boolean) => void): () => void
  /** Asks WeChat over the network; fails at once when there is none, also when it goes away meanwhile. */
  ask(op: string, args: unknown): Promise<unknown>
}

/** Thrown inside the device; `fail` and the promise get its failure. */
export class WxFailure extends Error {
  override readonly name = 'WxFailure'
  constructor(readonly failure: DeviceFailure) {
    super(failure.errMsg)
  }
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html: network interrupted. */
export const ERRNO_INTERRUPTED = 600_003

/** errMsg is completed with the API's name by `invoke`. */
export const disconnection: DeviceFailure = {
  errMsg: 'fail request:fail network is disconnected',
  errno: ERRNO_INTERRUPTED,
}
const disconnected = () => new WxFailure(disconnection)

/** The value of an answer; throws what the answer refuses with. */
export function answered(answer: DeviceAnswer): unknown {
  if (!answer.ok) throw new WxFailure(answer.failure)
  return answer.value
}

export function createNetwork(port: DevicePort): Network {
  let online = true
  const listeners = new Set<(online: boolean) => void>()
  const onChange = (listener: (online: boolean) => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    get online() {
      return online
    },
    setOnline(wanted) {
      if (online === wanted) return
      online = wanted
      for (const listener of [...listeners]) listener(online)
    },
    onChange,
    ask(op, args) {
      if (!online) return Promise.reject(disconnected())
      return new Promise((resolve, reject) => {
        const stop = onChange(() => {
          stop()
          reject(disconnected())
        })
        port
          .call(op, args)
          .then((answer) => resolve(answered(answer)))
          .catch(reject)
          .finally(stop)
      })
    },
  }
}
