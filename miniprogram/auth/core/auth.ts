// Joins the rooms of the core into what a mini-program holds in its hand.
import { type CallDoor, createCall } from './call'
import { createDeliver } from './deliver'
import { createExchange } from './exchange'
import { createLoginManager } from './login-manager'
import { createNotes } from './notes'
import type { Ports } from './ports'
import { createRetry, type RetryOptions } from './retry'
import { type AuthState, createAnnouncer } from './state'

export interface Timeouts {
  loginMs: number
  checkMs: number
  callMs: number
}

export interface Auth {
  /**
   * At launch: reads storage and asks checkSession at once, renews a session that exists. Never makes an account,
   * shows nothing, never rejects; `state` tells.
   */
  resume(): Promise<void>
  /** After a tap: checkSession → storage → wx.login. Clears the signed-out mark. Rejects with an AuthError. */
  signIn(): Promise<void>
  /** Calls our function. With no session it signs in first, silently; after an explicit sign-out: SIGNED_OUT. */
  call: CallDoor
  /** Session and session_key both alive: await it before a button that yields sealed data is enabled. */
  prepareSealed(): Promise<void>
  /**
   * `this` (unless said) wins over a login under way and lasts across launches, network or not; it rejects only when
   * the device cannot remember it. `others` needs the server's answer.
   */
  signOut(how?: { which?: 'this' | 'others' }): Promise<void>
  readonly state: AuthState
  /** The answer unsubscribes. */
  onChange(listener: (state: AuthState) => void): () => void
}

export const createAuthCore = (ports: Ports, timeouts: Timeouts, retryOptions: RetryOptions): Auth => {
  const { clock, device } = ports
  const announcer = createAnnouncer(clock)
  const notes = createNotes(ports, timeouts.checkMs)
  const retry = createRetry({ clock, random: device.random }, retryOptions)
  const introduce = () => ({ id: notes.marks.deviceId, ...device.describe() })
  const deliver = createDeliver({ ...ports, introduce }, timeouts)
  const beforeCode = () => notes.lossy(notes.mark({ keyInDoubt: true }))
  const exchange = createExchange({ ...ports, deliver, retry, beforeCode }, timeouts)
  const manager = createLoginManager({ ...ports, deliver, notes, retry, announcer, exchange }, timeouts)
  const call = createCall({ deliver, manager, retry, exchange })

  return {
    resume: manager.resume,
    signIn: manager.signIn,
    call,
    prepareSealed: manager.prepareSealed,
    signOut: async ({ which = 'this' } = {}) => {
      if (which === 'this') return manager.signOut()
      await call('signOut', { which })
    },
    get state() {
      return announcer.state
    },
    onChange: announcer.onChange,
  }
}
