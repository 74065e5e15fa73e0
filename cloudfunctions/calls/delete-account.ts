// The call `deleteAccount`: the session and a fresh code of the same person, then everything is gone for good.
import type { CallOf } from '../core/call'
import { deleteUser } from '../core/deletion'
import { badRequest } from '../core/errors'
import { objectOf } from '../core/shape'

export const deleteAccount: CallOf<'deleteAccount'> = {
  policy: { safe: false, replay: false, code: 'beside' },
  parse: (data) => {
    const { confirm } = objectOf(data, ['confirm'], 'data')
    if (confirm !== true) throw badRequest('data.confirm must be true')
    return { confirm }
  },
  // The answer comes when nothing is left, but for a file that the storage does not give up now: it is nobody's, and
  // erased by housekeeping. Cut short, the mark stands: housekeeping does the rest.
  run: async (_request, { session, stores, storage, clock, random }) => {
    await deleteUser({ clock, random, stores, storage }, session.userId)
    return {}
  },
}
