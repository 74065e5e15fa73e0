// The page of the account for tests: a function that knows the devices of one user, and what was ended.
import type { CallEvent, DeviceSession, User } from '../../typings/contract'
import { grant, ok, refuse } from './client-world'
import { openPage } from './page'
import { type Answer, createPageDevice, type PageDeviceOptions } from './page-device'
import { xiaohe } from './page-home'
import { signedInStorage } from './page-phone'

const ACCOUNT = 'pages/account/account'
const DAY_MS = 86_400_000

export const device = (handle: string, more: Partial<DeviceSession> = {}): DeviceSession => ({
  handle,
  model: 'iPhone 15',
  platform: 'ios',
  lastSeenAt: Date.now(),
  current: false,
  ...more,
})

/** This one, a tablet of three days ago, and one that never said what it is. */
export const three = (): DeviceSession[] => [
  device('h-this', { current: true }),
  device('h-pad', { model: 'HUAWEI MatePad', platform: 'ohos', lastSeenAt: Date.now() - 3 * DAY_MS }),
  device('h-old', { model: '', platform: 'android', lastSeenAt: Date.now() - 40 * DAY_MS }),
]

export const createDevices = (user: User = xiaohe, sessions: DeviceSession[] = three()) => {
  const devices = {
    isOffline: false,
    sessions,
    isErased: false,
    list: (): Answer => ok({ sessions: devices.sessions }),
    signOut: (data: object): Answer => {
      const isKept = (it: DeviceSession) => ('handle' in data ? it.handle !== data.handle : it.current)
      devices.sessions = devices.sessions.filter(isKept)
      return ok()
    },
    erase: (): Answer => {
      devices.isErased = true
      return ok()
    },
    server({ call, code, token, data, expectUser }: CallEvent): Answer {
      if (devices.isOffline) return 'offline'
      if (token && (token !== 't-1' || devices.isErased)) return refuse('SESSION_EXPIRED')
      if (expectUser && devices.isErased) return refuse('USER_CHANGED')
      if (call === 'deleteAccount') return devices.erase()
      if (code) return ok({ user }, grant('t-1', user))
      if (call === 'sessions') return devices.list()
      return call === 'signOut' ? devices.signOut(data) : ok({ user })
    },
  }
  return devices
}
export type Devices = ReturnType<typeof createDevices>

export interface OpenAccount extends Partial<PageDeviceOptions> {
  user?: User
  devices?: Devices
}

export const openAccount = async ({ user = xiaohe, devices = createDevices(user), ...rest }: OpenAccount = {}) => {
  const phone = createPageDevice({ server: devices.server, stored: signedInStorage(user), ...rest })
  const page = await openPage(ACCOUNT, phone)
  return {
    phone,
    devices,
    page,
    notice: () => (page.has('.notice') ? page.textOf('.notice', '.words') : ''),
    ended: () => phone.sentCalls('signOut').map(({ data }) => data),
  }
}
