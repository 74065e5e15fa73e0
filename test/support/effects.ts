// Effects of the server, each behind a hook: every verb of a store and of the storage can be cut, held or bent.
import type { Opened } from '../../cloudfunctions/core/ports'
import type { ServePorts } from '../../cloudfunctions/serve'

/** `name` is like `users.find` or `storage.upload`; whatever it resolves with is what the verb answers. */
export type Hook = (name: string, act: () => Promise<unknown>) => Promise<unknown>

const hooked = <T extends object>(room: string, port: T, hook: Hook): T =>
  new Proxy(port, {
    get: (target, verb) => {
      const act: unknown = Reflect.get(target, verb)
      if (typeof act !== 'function') return act
      return (...args: unknown[]) => hook(`${room}.${String(verb)}`, async () => Reflect.apply(act, target, args))
    },
  })

/** The same ports, every effect of the stores and the storage through the hook. */
export const withHook = (ports: ServePorts, hook: Hook): ServePorts => ({
  ...ports,
  cloud: {
    ...ports.cloud,
    open: (mayGoOn): Opened => {
      const { stores, storage, ...rest } = ports.cloud.open(mayGoOn)
      return {
        ...rest,
        storage: hooked('storage', storage, hook),
        stores: {
          sessions: hooked('sessions', stores.sessions, hook),
          identities: hooked('identities', stores.identities, hook),
          users: hooked('users', stores.users, hook),
          phones: hooked('phones', stores.phones, hook),
          counters: hooked('counters', stores.counters, hook),
          redemptions: hooked('redemptions', stores.redemptions, hook),
          pushNonces: hooked('pushNonces', stores.pushNonces, hook),
          uploads: hooked('uploads', stores.uploads, hook),
          mediaChecks: hooked('mediaChecks', stores.mediaChecks, hook),
          deletionProofs: hooked('deletionProofs', stores.deletionProofs, hook),
        },
      }
    },
  },
})

/** Does something else at the n-th effect, counted from 0; `reached` says whether there was one. */
export const atEffect = (n: number, how: Hook): { hook: Hook; reached(): boolean } => {
  let left = n
  return {
    hook: (name, act) => (left-- === 0 ? how(name, act) : act()),
    reached: () => left < 0,
  }
}

export const cut: Hook = () => Promise.reject(new Error('the connection broke'))
/** Done, and nobody hears of it. */
export const lost: Hook = async (_name, act) => {
  await act()
  throw new Error('the connection broke')
}
/** The instance is gone: the request ends at its deadline, and nothing after this happens. */
export const dies: Hook = () => new Promise<never>(() => undefined)
