// The call `sessions`: the devices signed in, for their owner.
import { type CallOf, parseNothing } from '../core/call'
import { listDevices } from '../core/devices'

export const sessions: CallOf<'sessions'> = {
  policy: { safe: true, replay: true, code: 'allowed' },
  parse: parseNothing,
  run: async (_request, { session, stores, clock }) => ({
    sessions: await listDevices(stores.sessions, session, clock.now()),
  }),
}
