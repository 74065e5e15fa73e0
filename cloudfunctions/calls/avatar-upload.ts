// The call `avatarUpload`: issues a path for a picture and writes it down, before a byte of it exists.
import type { PictureType } from '../../typings/contract'
import type { CallOf } from '../core/call'
import { badRequest, sessionExpired } from '../core/errors'
import { objectOf } from '../core/shape'
import { issueUpload } from '../core/uploads'
import { isAlive } from '../core/users'

const TYPES: readonly unknown[] = ['png', 'jpeg', 'webp', 'gif'] satisfies PictureType[]
const isType = (value: unknown): value is PictureType => TYPES.includes(value)

export const avatarUpload: CallOf<'avatarUpload'> = {
  policy: { safe: false, replay: true, code: 'refused' },
  parse: (data) => {
    const { type, size } = objectOf(data, ['type', 'size'], 'data')
    if (!isType(type)) throw badRequest(`data.type must be one of ${TYPES.join(', ')}`)
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1) {
      throw badRequest('data.size must be a number of bytes')
    }
    return { type, size }
  },
  run: async ({ type, size }, scope) => {
    const { session, stores } = scope
    const { userId, transport } = session
    await scope.user()
    const upload = await issueUpload(scope, { userId, type, size })
    // Written first, looked at second: a deletion that began in between has not seen it.
    if (!isAlive(await stores.users.find(userId))) {
      await stores.uploads.remove(upload.id)
      throw sessionExpired('the user is gone')
    }
    return { cloudPath: upload.path, ...(transport === 'https' && { uploadUrl: '/avatar' }) }
  },
}
