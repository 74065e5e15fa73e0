// Users: the person behind the identities, as stored and as told to the client.
import type { User } from '../../typings/contract'
import { sessionExpired } from './errors'
import type { Storage, UserStore } from './ports'
import type { Transport, UserRecord } from './records'

/** Whether anything may still be done in this user's name. */
export const isAlive = (user: UserRecord | undefined): user is UserRecord =>
  user !== undefined && user.deletedAt === undefined

/** The user behind a session; SESSION_EXPIRED when the account is gone or going. */
export const livingUser = async (users: UserStore, id: string): Promise<UserRecord> => {
  const user = await users.find(id)
  if (!isAlive(user)) throw sessionExpired('the user is gone')
  return user
}

/** What the client may know. */
export const userOf = ({ id, createdAt, union, phone, nickname, avatar, avatarRejected }: UserRecord): User => ({
  id,
  ...(nickname !== undefined && { nickname }),
  ...(avatar && { avatarState: avatar.state, avatarUrl: avatar.fileID }),
  ...(avatarRejected && { avatarState: 'rejected' }),
  ...(phone && { phone: { masked: phone.masked, countryCode: phone.countryCode } }),
  unionLinked: union !== undefined,
  createdAt,
})

/**
 * The same, with a picture that this way in can show: the cloud's client understands a fileID, anybody else needs an
 * address. A picture that cannot be had now is left out: nothing fails for it.
 */
export const tellUser = async (
  { storage, transport }: { storage: Pick<Storage, 'urlOf'>; transport: Transport },
  user: UserRecord,
): Promise<User> => {
  if (user.avatar === undefined || transport === 'cloud') return userOf(user)
  const url = await storage.urlOf(user.avatar.fileID).catch(() => undefined)
  const { avatarUrl: _fileID, ...told } = userOf(user)
  return url === undefined ? told : { ...told, avatarUrl: url }
}

/** What other people may see, for a product's own calls: a picture only when WeChat let it pass. */
export const publicProfileOf = ({ nickname, avatar }: UserRecord): { nickname?: string; avatarFileID?: string } => ({
  ...(nickname !== undefined && { nickname }),
  ...(avatar?.state === 'passed' && { avatarFileID: avatar.fileID }),
})
