// One call on its way: addressed, sent, and answered within a time.
import type { Call, CallEvent, DeviceInfo, Envelope } from '../../../typings/contract'
import type { ClockPort, Transport } from './ports'
import { withTimeout } from './timeout'

/** What a call says for itself; every event carries the rest. */
export type Parcel<K extends Call = Call> = Omit<CallEvent<K>, 'v' | 'device'>

/** Resolves with whatever the function answered; rejects when no answer came, with TIMEOUT when it did not come in time. */
export type Deliver = <K extends Call>(parcel: Parcel<K>) => Promise<Envelope<K>>

interface DeliverPorts {
  transport: Transport
  clock: ClockPort
  introduce: () => DeviceInfo
}

export const createDeliver =
  ({ transport, clock, introduce }: DeliverPorts, { callMs }: { callMs: number }): Deliver =>
  (parcel) =>
    withTimeout(clock, callMs, `call ${parcel.call}`, transport.send({ v: 1, ...parcel, device: introduce() }))
