// Given for every journey: an emulator, handsets with the real client library on them, and all that reached them.
import { createEmulator } from '../../emulator/index'
import type { DeviceOptions, Emulator, EmulatorOptions } from '../../emulator/types'
import { type Auth, type AuthOptions, createAuth } from '../../miniprogram/auth/index'
import { TIME_LIMIT_MS } from './emulator'

export interface Handset {
  auth: Auth
  /** Everything `wx` gave the mini-program, unmasked: answers and failures alike. */
  received: unknown[]
  /** The mini-program was closed and opened again: a new library on the same storage. */
  relaunch(): Auth
  setOnline(online: boolean): void
}

/** Retries without waiting: journeys prove what happens, test/client proves the pauses. */
const IMPATIENT: AuthOptions = { retry: { baseMs: 1 } }

/** The same `wx`, with every answer it gives written down: what a curious mini-program could read. */
const overheard = (wx: WechatMiniprogram.Wx, received: unknown[]): WechatMiniprogram.Wx => {
  const noting = (callback: (answer: unknown) => void) => (answer: unknown) => {
    received.push(answer)
    callback(answer)
  }
  const listening = (options: unknown) => {
    if (typeof options !== 'object' || options === null) return options
    const entries = Object.entries(options).map(([key, value]) => [
      key,
      typeof value === 'function' ? noting(value) : value,
    ])
    return Object.fromEntries(entries)
  }
  const wrap = (target: object): object =>
    new Proxy(target, {
      get: (inner, key) => {
        const member: unknown = Reflect.get(inner, key)
        if (key === 'cloud') return wrap(member as object)
        if (typeof member !== 'function') return member
        return (...args: unknown[]) => Reflect.apply(member, inner, args.map(listening))
      },
    })
  return wrap(wx) as WechatMiniprogram.Wx
}

/** `createAuth` takes the global `wx` when it is called, so several handsets fit into one test. */
export const handset = (emulator: Emulator, device: DeviceOptions = {}, options: AuthOptions = IMPATIENT): Handset => {
  const received: unknown[] = []
  const open = () => {
    const opened = emulator.device(device)
    const wx = overheard(opened.wx, received)
    Object.assign(globalThis, { wx })
    wx.cloud.init()
    return { opened, auth: createAuth(options) }
  }
  let current = open()
  return {
    received,
    get auth() {
      return current.auth
    },
    relaunch() {
      current = open()
      return current.auth
    },
    setOnline: (online) => current.opened.setOnline(online),
  }
}

/** One emulator for a file, as on its first day before each test. */
export const useEmulator = (options: EmulatorOptions = {}): { readonly emulator: Emulator } => {
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await createEmulator({ timeLimitMs: TIME_LIMIT_MS, ...options })
  })
  beforeEach(() => emulator.reset())
  afterAll(() => emulator.close())
  return {
    get emulator() {
      return emulator
    },
  }
}
