// A business call: sent with the session, renewed and replayed by permission, as the same person or not at all.
import type { Call, CallEvent, Contract, Envelope, User } from '../../../typings/contract'
import { type AuthError, asAuthError, authError, refusalOf } from './errors'
import type { Rider } from './exchange'
import type { LoginManager } from './login-manager'
import { policyOf } from './policies'
import type { ClockPort, Transport } from './ports'
import type { Retry } from './retry'
import { withTimeout } from './timeout'

export type CallDoor = <K extends Call>(name: K, data: Contract[K]['request']) => Promise<Contract[K]['reply']>

interface CallPorts {
  manager: LoginManager
  transport: Transport
  clock: ClockPort
  retry: Retry
  address: <K extends Call>(rider: Rider<K>) => CallEvent<K>
}

/** Some replies carry the user as it is now. */
const userIn = (data: object): User | undefined => ('user' in data ? (data as { user: User }).user : undefined)

export const createCall = (ports: CallPorts, timeouts: { callMs: number }): CallDoor => {
  const { manager, transport, clock, retry, address } = ports

  const send = async <K extends Call>(rider: Rider<K>, token: string): Promise<Contract[K]['reply']> => {
    const event = { ...address(rider), token }
    const envelope: Envelope<K> = await withTimeout(clock, timeouts.callMs, `call ${rider.call}`, transport.send(event))
    if (envelope.session) manager.extended(envelope.session)
    if (envelope.ok) {
      manager.heard(token, userIn(envelope.data))
      return envelope.data
    }
    const refusal = refusalOf(envelope) as AuthError
    if (refusal.code === 'SESSION_EXPIRED') manager.refused(token)
    if (refusal.code === 'SESSION_KEY_STALE') manager.keyStale(token)
    throw refusal
  }

  return async <K extends Call>(name: K, data: Contract[K]['request']): Promise<Contract[K]['reply']> => {
    const policy = policyOf(name)
    await manager.ready()
    let believed = manager.believed()
    const rider = (): Rider<K> => ({ call: name, data, ...(believed && { expectUser: believed.id }) })

    /** Rides on the code of a new login; the session it brings stands even when the call itself is refused. */
    const ride = async (): Promise<Contract[K]['reply']> => {
      const envelope = await manager.lead(rider())
      if (envelope.ok) return envelope.data
      const refusal = refusalOf(envelope) as AuthError
      if (refusal.remedy !== 'retry' || !policy.safe) throw refusal
      return retry(() => send(rider(), envelope.session.token))
    }

    for (let refusals = 0; ; ) {
      manager.assertWelcome()
      // `login` is the login: a session at hand does not answer it, the flight under way does.
      if (name === 'login') return { user: await manager.join() } as Contract[K]['reply']
      const session = manager.live()
      if (!session) {
        if (policy.code === 'allowed' && !manager.busy()) return ride()
        await manager.join()
        continue
      }
      believed ??= session.user
      if (session.user.id !== believed.id) {
        throw authError('USER_CHANGED', `signed in as another user while ${name} waited; it was not sent`)
      }
      try {
        const once = () => send(rider(), session.token)
        return await (policy.safe ? retry(once) : once())
      } catch (thrown) {
        const error = asAuthError(thrown)
        refusals += 1
        if (error.code !== 'SESSION_EXPIRED' || !policy.replay || refusals > 1) throw error
      }
    }
  }
}
