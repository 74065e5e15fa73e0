// The call `profile`: reads the profile of the person signed in, or saves what is named.
import type { ProfileChanges } from '../../typings/contract'
import type { CallOf } from '../core/call'
import { Refusal } from '../core/errors'
import { readNickname } from '../core/nickname'
import { saveProfile } from '../core/profiles'
import { objectOf, textOf } from '../core/shape'
import { PATH } from '../core/uploads'

const NAME = /^.{0,1024}$/s // what a name may be is said later, in a way that the page can show

const parse = (data: unknown): ProfileChanges => {
  const { nickname, avatar } = objectOf(data, ['nickname', 'avatar'], 'data')
  return {
    ...(nickname !== undefined && {
      nickname: nickname === null ? null : textOf(nickname, 'data.nickname', NAME, 'a string up to 1024, or null'),
    }),
    // A fileID, an http address, a file of the device: none of them is a path that was issued.
    ...(avatar !== undefined && {
      avatar:
        avatar === null ? null : textOf(avatar, 'data.avatar', PATH, 'a path that `avatarUpload` issued, or null'),
    }),
  }
}

export const profile: CallOf<'profile'> = {
  policy: { safe: true, replay: true, code: 'allowed' },
  policyOf: (data) =>
    typeof data === 'object' && data !== null && Object.keys(data).length > 0
      ? { safe: false, replay: true, code: 'refused' }
      : { safe: true, replay: true, code: 'allowed' },
  parse,
  run: async (changes, scope) => {
    const { session, openApi } = scope
    const user = await scope.user()
    if (!('nickname' in changes) && !('avatar' in changes)) return { user: await scope.tell(user) }
    const name = typeof changes.nickname === 'string' ? readNickname(changes.nickname) : changes.nickname
    if (typeof name === 'string' && name !== user.nickname && (await openApi.checkText(name)) === 'risky') {
      throw new Refusal('PROFILE_REJECTED', 'WeChat finds the nickname risky')
    }
    const wanted = { ...changes, ...(name !== undefined && { nickname: name }) }
    return { user: await scope.tell(await saveProfile(scope, session.userId, wanted)) }
  },
}
