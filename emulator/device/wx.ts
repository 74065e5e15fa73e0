// The `wx` object of one handset, put together for its base library.

import { type Buttons, createButtons } from './buttons'
import { createCloud } from './cloud'
import { componentSince, isComponent } from './components'
import { createFiles, FILES_SINCE } from './files'
import { createGestures } from './gesture'
import { createInfo } from './info'
import { createLogin } from './login'
import { loud } from './loud'
import { createNetworkInfo } from './network'
import { createNicknameField, type NicknameField } from './nickname'
import type { DevicePort } from './port'
import { createPrivacy, PRIVACY_APIS_SINCE, type Privacy } from './privacy'
import { createRequests, REQUESTS_SINCE } from './request'
import { createNetwork, type DeviceEnv, type Runtime } from './runtime'
import { createStorage } from './storage'
import { createUserInfo, USER_INFO_SINCE } from './user-info'
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
  ...PRIVACY_APIS_SINCE,
  ...USER_INFO_SINCE,
  ...FILES_SINCE,
  ...REQUESTS_SINCE,
}

export interface EmulatedWx {
  readonly wx: Readonly<Record<string, unknown>>
  setOnline(online: boolean): void
  readonly buttons: Buttons
  readonly nickname: NicknameField
  /** A `data:` address of a temporary file, or of one that WeChat's servers hold. */
  readFile(src: string): Promise<string>
  /** A finger tapped: what its handlers call at once is its doing. */
  tapped(): void
}

export type MoreApis = (runtime: Runtime, privacy: Privacy) => object

/**
 * Builds `wx` over a port. `more` adds the APIs of a host that has a screen; `since` names their base libraries.
 * An API newer than the device's base library is `undefined`; one the emulator does not know throws when it is touched.
 */
export function createWx(
  port: DevicePort,
  env: DeviceEnv,
  { more, since = {} }: { more?: MoreApis; since?: Readonly<Record<string, string>> } = {},
): EmulatedWx {
  const { libVersion } = port.profile
  const network = createNetwork(port)
  const runtime: Runtime = { port, env, network, atLeast: (version) => atLeast(libVersion, version) }
  const cloud = createCloud(runtime)
  const privacy = createPrivacy(runtime)
  const gestures = createGestures(env)
  const userInfo = createUserInfo(runtime, {
    privacy,
    isTapped: () => gestures.active,
    cloudEnabled: cloud.enabled,
  })
  const files = createFiles(runtime)
  const known: Record<string, unknown> = {
    ...createLogin(runtime),
    ...createStorage(runtime),
    ...createInfo(runtime),
    ...createNetworkInfo(runtime),
    ...createRequests(runtime),
    ...files.apis,
    ...userInfo.apis,
    ...privacy.apis,
    cloud: cloud.wx,
    nextTick: (fn: () => void) => void env.setTimeout(() => guarded(env, fn), 0),
    canIUse: (schema: unknown) => canIUse(members, schema, runtime),
    ...more?.(runtime, privacy),
  }
  const born: Readonly<Record<string, string>> = { ...SINCE, ...since }
  const absent = new Set(Object.keys(known).filter((name) => !runtime.atLeast(born[name] ?? '1.0.0')))
  const members: Record<string, unknown> = Object.fromEntries(
    Object.entries(known).filter(([name]) => !absent.has(name)),
  )
  return {
    wx: loud('wx', members, absent),
    setOnline: network.setOnline,
    buttons: createButtons(runtime, { privacy, cloudEnabled: cloud.enabled, userInfo: userInfo.button }),
    nickname: createNicknameField(runtime, privacy),
    readFile: files.read,
    tapped: gestures.tapped,
  }
}

/**
 * `login`, `cloud.callFunction`, `getStorage.object.encrypt`: the API's own name decides, options are not looked into.
 * `button.open-type.getPhoneNumber`: down to the value.
 */
function canIUse(members: Readonly<Record<string, unknown>>, schema: unknown, { atLeast }: Runtime): boolean {
  if (typeof schema !== 'string') return false
  const parts = schema.split('.')
  const [api = '', member] = parts
  if (isComponent(api)) {
    const since = componentSince(parts)
    return since !== undefined && atLeast(since)
  }
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
