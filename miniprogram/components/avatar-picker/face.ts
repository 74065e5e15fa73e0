// The picture of a user, as far as a reply tells: whether there is one, and which.
import type { User } from '../../auth/index'

/** By the state, not by the address: over HTTPS that one is missing when the storage is busy. */
export const hasPicture = ({ avatarState }: User): boolean => avatarState !== undefined && avatarState !== 'rejected'

/** Over HTTPS the rest of an address is another one each time; undefined when there is none for once. */
const fileOf = ({ avatarUrl }: User): string | undefined => avatarUrl?.split(/[?#]/)[0]?.split('/').pop()

/** A face that is taken anew lies in a new file, even when it is the same. */
export const isSameProfile = (before: User, now: User): boolean => {
  if (before.nickname !== now.nickname || hasPicture(before) !== hasPicture(now)) return false
  const [old, file] = [fileOf(before), fileOf(now)]
  return old === undefined || file === undefined || old === file
}
