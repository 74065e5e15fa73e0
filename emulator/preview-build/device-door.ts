// The phone's device behind the port: every request of `POST /__emulator/device`, answered by the emulator's operations.

import type { DeviceOperations } from '../device/operations'
import type { DeviceAnswer, DeviceProfile, StoredEntry } from '../device/port'
import { EmulatorError } from '../errors'
import type { DeviceOpening, DeviceRequest, OpenedDevice } from '../preview/bridge'
import type { DeviceOptions } from '../types'

export interface DeviceDoorPorts {
  operations: DeviceOperations
  /** Throws UNKNOWN_ACCOUNT. */
  profileOf(options: DeviceOptions): DeviceProfile
  /** A mini-program starts on this handset. */
  launched(profile: DeviceProfile): void
  storageOf(profile: DeviceProfile): Array<[key: string, entry: StoredEntry]>
  clock: { readonly offset: number }
}

/** Resolves with the answer, also a refusal; throws EmulatorError for what no phone asks. */
export const createDeviceDoor =
  ({ operations, profileOf, launched, storageOf, clock }: DeviceDoorPorts) =>
  (body: Readonly<Record<string, unknown>>): Promise<DeviceAnswer> => {
    const { account, device, op, args } = requestOf(body)
    if (op !== 'device.open') return operations.call(profileOf({ account, device }), op, args)
    const { libVersion, model, platform, language, theme } = openingOf(args)
    const handset = { ...(libVersion && { libVersion }), ...(model && { model }), ...(platform && { platform }) }
    const profile = {
      ...profileOf({ account, device, ...handset }),
      ...(language && { language }),
      ...(theme && { theme }),
    }
    launched(profile)
    const value: OpenedDevice = { profile, storage: storageOf(profile), clockOffset: clock.offset }
    return Promise.resolve({ ok: true, value })
  }

const requestOf = ({ account, device, op, args = {}, ...rest }: Readonly<Record<string, unknown>>): DeviceRequest => {
  const unknown = Object.keys(rest)[0]
  if (unknown !== undefined) throw bad(`unknown key ${JSON.stringify(unknown)}; known: account, device, op, args`)
  if (typeof account !== 'string' || typeof device !== 'string' || typeof op !== 'string')
    throw bad('`account`, `device` and `op` are texts')
  return { account, device, op, args }
}

/** What each key of an opening may be; a base library is checked by its shape. */
const OPENING: { readonly [K in keyof DeviceOpening]-?: RegExp } = {
  libVersion: /^\d+\.\d+\.\d+$/,
  model: /^.{1,64}$/,
  platform: /^(?:ios|android|devtools)$/,
  language: /^(?:zh_CN|en)$/,
  theme: /^(?:light|dark)$/,
}

const openingOf = (args: unknown): DeviceOpening => {
  if (typeof args !== 'object' || args === null) throw bad('`args` is an object')
  for (const [key, value] of Object.entries(args)) {
    const shape = Object.hasOwn(OPENING, key) ? OPENING[key as keyof DeviceOpening] : undefined
    if (!shape) throw bad(`device.open knows ${Object.keys(OPENING).join(', ')}`)
    if (typeof value !== 'string' || !shape.test(value)) throw bad(`device.open: ${key} is no ${key}`)
  }
  // Every key was checked one by one.
  return args as DeviceOpening
}

const bad = (why: string): EmulatorError => new EmulatorError('BAD_REQUEST', why)
