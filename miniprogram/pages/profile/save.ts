// One save of the profile: the picture goes up first, and only a path that was issued for it is ever saved.
import { type Auth, type Contract, failureOf, type User } from '../../auth/index'
import type { Picture } from './drafts'
import type { Pictures } from './pictures'

export type Changes = { nickname?: string | null; avatar?: string | null }

/** An issued path lives longer; what is older is issued anew. */
const SENT_MS = 10 * 60_000

/**
 * Where the bytes of the picture are now; sends them unless they are there already. Rejects with an AuthError. `onSend`
 * is told when a place was issued: what breaks afterwards broke on the way of the bytes.
 */
export const sendPicture = async (
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

/** By name: the path stands in a `cloud://` id and in an https address alike. */
const isDone = ({ nickname, avatar }: Changes, user: User): boolean => {
  const isNamed = nickname === undefined || (user.nickname ?? null) === nickname
  if (avatar === undefined) return isNamed
  return isNamed && (avatar === null ? user.avatarUrl === undefined : user.avatarUrl?.includes(avatar) === true)
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
