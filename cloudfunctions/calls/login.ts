// The call `login`: the sign-in and nothing else.
import { type CallOf, parseNothing } from '../core/call'

export const login: CallOf<'login'> = {
  policy: { safe: true, replay: false, code: 'required' },
  parse: parseNothing,
  run: async (_request, scope) => ({ user: await scope.tell(await scope.user()) }),
}
