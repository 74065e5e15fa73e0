// What the core needs from the outside; `platform/` implements each. Every failure is an AuthError.
import type { Call, CallEvent, DeviceInfo, Envelope } from '../../../typings/contract'

export interface LoginPort {
  /** A fresh `wx.login` code: it lives five minutes, is good for one exchange, and may rotate the session_key. */
  takeCode(): Promise<string>
  /** Whether the session_key of the last code taken is alive, as WeChat says. Says nothing about our session. */
  checkSession(): Promise<boolean>
}

export interface Transport {
  /** Resolves with whatever the function answered, a refusal too; rejects when no answer came. */
  send<K extends Call>(event: CallEvent<K>): Promise<Envelope<K>>
}

export interface StoragePort {
  /** `undefined`: nothing there. */
  get(key: string, options?: { secret?: boolean }): Promise<unknown>
  set(key: string, value: unknown, options?: { secret?: boolean }): Promise<void>
  remove(key: string): Promise<void>
}

export interface ClockPort {
  /** Milliseconds since 1970, as the device believes. */
  now(): number
  /** Runs once, later; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

export interface DevicePort {
  /** A label for a new install: random, not a secret, 8–64 of `A-Za-z0-9_-`. */
  newId(): string
  describe(): Omit<DeviceInfo, 'id'>
  /** 0 ≤ n < 1, for jitter. */
  random(): number
}

export interface Ports {
  login: LoginPort
  transport: Transport
  storage: StoragePort
  clock: ClockPort
  device: DevicePort
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export type PrivacyAnswer =
  | { event: 'exposureAuthorization' }
  | { event: 'agree'; buttonId: string }
  | { event: 'disagree' }

export interface PrivacyPort {
  /** Called whenever an interface waits for consent; never below base library 2.32.3. The last registration wins. */
  onNeeded(ask: (resolve: (answer: PrivacyAnswer) => void, referrer: string) => void): void
}
