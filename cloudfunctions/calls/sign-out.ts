// The call `signOut`: revokes sessions of the caller, at once.
import type { CallOf } from '../core/call'
import { badRequest } from '../core/errors'
import { objectOf } from '../core/shape'

export const signOut: CallOf<'signOut'> = {
  policy: { safe: true, replay: true, code: 'refused' },
  parse: (data) => {
    const { which } = objectOf(data, ['which'], 'data')
    if (which !== 'this' && which !== 'others') throw badRequest('data.which must be "this" or "others"')
    return { which }
  },
  run: async ({ which }, { session, stores }) => {
    if (which === 'this') await stores.sessions.remove(session.id)
    else await stores.sessions.removeOthers(session.userId, session.id)
    return {}
  },
}
