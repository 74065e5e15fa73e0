// People arriving at the sign-in, over memory stores and a told clock.
import { randomBytes } from 'node:crypto'
import { openidIdentity } from '../../cloudfunctions/core/identities'
import { createSealing, parseKeyring } from '../../cloudfunctions/core/sealing'
import { createSecret } from '../../cloudfunctions/core/secret'
import { type Arrival, signIn } from '../../cloudfunctions/core/sign-in'
import type { Stores } from '../../cloudfunctions/core/stores'
import { createMemoryStorage } from './memory-storage'
import { createMemoryStores, type MemoryStores } from './memory-stores'
import { ALICE, APPID, keyOf, VARIABLES } from './server'
import { createToldClock } from './told-clock'

const random = { bytes: randomBytes }
const keyring = parseKeyring(VARIABLES.SEALING_KEYS, undefined)
const sealing = createSealing({ random, keyring })

export const createArrivals = (around: (memory: MemoryStores) => Stores = (memory) => memory) => {
  const memory = createMemoryStores()
  const clock = createToldClock()
  const ports = { clock, random, sealing, stores: around(memory), storage: createMemoryStorage() }
  const identityOf = (openid: string, appid = APPID) => openidIdentity(appid, openid)
  return {
    clock,
    memory,
    identityOf,
    arrive: (
      openid = ALICE,
      { appid = APPID, key = keyOf(openid), ...more }: Partial<Arrival> & { appid?: string; key?: string } = {},
    ) => {
      const sessionKey = createSecret('session_key', key)
      const arrival = {
        identity: identityOf(openid, appid),
        openid: createSecret('openid', openid),
        sessionKey,
        exchangedAt: clock.now(),
        transport: 'cloud' as const,
        ...more,
      }
      return signIn(ports, { days: 30 }, arrival)
    },
    keysOf: async (openid = ALICE) => {
      const { id, key, previousKey } = (await memory.identities.find(identityOf(openid))) ?? {}
      const open = (field: 'key' | 'previousKey', sealed?: string) =>
        id && sealed && sealing.open(sealed, { collection: 'identities', id, field }, 'session_key').reveal()
      return [open('key', key?.sealed), open('previousKey', previousKey?.sealed)]
    },
  }
}
