// What is stored: the documents of the collections, as core sees them. Times are milliseconds since 1970.
import type { DeviceInfo, PictureType } from '../../typings/contract'

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
  /** Ended from another device: kept until its expiry, so that this one can be told why. */
  revokedAt?: number
}

/** What ending a session from another device writes on it. */
export type SessionMark = Required<Pick<SessionRecord, 'revokedAt' | 'expiresAt'>>

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
  /**
   * Claimed for a user whom an earlier claim had promised. Only that first one may make the user's document: it is there
   * before the user is, so a deletion finds it, and an id that was deleted never comes back.
   */
  joins?: true
  key?: SealedKey
  previousKey?: SealedKey
  /** The openid at rest, for WeChat's checks when no cloud says who is calling. Only on `o:`. */
  openid?: string
}

export interface UserRecord {
  /** Random. */
  id: string
  createdAt: number
  /** The `u:` identity that points here, when this person is known across mini-programs. */
  union?: string
  /** Set while the account is being deleted: nobody may write in its name any more. */
  deletedAt?: number
  /** What will be left of a deletion under way: the id of its proof, random, and of no use once this record is gone. */
  proof?: string
  phone?: UserPhone
  nickname?: string
  /** When the name was saved; absent on one from before this was written down. */
  nicknameAt?: number
  avatar?: UserAvatar
  /** WeChat rejected the last picture: it is gone, and the user may be told so. */
  avatarRejected?: true
  /** The attempt to bind that lost its claim to another user while it might still have been writing. */
  barred?: string
}

/** The user's side of a bound number: a claim counts only while this points to it. */
export interface UserPhone {
  /** Id of the claim. */
  claim: string
  /** Who wrote this: random, one per attempt to bind. */
  attempt: string
  /** The number, at rest. */
  sealed: string
  masked: string
  countryCode: string
  boundAt: number
}

/** The picture a user chose. */
export interface UserAvatar {
  /** The path that was issued for it, or that of its copy; also what a verdict or a later save compares with. */
  path: string
  fileID: string
  /** Others may see it only when it passed. */
  state: 'checking' | 'passed'
  /** When it was saved, whatever became of it since; absent on one from before this was written down. */
  savedAt?: number
}

/** A path for a picture, issued or of a copy: written down before a byte of it exists, until the file is erased. */
export interface UploadRecord {
  /** `upload:` and the random part of the path. */
  id: string
  /** Absent when it is doomed: then it is nobody's. */
  userId?: string
  path: string
  /** What was announced: the bytes have to be of this type. */
  type: PictureType
  /**
   * `issued`: may be filled and saved. `saved`: a user's avatar, or a copy that is being judged. `doomed`: to be erased by
   * whoever finds it.
   */
  state: 'issued' | 'saved' | 'doomed'
  createdAt: number
  /** When our own hand began to write the bytes: once, so that what was looked at is not written over. */
  filledAt?: number
  /** No client was told the path before our own hand wrote the bytes: none may write over them. */
  ours?: true
  /** After this an issued path may not be saved any more, and housekeeping looks after it whatever its state. */
  expiresAt: number
}

/** A picture that WeChat was asked to check. */
export interface MediaCheckRecord {
  /** `mediaCheck:` and WeChat's trace_id; `mediaCheck:unasked:` and the random part of the path while none is known. */
  id: string
  userId: string
  /** What was saved. */
  path: string
  /** What WeChat looks at, and what is shown when it passes; absent when that is the saved one itself. */
  copy?: string
  /** Whose WeChat is asked: it knows the person by that openid. Absent when it was not written down yet: anybody's. */
  appid?: string
  /** How often the same picture was asked for. */
  attempts: number
  /** After this no verdict is to be expected any more: housekeeping asks again. */
  expiresAt: number
}

/** A claim on a number, under a blind index of it. One number is one user's. */
export interface PhoneClaimRecord {
  /** Hex HMAC-SHA-256 of the number. */
  id: string
  /** Id of the user. */
  owner: string
  /** Who wrote this: random, one per attempt to bind. */
  attempt: string
  /** While the owner's record may not point here yet: when whoever is writing it has stopped for certain. */
  until?: number
}

/** What became of a phone code: so that it is spent once, and its number remembered for those who ask again. */
export interface RedemptionRecord {
  /** `phoneCode:` and the hex SHA-256 of the code. */
  id: string
  /** The `o:` identity that brought the code: nobody else is answered from here. */
  identity: string
  /** Who wrote this: random, one per attempt to spend. */
  attempt: string
  /** When whoever is spending has stopped for certain. */
  until: number
  /** The number, at rest; absent while nobody knows it. */
  sealed?: string
  expiresAt: number
}
