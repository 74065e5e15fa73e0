// The door of the library. Copy this folder into any mini-program; it works on the global `wx` and nothing else.
import { type Auth, createAuthCore } from './core/auth'
import { createPrivacyCore, type Privacy } from './core/privacy'
import { createClock } from './platform/clock'
import { createCloudTransport } from './platform/cloud'
import { createDevice } from './platform/device'
import { createHttpsTransport } from './platform/https'
import { createLogin } from './platform/login'
import { createPrivacyPort } from './platform/privacy'
import { createStorage } from './platform/storage'

export type { Call, Contract, ErrorCode, Remedy, User } from '../../typings/contract'
export type { Auth } from './core/auth'
export { type AuthError, type Failure, failureOf, isAuthError } from './core/errors'
export type { Privacy } from './core/privacy'
export type { AuthState } from './core/state'
export { phoneRequest } from './platform/phone'
export { atLeast, sdkVersion } from './platform/version'

export interface AuthOptions {
  /** Name of the cloud function; `auth`. */
  functionName?: string
  /** For calls of a product's own, each by its name: the function that serves it, when that is not `functionName`. */
  functionNames?: Readonly<Record<string, string>>
  /** `cloud`: `wx.cloud.callFunction`, unless said. `https`: `wx.request`, for products with a domain of their own. */
  transport?: 'cloud' | 'https'
  /** For `https`: the calls go to `<baseUrl>/auth`. Its domain stands in the console's list of request domains. */
  baseUrl?: string
  timeouts?: {
    /** `wx.login`: 5 000 ms. It answers in well under one; callbacks have been seen to never come. */
    loginMs?: number
    /** `wx.checkSession` and storage: 3 000 ms. Both are local to WeChat; nobody should wait longer for them. */
    checkMs?: number
    /** One call: 12 000 ms. Longer than the 10 s a function is given, so that its own answer comes first. */
    callMs?: number
  }
  retry?: {
    /** Total tries of a sign-in or a safe call: 3. */
    attempts?: number
    /** Ceiling of the first pause, doubled with each try, full jitter: 400 ms. */
    baseMs?: number
  }
}

/**
 * Takes the global `wx` once, now. Over the cloud, `wx.cloud.init()` must have been called before.
 *
 * ```ts
 * wx.cloud.init()
 * export const auth = createAuth()
 * await auth.resume()            // at launch; silent
 * await auth.signIn()            // after a tap
 * const { user } = await auth.call('profile', {})
 * ```
 */
export const createAuth = (options: AuthOptions = {}): Auth => {
  const device = wx
  const { transport, baseUrl, functionName = 'auth', functionNames } = options
  const timeouts = { loginMs: 5_000, checkMs: 3_000, callMs: 12_000, ...options.timeouts }
  const ports = {
    login: createLogin(device),
    transport:
      transport === 'https'
        ? createHttpsTransport(device, { baseUrl, timeoutMs: timeouts.callMs })
        : createCloudTransport(device, (call) => functionNames?.[call] ?? functionName),
    storage: createStorage(device),
    clock: createClock(),
    device: createDevice(device),
  }
  return createAuthCore(ports, timeouts, { attempts: 3, baseMs: 400, ...options.retry })
}

/**
 * Opt-in: owns `wx.onNeedPrivacyAuthorization`, whose last registration wins, so call it once. Without it WeChat's own
 * dialog serves. Below base library 2.32.3 it does nothing, as WeChat does.
 */
export const createPrivacy = (): Privacy => createPrivacyCore({ privacy: createPrivacyPort(wx), clock: createClock() })
