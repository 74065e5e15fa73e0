// The call `login`: the sign-in and nothing else.
import { type CallOf, parseNothing } from '../core/call'
import { userOf } from '../core/users'

export const login: CallOf<'login'> = {
  policy: { safe: true, replay: false, code: 'required' },
  parse: parseNothing,
  run: async (_request, scope) => ({ user: userOf(await scope.user()) }),
}
