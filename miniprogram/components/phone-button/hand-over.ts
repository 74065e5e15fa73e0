// Hands a number over, or takes it back, and learns what became of it when the answer is lost.
import { type Auth, type Contract, failureOf, type User } from '../../auth/index'

export type PhoneRequest = Contract['phone']['request']

/**
 * Resolves with the user as it is now. The call is not safe to repeat by itself, but reading is: after a failure that
 * may have come after the deed, the profile tells. Rejects with the AuthError of the call when the deed was not done.
 */
export const handOver = async (auth: Auth, request: PhoneRequest): Promise<User> => {
  const { state } = auth
  const before = 'user' in state ? state.user?.phone?.masked : undefined
  try {
    return (await auth.call('phone', request)).user
  } catch (thrown) {
    if (failureOf(thrown).remedy !== 'retry') throw thrown
    const user = await auth.call('profile', {}).then(
      (reply) => reply.user,
      () => undefined,
    )
    const isDone = 'remove' in request ? user && !user.phone : user?.phone && user.phone.masked !== before
    if (!user || !isDone) throw thrown
    return user
  }
}
