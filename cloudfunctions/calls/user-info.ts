// The call `userInfo`: stores the name and the face that older libraries give, unless they are the anonymous ones.
import type { CallOf } from '../core/call'
import { Refusal } from '../core/errors'
import { keepFace } from '../core/faces'
import { readNickname } from '../core/nickname'
import { saveProfile } from '../core/profiles'
import { openSealed } from '../core/sealed-data'
import { createSealing } from '../core/sealing'
import { createSecret } from '../core/secret'
import { objectOf, textOf } from '../core/shape'
import { isVouched, readUserInfo } from '../core/user-info'

const TEXT = /^.{1,8192}$/s // what is wrong with it beyond that must all look alike

export const userInfo: CallOf<'userInfo'> = {
  policy: { safe: false, replay: true, code: 'refused' },
  parse: (data) => {
    const fields = objectOf(data, ['rawData', 'signature', 'encryptedData', 'iv'], 'data')
    const text = (name: string) => textOf(fields[name], `data.${name}`, TEXT, 'a string of 1 to 8192')
    return {
      rawData: text('rawData'),
      signature: text('signature'),
      encryptedData: text('encryptedData'),
      iv: text('iv'),
    }
  },
  run: async ({ rawData, signature, encryptedData, iv }, scope) => {
    const { session, stores, clock, random, environment, openApi, hide } = scope
    const { identity, userId } = session
    const appid = environment.appid()
    const sealing = createSealing({ random, keyring: environment.keyring() })
    const user = await scope.user()
    const sealed = { encryptedData: createSecret('sealed data', encryptedData), iv }
    hide(sealed.encryptedData)
    const data = await openSealed({ clock, ...stores, sealing }, identity, sealed, (key, data) =>
      isVouched({ rawData, signature }, data, key, { appid, identity }),
    )
    const { nickname, face } = readUserInfo(data, { appid, now: clock.now() })
    const name = nickname === undefined ? undefined : await acceptable(nickname, openApi.checkText)
    const avatar = face === undefined ? undefined : await keepFace(scope, userId, face)
    if (name === undefined && avatar === undefined) return { user: await scope.tell(user) }
    const changes = { ...(name !== undefined && { nickname: name }), ...(avatar !== undefined && { avatar }) }
    return { user: await scope.tell(await saveProfile(scope, userId, changes)) }
  },
}

/** A name of WeChat's that is no name of ours is left out: the person never chose it here, and can type another. */
const acceptable = async (
  text: string,
  checkText: (text: string) => Promise<'pass' | 'review' | 'risky'>,
): Promise<string | undefined> => {
  try {
    const name = readNickname(text)
    return (await checkText(name)) === 'risky' ? undefined : name
  } catch (failure) {
    if (failure instanceof Refusal && failure.code === 'PROFILE_REJECTED') return undefined
    throw failure
  }
}
