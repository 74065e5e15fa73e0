// The stores of the core: what is asked of the database, in the core's words. Platform implements them.
import type {
  IdentityRecord,
  MediaCheckRecord,
  PhoneClaimRecord,
  RedemptionRecord,
  SealedKey,
  SessionMark,
  SessionRecord,
  UploadRecord,
  UserAvatar,
  UserPhone,
  UserRecord,
} from './records'

/** `exists`: a document with this id is there already; nothing was written. */
export type Added = 'added' | 'exists'

export interface SessionStore {
  find(id: string): Promise<SessionRecord | undefined>
  add(session: SessionRecord): Promise<Added>
  /**
   * Prolongs a session that was last seen at `seenAt` still. False when it is gone, marked, or prolonged by somebody else
   * meanwhile: a revoked one does not come back.
   */
  slide(id: string, seenAt: number, to: { lastSeenAt: number; expiresAt: number }): Promise<boolean>
  remove(id: string): Promise<void>
  /**
   * Removes the sessions of the same user and device that began before this one; says how many. Only earlier ones, so
   * that two logins at once cannot remove each other; one that is added late stays until the next login.
   */
  removeEarlier(session: SessionRecord): Promise<number>
  /** Those of the user that are not marked, also ones that are over. Marks are left out: they may be any number. */
  unmarked(userId: string): Promise<SessionRecord[]>
  /** All of the user on this device, marked ones too, also ones that are over. */
  ofDevice(userId: string, deviceId: string): Promise<SessionRecord[]>
  /** Marks it as ended from another device, if it is this user's and not marked yet. */
  revoke(id: string, userId: string, mark: SessionMark): Promise<boolean>
  /** Marks every session of the user but this one; says how many. */
  revokeOthers(userId: string, keep: string, mark: SessionMark): Promise<number>
  /** Removes all of the user; says how many. */
  removeAll(userId: string): Promise<number>
  /** Removes some of those that were over before `now`, `limit` at most; says how many. */
  removeExpired(now: number, limit: number): Promise<number>
}

export interface IdentityStore {
  find(id: string): Promise<IdentityRecord | undefined>
  add(identity: IdentityRecord): Promise<Added>
  /** Replaces the keys if the sealed text of the current one is still `expected`; false otherwise. */
  replaceKeys(
    id: string,
    expected: string | undefined,
    keys: { key: SealedKey; previousKey?: SealedKey },
  ): Promise<boolean>
  /** Keeps the sealed openid beside the claim if it is still this user's. */
  keepOpenid(id: string, userId: string, openid: string): Promise<boolean>
  /** All of this user: one `o:` per mini-program, and the `u:` that points here. */
  ofUser(userId: string): Promise<IdentityRecord[]>
  /** Removes the claim if it is still this user's. */
  release(id: string, userId: string): Promise<boolean>
}

export interface UserStore {
  find(id: string): Promise<UserRecord | undefined>
  add(user: UserRecord): Promise<Added>
  /** False when the user is gone. */
  link(id: string, union: string): Promise<boolean>
  /**
   * Points the user to a claimed number if the pointer is still the one that `expected` wrote (undefined: there is none)
   * and neither the attempt is barred nor the account being deleted; false otherwise.
   */
  point(id: string, expected: string | undefined, phone: UserPhone): Promise<boolean>
  /** Removes the pointer if it is still the one that this attempt wrote. */
  unpoint(id: string, attempt: string): Promise<boolean>
  /** From now on this attempt cannot write the pointer. False when it did already, or the user is gone. */
  bar(id: string, attempt: string): Promise<boolean>
  /**
   * Writes nickname and picture in one: what is absent stays, null removes. A picture is written or removed only if the
   * one before is still that of path `expected` (undefined: there is none), and where `named` is given, a name only if
   * the one before is still of that time. False otherwise, and when the account is gone or being deleted.
   */
  saveProfile(id: string, changes: ProfileWrite, expected: string | undefined, named?: Named): Promise<boolean>
  /**
   * WeChat's word on the picture of this path: it passed, and is the one at `copy` from now on if there is one; or it goes
   * and the user may be told. False when it is gone.
   */
  judgeAvatar(
    id: string,
    path: string,
    verdict: 'passed' | 'rejected',
    copy?: Pick<UserAvatar, 'path' | 'fileID'>,
  ): Promise<boolean>
  /**
   * From now on nobody may write in this name. Says the id of the proof that goes with the mark; undefined when the user
   * is gone. Marking twice keeps the first time and the first proof.
   */
  markDeleted(id: string, at: number, proof: string): Promise<string | undefined>
  /** Some whose deletion began and did not end, `limit` at most. */
  halfDeleted(limit: number): Promise<UserRecord[]>
  /** Whether it was there. */
  remove(id: string): Promise<boolean>
}

/** Absent: stays. Null: goes. */
export interface ProfileWrite {
  nickname?: string | null
  /** When the nickname is saved; goes with the nickname. */
  nicknameAt?: number
  avatar?: UserAvatar | null
}

/** The time on record of a name, if there is one. */
export type Named = Pick<UserRecord, 'nicknameAt'>

export interface PhoneStore {
  /** Claims that somebody should have settled before this time, the oldest first. */
  unsettled(before: number, limit: number): Promise<PhoneClaimRecord[]>
  find(id: string): Promise<PhoneClaimRecord | undefined>
  add(claim: PhoneClaimRecord): Promise<Added>
  /** Puts this claim in the place of the one that attempt `expected` wrote; false when that one is gone. */
  replace(claim: PhoneClaimRecord, expected: string): Promise<boolean>
  /** The owner points here now. False when the claim is no longer this attempt's. */
  settle(id: string, attempt: string): Promise<boolean>
  /** Removes the claim if it is still this attempt's. */
  takeBack(id: string, attempt: string): Promise<boolean>
  /** Removes every claim of this owner; says how many. */
  forget(owner: string): Promise<number>
}

export interface CounterStore {
  /** Counts one more, unless `limit` are counted: false then. However many ask at once, no more than `limit` get true. */
  take(id: string, limit: number, expiresAt: number): Promise<boolean>
  /** Counts one less. */
  giveBack(id: string): Promise<void>
  /** Removes some of those whose window ended before `now`, `limit` at most; says how many. */
  removeExpired(now: number, limit: number): Promise<number>
}

export interface RedemptionStore {
  find(id: string): Promise<RedemptionRecord | undefined>
  add(redemption: RedemptionRecord): Promise<Added>
  /** Puts this one in the place of the one that attempt `expected` wrote; false when that one is gone. */
  replace(redemption: RedemptionRecord, expected: string): Promise<boolean>
  /** Removes it if it is still this attempt's. */
  remove(id: string, attempt: string): Promise<boolean>
  /** Removes all that is remembered of an identity; says how many. */
  forget(identity: string): Promise<number>
  /** Removes some of those that were over before `now`, `limit` at most; says how many. */
  removeExpired(now: number, limit: number): Promise<number>
}

export interface UploadStore {
  find(id: string): Promise<UploadRecord | undefined>
  add(upload: UploadRecord): Promise<Added>
  /** Notes that the bytes are coming by our own hand. False when they came before, or the path is not `issued` any more. */
  fill(id: string, at: number): Promise<boolean>
  /** From one state to another with a new term; false when it is not in `from` any more. */
  move(id: string, from: UploadRecord['state'], to: UploadRecord['state'], expiresAt: number): Promise<boolean>
  /** Whatever its state: to be erased, due at once unless said, nobody's any more. False when it is gone. */
  doom(id: string, expiresAt: number): Promise<boolean>
  /** The user's, at most `limit`, in any order. */
  ofUser(userId: string, limit: number): Promise<UploadRecord[]>
  /** Those whose time is up, the oldest first. */
  due(now: number, limit: number): Promise<UploadRecord[]>
  remove(id: string): Promise<boolean>
}

export interface MediaCheckStore {
  find(id: string): Promise<MediaCheckRecord | undefined>
  add(check: MediaCheckRecord): Promise<Added>
  /** Puts off the next look and counts one more attempt; false when it is gone, or its time is not `expected` any more: somebody else took it. */
  putOff(id: string, expected: number, expiresAt: number): Promise<boolean>
  /** Those of this mini-program (undefined: of any) whose verdict is overdue, the oldest first. */
  due(now: number, limit: number, appid: string | undefined): Promise<MediaCheckRecord[]>
  remove(id: string): Promise<boolean>
  /** Removes all of a user; says how many. */
  forget(userId: string): Promise<number>
}

export interface PushNonceStore {
  /** Whether this push was dealt with before. */
  seen(id: string): Promise<boolean>
  add(id: string, expiresAt: number): Promise<Added>
  /** Removes some of those that were over before `now`, `limit` at most; says how many. */
  removeExpired(now: number, limit: number): Promise<number>
}

/** What is kept as proof: that an account was deleted, and when. Whose it was, nobody can tell. */
export interface DeletionProofStore {
  add(id: string, at: number): Promise<Added>
}

export interface Stores {
  sessions: SessionStore
  identities: IdentityStore
  users: UserStore
  phones: PhoneStore
  counters: CounterStore
  redemptions: RedemptionStore
  pushNonces: PushNonceStore
  uploads: UploadStore
  mediaChecks: MediaCheckStore
  deletionProofs: DeletionProofStore
}
