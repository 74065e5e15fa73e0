// Users: the person behind the identities, as stored and as told to the client.
import type { User } from '../../typings/contract'
import { within } from './deadline'
import { sessionExpired } from './errors'
import type { Clock, Storage } from './ports'
import type { Transport, UserRecord } from './records'
import type { UserStore } from './stores'

const PATIENCE_MS = 500

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
 * address. A picture that cannot be had soon is left out: no sign-in fails for a storage that hangs. One per request,
 * so that a picture is asked for once.
 */
export const createTeller = ({
  clock,
  storage,
  transport,
}: {
  clock: Clock
  storage: Pick<Storage, 'urlOf'>
  transport: Transport
}): ((user: UserRecord) => Promise<User>) => {
  const addresses = new Map<string, Promise<string | undefined>>()
  const addressOf = (fileID: string) => {
    const asked = addresses.get(fileID) ?? within(clock, PATIENCE_MS, storage.urlOf(fileID)).catch(() => undefined)
    addresses.set(fileID, asked)
    return asked
  }
  return async (user) => {
    if (user.avatar === undefined || transport === 'cloud') return userOf(user)
    const url = await addressOf(user.avatar.fileID)
    const { avatarUrl: _fileID, ...told } = userOf(user)
    return url === undefined ? told : { ...told, avatarUrl: url }
  }
}

/** What other people may see, for a product's own calls: a picture only when WeChat let it pass. */
export const publicProfileOf = ({ nickname, avatar }: UserRecord): { nickname?: string; avatarFileID?: string } => ({
  ...(nickname !== undefined && { nickname }),
  ...(avatar?.state === 'passed' && { avatarFileID: avatar.fileID }),
})
