/** Given for every journey: an emulator, handsets with the real client library on them, and all that reached them. */
import { createEmulator } from '../../emulator/index'
import type { DeviceOptions, Emulator, EmulatorOptions } from '../../emulator/types'
import { type Auth, type AuthOptions, createAuth } from '../../miniprogram/auth/index'

export interface Handset {
  auth: Auth
  /** The mini-program was closed and opened again: a new library on the same storage. */
  relaunch(): Auth
  setOnline(online: boolean): void
}

/** Retries without waiting: journeys prove what happens, test/client proves the pauses. */
const IMPATIENT: AuthOptions = { retry: { baseMs: 1 } }

/** `createAuth` takes the global `wx` when it is called, so several handsets fit into one test. */
export const handset = (emulator: Emulator, device: DeviceOptions = {}, options: AuthOptions = IMPATIENT): Handset => {
  const open = () => {
    const opened = emulator.device(device)
    Object.assign(globalThis, { wx: opened.wx })
    opened.wx.cloud.init()
    return { opened, auth: createAuth(options) }
  }
  let current = open()
  return {
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
    emulator = await createEmulator(options)
  })
  beforeEach(() => emulator.reset())
  afterAll(() => emulator.close())
  return {
    get emulator() {
      return emulator
    },
  }
}
