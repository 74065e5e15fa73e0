// One save of the profile: the picture goes up first, and only a path that was issued for it is ever saved.
import { type Auth, type Contract, failureOf, type User } from '../../auth/index'
import { hasPicture } from '../../components/avatar-picker/face'
import type { Picture } from './drafts'
import type { Pictures } from './pictures'

export type Changes = { nickname?: string | null; avatar?: string | null }

/** An issued path lives longer; what is older is issued anew. */
const SENT_MS = 10 * 60_000

/**
 * Where the bytes of the picture are now; sends them unless they are there already. Rejects with an AuthError. `onSend`
 * is told when a place was issued: what breaks afterwards broke on the way of the bytes.
 */
const sendPicture = async (
  { auth, pictures, now }: { auth: Auth; pictures: Pictures; now(): number },
  { path, facts, sent }: Picture,
  onSend: () => void,
): Promise<NonNullable<Picture['sent']>> => {
  if (sent && now() - sent.at < SENT_MS) return sent
  const place: Contract['avatarUpload']['reply'] = await auth.call('avatarUpload', facts)
  onSend()
  await pictures.send(path, place)
  return { cloudPath: place.cloudPath, at: now() }
}

/**
 * Over HTTPS an address may be missing because the storage was busy: that a picture is gone, only its state tells. One
 * that is there carries the path in its name, as a `cloud://` id does; without it the path may be saved once more.
 */
const isDone = ({ nickname, avatar }: Changes, user: User): boolean => {
  const isNamed = nickname === undefined || (user.nickname ?? null) === nickname
  if (avatar === undefined) return isNamed
  return isNamed && (avatar === null ? !hasPicture(user) : user.avatarUrl?.includes(avatar) === true)
}

/**
 * Resolves with the user as it is now. A save is not safe to repeat by itself, but reading is: after a failure that may
 * have come after the deed, the profile tells. Rejects with the AuthError of the save when it was not done.
 */
export const saveProfile = async (auth: Auth, changes: Changes): Promise<User> => {
  try {
    return (await auth.call('profile', changes)).user
  } catch (thrown) {
    if (failureOf(thrown).remedy !== 'retry') throw thrown
    const user = await auth.call('profile', {}).then(
      (reply) => reply.user,
      () => undefined,
    )
    if (!user || !isDone(changes, user)) throw thrown
    return user
  }
}

interface SavePorts {
  auth: Auth
  pictures: Pictures
  now(): number
}
type OnStep = (step: 'upload' | 'save', isSending?: boolean) => void

/**
 * A save with all that belongs to it. `gone`: the file of the picture is not there any more; undefined: there was nothing
 * to save. A path whose bytes were there already may have been used up by a save that was never answered, so its refusal
 * says nothing about the picture: it goes up once more. Notes at the picture where its bytes are.
 */
export const saveAll = async (
  ports: SavePorts,
  changes: Changes,
  picture: Picture | undefined,
  onStep: OnStep,
): Promise<User | 'gone' | undefined> => {
  const old = picture?.sent
  const once = async (): Promise<User | 'gone' | undefined> => {
    if (picture) {
      onStep('upload')
      if (!picture.sent && !(await ports.pictures.look(picture.path))) return 'gone'
      picture.sent = await sendPicture(ports, picture, () => onStep('upload', true))
    }
    onStep('save')
    const all = { ...changes, ...(picture?.sent && { avatar: picture.sent.cloudPath }) }
    return Object.keys(all).length > 0 ? saveProfile(ports.auth, all) : undefined
  }
  try {
    return await once()
  } catch (thrown) {
    const isOld = old !== undefined && picture?.sent === old
    if (!isOld || failureOf(thrown).code !== 'AVATAR_REJECTED') throw thrown
    delete picture.sent
    return once()
  }
}
