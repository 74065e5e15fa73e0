// Users: the person behind the identities, as stored and as told to the client.
import type { User } from '../../typings/contract'
import { sessionExpired } from './errors'
import type { UserStore } from './ports'
import type { UserRecord } from './records'

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
export const userOf = ({ id, createdAt, union, phone }: UserRecord): User => ({
  id,
  ...(phone && { phone: { masked: phone.masked, countryCode: phone.countryCode } }),
  unionLinked: union !== undefined,
  createdAt,
})
