// A business call: sent with the session, renewed and replayed by permission, as the same person or not at all.
import type { Call, Contract, Envelope, SessionGrant, User } from '../../../typings/contract'
import type { Deliver } from './deliver'
import { type AuthError, asAuthError, authError, refusalOf } from './errors'
import type { Exchange, Rider } from './exchange'
import type { LoginManager } from './login-manager'
import { policyOf } from './policies'
import type { Retry } from './retry'

export type CallDoor = <K extends Call>(name: K, data: Contract[K]['request']) => Promise<Contract[K]['reply']>

interface CallPorts {
  manager: LoginManager
  deliver: Deliver
  retry: Retry
  exchange: Exchange
}

export const createCall = ({ deliver, manager, retry, exchange }: CallPorts): CallDoor => {
  // Answers may come in another order than the calls went out: what an older call says of the user is no news.
  let sent = 0
  let newest = 0

  /** With the token of this session; a refusal counts against it alone. */
  const send = async <K extends Call>(
    rider: Rider<K>,
    { token, user }: Pick<SessionGrant, 'token' | 'user'>,
    by: (rider: Rider<K>) => Promise<Envelope<K>> = deliver,
  ): Promise<Contract[K]['reply']> => {
    sent += 1
    const mine = sent
    const envelope = await by({ ...rider, token })
    if (envelope.session) manager.extended(envelope.session)
    if (envelope.ok) {
      if (rider.call === 'deleteAccount') await manager.erased(user)
      else {
        const { user: told } = envelope.data as { user?: User } // some replies carry the user as it is now
        if (told && mine > newest) {
          newest = mine
          manager.heard(token, told)
        } else manager.heard(token)
      }
      return envelope.data
    }
    const refusal = refusalOf(envelope) as AuthError
    manager.refused(token, refusal.code)
    throw refusal
  }

  return async <K extends Call>(name: K, data: Contract[K]['request']): Promise<Contract[K]['reply']> => {
    const policy = policyOf(name, data)
    await manager.ready()
    let believed = manager.believed()
    const rider = (): Rider<K> => ({ call: name, data, ...(believed && { expectUser: believed.id }) })

    /** Rides on the code of a new login; the session it brings stands even when the call itself is refused. */
    const ride = async (): Promise<Contract[K]['reply']> => {
      const envelope = await manager.lead(rider())
      if (envelope.ok) return envelope.data
      const refusal = refusalOf(envelope) as AuthError
      if (refusal.remedy !== 'retry' || !policy.safe) throw refusal
      return retry(() => send(rider(), envelope.session))
    }

    /** With a fresh code beside the token; not once the user, or the person, is another than when it was asked for. */
    const beside = (meant: Rider<K>) => exchange.once(meant, () => manager.believed()?.id === meant.expectUser)

    for (let refusals = 0; ; ) {
      manager.assertWelcome()
      // `login` is the login: a session at hand does not answer it, the flight under way does.
      if (name === 'login') return { user: await manager.join() } as Contract[K]['reply']
      const session = manager.live()
      // A code of its own waits for a login under way: what that one brings must not outlive what this one ends.
      if (!session || (policy.code === 'beside' && manager.busy())) {
        if (policy.code === 'allowed' && !manager.busy()) return ride()
        await manager.join()
        continue
      }
      believed ??= session.user
      if (session.user.id !== believed.id) {
        throw authError('USER_CHANGED', 'another user signed in meanwhile')
      }
      try {
        const once = () => send(rider(), session, policy.code === 'beside' ? beside : deliver)
        return await (policy.safe ? retry(once) : once())
      } catch (thrown) {
        const error = asAuthError(thrown)
        refusals += 1
        // Signed out by word of an older token: whoever is signed in now may go on.
        const passing = error.code === 'SESSION_EXPIRED' || (error.code === 'SIGNED_OUT' && manager.live())
        if (!passing || !policy.replay || refusals > 1) throw error
      }
    }
  }
}
