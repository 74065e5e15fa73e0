// What pushes make us do, done with the stores and the storage of this request.
import type { Deadline } from '../core/deadline'
import { deleteUser } from '../core/deletion'
import { Refusal } from '../core/errors'
import { removePhone } from '../core/phones'
import type { Opened } from '../core/ports'
import { forgetProfile } from '../core/profiles'
import type { PushDeeds } from '../core/push'
import { isSince } from '../core/since'
import { judge } from '../core/verdicts'
import type { ServePorts } from '../serve'

export const createDeeds = ({ clock, random }: ServePorts, opened: Opened, deadline: Deadline): PushDeeds => {
  const { stores, storage } = opened
  return {
    judge: (traceId, verdict) => judge({ clock, stores, storage }, traceId, verdict),
    forgetPhone: async (userId, identity, at) => {
      const user = await stores.users.find(userId)
      if (isSince(user?.phone?.boundAt, at)) return
      // What a spent code told is remembered for a few minutes: it is the same number.
      await stores.redemptions.forget(identity)
      await removePhone(stores, userId, { at }).catch(unlessGone)
    },
    forgetProfile: (userId, what, at) =>
      forgetProfile({ clock, stores, storage, deadline }, userId, what, at).catch(unlessGone),
    deleteAccount: (userId) => deleteUser({ clock, random, stores, storage }, userId),
  }
}

/** Whoever is gone, or going, has nothing left that this could forget. */
const unlessGone = (failure: unknown) => {
  if (!(failure instanceof Refusal && failure.code === 'SESSION_EXPIRED')) throw failure
}
