// The `wx` object of one handset, put together for its base library.

import { createCloud } from './cloud'
import { createInfo } from './info'
import { createLogin } from './login'
import { loud } from './loud'
import { createNetworkInfo } from './network'
import type { DevicePort } from './port'
import { createNetwork, type DeviceEnv, type Runtime } from './runtime'
import { createStorage } from './storage'
import { atLeast } from './version'

/** The base library that brought an API; what is not listed was there from the first. */
const SINCE: Readonly<Record<string, string>> = {
  checkSession: '1.0.0',
  canIUse: '1.1.1',
  onNetworkStatusChange: '1.1.0',
  getAccountInfoSync: '2.2.2',
  cloud: '2.2.3',
  nextTick: '2.2.3',
  offNetworkStatusChange: '2.9.3',
  getAppBaseInfo: '2.20.1',
  getDeviceInfo: '2.20.1',
  getSystemSetting: '2.20.1',
  getWindowInfo: '2.20.1',
}

export interface EmulatedWx {
  readonly wx: Readonly<Record<string, unknown>>
  setOnline(online: boolean): void
}

/**
 * Builds `wx` over a port. `more` adds the APIs of a host that has a screen; `since` names their base libraries.
 * An API newer than the device's base library is `undefined`; one the emulator does not know throws when it is touched.
 */
export function createWx(
  port: DevicePort,
  env: DeviceEnv,
  { more, since = {} }: { more?: (runtime: Runtime) => object; since?: Readonly<Record<string, string>> } = {},
): EmulatedWx {
  const { libVersion } = port.profile
  const network = createNetwork(port)
  const runtime: Runtime = { port, env, network, atLeast: (version) => atLeast(libVersion, version) }
  const known: Record<string, unknown> = {
    ...createLogin(runtime),
    ...createStorage(runtime),
    ...createInfo(runtime),
    ...createNetworkInfo(runtime),
    cloud: createCloud(runtime),
    nextTick: (fn: () => void) => void env.setTimeout(() => guarded(env, fn), 0),
    canIUse: (schema: unknown) => canIUse(members, schema),
    ...more?.(runtime),
  }
  const born: Readonly<Record<string, string>> = { ...SINCE, ...since }
  const absent = new Set(Object.keys(known).filter((name) => !runtime.atLeast(born[name] ?? '1.0.0')))
  const members: Record<string, unknown> = Object.fromEntries(
    Object.entries(known).filter(([name]) => !absent.has(name)),
  )
  return { wx: loud('wx', members, absent), setOnline: network.setOnline }
}

/** `login`, `cloud.callFunction`, `getStorage.object.encrypt`: the API's own name decides, options are not looked into. */
function canIUse(members: Readonly<Record<string, unknown>>, schema: unknown): boolean {
  if (typeof schema !== 'string') return false
  const [api = '', member] = schema.split('.')
  if (!Object.hasOwn(members, api)) return false
  if (api !== 'cloud' || member === undefined) return true
  const cloud = members['cloud']
  return typeof cloud === 'object' && cloud !== null && Object.hasOwn(cloud, member)
}

function guarded(env: DeviceEnv, fn: () => void): void {
  try {
    fn()
  } catch (error) {
    env.report(error)
  }
}
