// Users who bind numbers, over memory stores and a told clock; any verb of the stores can be made to fail or to die.
import { randomBytes } from 'node:crypto'
import type { PhoneNumber } from '../../cloudfunctions/core/phone-number'
import { bindPhone, type PhonePorts, removePhone } from '../../cloudfunctions/core/phones'
import { createSealing, parseKeyring } from '../../cloudfunctions/core/sealing'
import { createSecret } from '../../cloudfunctions/core/secret'
import type { Stores } from '../../cloudfunctions/core/stores'
import { createMemoryStores, type MemoryStores } from './memory-stores'
import { VARIABLES } from './server'
import { createToldClock } from './told-clock'

export const LIMIT = 2600
export const number = (digits = '12066600005'): PhoneNumber => ({
  countryCode: '86',
  digits: createSecret('phone number', digits),
})
export const OTHER = number('12066600006')
export const refusal = (code: string) => expect.objectContaining({ code })

export type Verb =
  | 'phones.add'
  | 'phones.replace'
  | 'phones.settle'
  | 'phones.takeBack'
  | 'users.point'
  | 'users.unpoint'
  | 'users.find'

export const createClaims = async (
  users: string[] = ['alice', 'bob'],
  around: (memory: MemoryStores) => Stores = (memory) => memory,
) => {
  const memory = createMemoryStores()
  const clock = createToldClock()
  for (const id of users) await memory.users.add({ id, createdAt: clock.now() })
  const portsOver = (stores: Stores, keys = VARIABLES.SEALING_KEYS): PhonePorts => ({
    clock,
    random: { bytes: randomBytes },
    phones: stores.phones,
    users: stores.users,
    sealing: createSealing({ random: { bytes: randomBytes }, keyring: parseKeyring(keys, undefined) }),
    indexKey: createSecret('index key', VARIABLES.INDEX_KEY),
    endsAt: clock.now() + LIMIT,
  })
  const stores = around(memory)
  return {
    memory,
    clock,
    portsOver,
    bind: (user: string, what = number(), options: { takeOver?: boolean } = {}, over = stores) =>
      bindPhone(portsOver(over), user, what, options),
    remove: (user: string) => removePhone(stores, user),
    /** Who owns the number as everybody sees it: by a claim whose owner points to it. */
    owners: () => {
      const { phones, users: all } = memory.all()
      return all.filter(({ id, phone }) => phones.some((claim) => claim.owner === id && claim.id === phone?.claim))
    },
    pointing: () =>
      memory
        .all()
        .users.filter(({ phone }) => phone !== undefined)
        .map(({ id }) => id),
  }
}

/** The same stores, but this verb does something else the first time. */
export const bent = (stores: Stores, verb: Verb, how: (act: () => Promise<unknown>) => Promise<unknown>): Stores => {
  const [store, name] = verb.split('.') as ['phones' | 'users', string]
  let left = 1
  const proxy = new Proxy(stores[store], {
    get: (target, property) => {
      const act: unknown = Reflect.get(target, property)
      if (property !== name || typeof act !== 'function') return act
      return (...args: unknown[]) => (left-- > 0 ? how(async () => Reflect.apply(act, target, args)) : act(...args))
    },
  })
  return { ...stores, [store]: proxy }
}
export const cut = () => Promise.reject(new Error('cut'))
export const lost = async (act: () => Promise<unknown>) => {
  await act()
  throw new Error('lost')
}
/** Never comes back: the instance is gone, nothing after it happens. */
export const dies = () => new Promise<never>(() => undefined)
export const diesAfter = async (act: () => Promise<unknown>) => {
  await act()
  return dies()
}
/** Lets everything that can happen happen. */
export const quiet = async () => {
  for (let n = 0; n < 50; n++) await new Promise<void>((resolve) => setImmediate(resolve))
}
