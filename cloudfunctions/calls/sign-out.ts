// The call `signOut`: revokes sessions of the caller, at once.
import type { CallOf } from '../core/call'
import { HANDLES, sessionsOfHandle } from '../core/devices'
import { badRequest } from '../core/errors'
import { markAt } from '../core/sessions'
import { objectOf, textOf } from '../core/shape'

export const signOut: CallOf<'signOut'> = {
  policy: { safe: true, replay: true, code: 'refused' },
  parse: (data) => {
    const { which, handle } = objectOf(data, ['which', 'handle'], 'data')
    if (handle !== undefined && which === undefined) {
      return { handle: textOf(handle, 'data.handle', HANDLES, 'a handle that `sessions` gave') }
    }
    if (handle !== undefined || (which !== 'this' && which !== 'others')) {
      throw badRequest('data must be { which: "this" }, { which: "others" } or { handle }')
    }
    return { which }
  },
  run: async (request, { session, stores, clock }) => {
    const { sessions } = stores
    const { id, userId } = session
    if ('which' in request) {
      if (request.which === 'this') await sessions.remove(id)
      else await sessions.revokeOthers(userId, id, markAt(clock.now()))
      return {}
    }
    // None that is left: the device is signed out already, and that is all that was asked for.
    const named = await sessionsOfHandle(sessions, userId, request.handle)
    const isThis = named.some((one) => one.id === id)
    for (const one of named) {
      if (isThis) await sessions.remove(one.id)
      else await sessions.revoke(one.id, userId, markAt(clock.now()))
    }
    return {}
  },
}
