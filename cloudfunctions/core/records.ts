// What is stored: the documents of the collections, as core sees them. Times are milliseconds since 1970.
import type { DeviceInfo } from '../../typings/contract'

/** The way in. A session is bound to the one it was made on. */
export type Transport = 'cloud' | 'https'

export interface SessionRecord {
  /** Hex SHA-256 of the token; the token itself is stored nowhere. */
  id: string
  userId: string
  /** The `o:` identity that signed in. */
  identity: string
  transport: Transport
  device?: DeviceInfo
  createdAt: number
  lastSeenAt: number
  /** Slides with use. */
  expiresAt: number
  /** Never slides. */
  endsAt: number
}

/** A session_key at rest. */
export interface SealedKey {
  sealed: string
  /** Of the current key: when it was learned. Of the previous one: when it was replaced. */
  at: number
}

/** A claim: who holds this openid (`o:`) or this unionid (`u:`). Only `o:` has keys. */
export interface IdentityRecord {
  id: string
  userId: string
  createdAt: number
  key?: SealedKey
  previousKey?: SealedKey
}

export interface UserRecord {
  /** Random. */
  id: string
  createdAt: number
  /** The `u:` identity that points here, when this person is known across mini-programs. */
  union?: string
  /** Set while the account is being deleted: nobody may write in its name any more. */
  deletedAt?: number
}
