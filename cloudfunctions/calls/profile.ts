// The call `profile`: what the person signed in has told about themselves.
import { type CallOf, parseNothing } from '../core/call'
import { userOf } from '../core/users'

export const profile: CallOf<'profile'> = {
  policy: { safe: true, replay: true, code: 'allowed' },
  parse: parseNothing,
  run: async (_request, scope) => ({ user: userOf(await scope.user()) }),
}
