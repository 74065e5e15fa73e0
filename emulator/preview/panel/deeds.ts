// What the chips do: which fault they arm, how one sees that it is armed, and what ends it.

import type { FaultSpec } from '../../told'
import type { Stand } from '../shell/stand'
import type { DeedName } from './deed-words'
import type { Doors } from './doors'
import type { Known, Watch } from './known'
import type { PhoneDeedName } from './phone-words'
import type { ProfileDeedName } from './profile-words'
import type { ServiceDeedName } from './service-words'

export interface Deed {
  name: DeedName | PhoneDeedName | ProfileDeedName | ServiceDeedName
  /** Undefined for what is done at once and cannot be armed. */
  isOn?(known: Known): boolean
  /** There is nothing it could act on. */
  isOff?(known: Known): boolean
  press(known: Known): Promise<unknown>
}

const DAY_MS = 86_400_000

/** How often WeChat refuses: as often as the mini-program tries by itself, so that the user sees what becomes of it. */
const EXCHANGES: ReadonlyArray<[name: DeedName, errcode: number, times: number]> = [
  ['busy', -1, 3],
  ['blocked', 40226, 1],
  ['tooOften', 45011, 1],
  ['secret', 40125, 1],
  ['code', 40029, 1],
]

export interface Deeds {
  exchange: readonly Deed[]
  others: readonly Deed[]
}

export const createDeeds = (doors: Doors, stand: Stand, watch: Watch): Deeds => {
  const account = (): string => stand.options.account
  const relaunch = () => stand.phone.relaunch()

  const exchange = EXCHANGES.map(([name, errcode, times]): Deed => {
    return createFaultDeed(doors, name, () => ({
      at: 'jscode2session',
      answer: { errcode },
      times,
      account: account(),
    }))
  })

  const others: Deed[] = [
    {
      name: 'sessionKey',
      isOn: ({ sessionKey }) => sessionKey === 'expired',
      isOff: ({ sessionKey }) => sessionKey === 'none',
      press: () => doors.expireSessionKey(account()),
    },
    {
      name: 'session',
      isOn: ({ session, offset }) => session !== undefined && session.expiresAt <= Date.now() + offset,
      isOff: ({ session }) => session === undefined,
      press: async ({ session }) => session && doors.expireSession(session._id),
    },
    {
      name: 'offline',
      isOn: () => !stand.phone.online,
      press: async () => stand.phone.setOnline(!stand.phone.online),
    },
    { name: 'day', press: () => doors.advance(DAY_MS) },
    { name: 'month', press: () => doors.advance(31 * DAY_MS) },
    {
      name: 'forget',
      async press() {
        await doors.forget(stand.options.device, account())
        await relaunch()
      },
    },
    {
      name: 'reset',
      async press() {
        await doors.reset()
        watch.forgetHops()
        await relaunch()
      },
    },
  ]
  return { exchange, others }
}

/** Arms a fault, and disarms it when it is pressed again. */
export const createFaultDeed = (doors: Doors, name: Deed['name'], spec: () => FaultSpec): Deed => {
  const armed = ({ faults }: Known) => faults.find((fault) => isSame(fault, spec()))
  return {
    name,
    isOn: (known) => armed(known) !== undefined,
    press: (known) => {
      const found = armed(known)
      return found ? doors.disarm(found.id) : doors.arm(spec())
    },
  }
}

const isSame = (fault: FaultSpec, spec: FaultSpec): boolean =>
  fault.at === spec.at && fault.account === spec.account && JSON.stringify(fault.answer) === JSON.stringify(spec.answer)
