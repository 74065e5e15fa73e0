// The panel's end of the back doors, typed.

import type { ContentService } from '../../content'
import type { PhoneOutcome } from '../../phone'
import type { ProfileService } from '../../profile'
import type { PushAnswer, PushedEvent } from '../../push'
import type { Account, FaultSpec, Hop, SessionKeyState } from '../../told'

export interface ArmedFault extends FaultSpec {
  id: number
  hits: number
}

/** Our server's side of a session, as far as the panel looks. */
export interface SessionDocument {
  _id: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** What the next taps on the phone button end with, and how many are still free of charge. */
export interface PhoneState {
  outcome: PhoneOutcome
  quota: number
}

/** Each rejects with an Error that says what the door said. */
export interface Doors {
  accounts(): Promise<Account[]>
  hops(after: number): Promise<Hop[]>
  now(): Promise<number>
  advance(ms: number): Promise<unknown>
  faults(): Promise<ArmedFault[]>
  arm(spec: FaultSpec): Promise<unknown>
  disarm(id: number): Promise<unknown>
  sessionKey(account: string): Promise<SessionKeyState>
  expireSessionKey(account: string): Promise<unknown>
  session(id: string): Promise<SessionDocument | undefined>
  expireSession(id: string): Promise<unknown>
  rotateSessionKey(account: string): Promise<unknown>
  phone(): Promise<PhoneState>
  setPhoneOutcome(outcome: PhoneOutcome): Promise<unknown>
  setPhoneQuota(left: number): Promise<unknown>
  profile(): Promise<ProfileService>
  /** Whether the mini-program is bound to the Open Platform account. */
  isBound(): Promise<boolean>
  setBound(bound: boolean): Promise<unknown>
  setProfile(changes: Partial<ProfileService>): Promise<unknown>
  content(): Promise<ContentService>
  setContent(changes: Partial<ContentService>): Promise<unknown>
  push(event: PushedEvent, account: string): Promise<PushAnswer>
  fireTimer(name: string): Promise<unknown>
  forgetConsent(account: string): Promise<unknown>
  forget(device: string, account: string): Promise<unknown>
  reset(): Promise<unknown>
}

/** What is drawn is the end of the story; a long-lived emulator remembers far more. */
const LAST_HOPS = 400

export const createDoors = (key: string): Doors => {
  const ask = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> => {
    const headers = { 'x-emulator-key': key, 'content-type': 'application/json' }
    const response = await fetch(`/__emulator/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const value: unknown = await response.json()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(value)}`)
    // The doors are the emulator's own, and typed at their other end.
    return value as T
  }
  const post = (path: string, body: object = {}) => ask<unknown>('POST', path, body)
  const person = (account: string): string => `accounts/${encodeURIComponent(account)}`
  return {
    accounts: async () => (await ask<{ accounts: Account[] }>('GET', 'state')).accounts,
    hops: (after) => ask('GET', `trace?after=${after}&last=${LAST_HOPS}`),
    now: async () => (await ask<{ now: number }>('GET', 'clock')).now,
    advance: (ms) => post('clock', { advance: ms }),
    faults: () => ask('GET', 'faults'),
    arm: (spec) => post('faults', spec),
    disarm: (id) => ask('DELETE', `faults/${id}`),
    sessionKey: async (account) => (await ask<{ sessionKey: SessionKeyState }>('GET', person(account))).sessionKey,
    expireSessionKey: (account) => post(`${person(account)}/expire-session-key`),
    rotateSessionKey: (account) => post(`${person(account)}/rotate-session-key`),
    phone: () => ask('GET', 'phone-outcome'),
    setPhoneOutcome: (outcome) => post('phone-outcome', { outcome }),
    setPhoneQuota: (left) => post('phone-quota', { left }),
    profile: () => ask('GET', 'profile-service'),
    isBound: async () => (await ask<{ bound: boolean }>('GET', 'open-platform')).bound,
    setBound: (bound) => post('open-platform', { bound }),
    setProfile: (changes) => post('profile-service', changes),
    content: () => ask('GET', 'content-service'),
    setContent: (changes) => post('content-service', changes),
    push: (event, account) => ask('POST', 'pushes', { event, account }),
    fireTimer: (name) => post('timers', { name }),
    forgetConsent: (account) => post(`${person(account)}/forget-consent`),
    async session(id) {
      const query = { collection: 'sessions', query: { _id: id } }
      return (await ask<{ documents: SessionDocument[] }>('POST', 'database', query)).documents[0]
    },
    expireSession: (id) =>
      post('database', { collection: 'sessions', query: { _id: id }, update: { $set: { expiresAt: 0 } } }),
    forget: (device, account) => post(`devices/${encodeURIComponent(device)}/forget`, { account }),
    reset: () => post('reset'),
  }
}
