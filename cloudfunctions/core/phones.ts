// Phone numbers and users: one number is one user's, as claims that the database decides.
import { createHmac } from 'node:crypto'
import { Refusal, sessionExpired } from './errors'
import { addSurely } from './identities'
import { maskedNumber, type PhoneNumber, spelled } from './phone-number'
import type { Clock, Random } from './ports'
import type { PhoneClaimRecord, UserPhone, UserRecord } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'
import { isSince } from './since'
import type { PhoneStore, UserStore } from './stores'
import { isAlive, livingUser } from './users'

export interface PhonePorts {
  clock: Clock
  random: Random
  phones: PhoneStore
  users: UserStore
  sealing: Sealing
  indexKey: Secret
  /** When this request has stopped for certain. */
  endsAt: number
}

const ATTEMPT_BYTES = 16
const ROUNDS = 5 // each is lost to another writer of the same user or number: three in a row is rare

/**
 * Blind, so that a stolen database tells no numbers: without the key it cannot be guessed through. It does not change
 * with the sealing keys, so a claim is found however the number beside it was sealed.
 */
const claimId = (indexKey: Secret, number: PhoneNumber): string =>
  createHmac('sha256', Buffer.from(indexKey.reveal(), 'base64')).update(spelled(number).reveal()).digest('hex')

export const phonePlace = (userId: string) => ({ collection: 'users', id: userId, field: 'phone' })

const taken = () => new Refusal('PHONE_TAKEN', 'the number is bound to another account')

/**
 * Binds the number to the user and answers with the user. PHONE_TAKEN when a living user has it, unless `takeOver`.
 *
 * The order is claim, then pointer, then settle; a claim counts only while its owner's record points to it. Whoever
 * dies in between leaves a claim that counts for nothing once its writer's time is up: the next one replaces it. A
 * number that moves loses its old owner's pointer first, so at no moment it is two users', and a death in between
 * leaves it nobody's: the new owner asks once more.
 */
export const bindPhone = async (
  ports: PhonePorts,
  userId: string,
  number: PhoneNumber,
  { takeOver = false }: { takeOver?: boolean } = {},
): Promise<UserRecord> => {
  const { phones, users } = ports
  const id = claimId(ports.indexKey, number)
  const attempt = ports.random.bytes(ATTEMPT_BYTES).toString('hex')
  for (let round = 0; round < ROUNDS; round++) {
    const user = await users.find(userId)
    if (!isAlive(user)) throw await gone(ports, { id, attempt }, userId)
    if (user.phone?.claim === id) {
      if (await stands(phones, user.phone, userId)) return user
      await users.unpoint(userId, user.phone.attempt) // its claim is another's: somebody died before looking
      continue
    }
    const claim = { id, owner: userId, attempt, until: ports.endsAt }
    if (!(await claimed(ports, claim, takeOver))) continue
    if (!(await pointed(ports, user, phoneOf(ports, claim, number)))) continue
    const bound = await settled(ports, claim, user.phone)
    if (bound) return bound
  }
  await phones.takeBack(id, attempt)
  throw new Refusal('WECHAT_BUSY', 'the number was being bound by others at the same time: try again')
}

/** Whether the claim is this user's; it is made the pointer's own, so that whoever removes the one finds the other. */
const stands = async (phones: PhoneStore, { claim: id, attempt }: UserPhone, owner: string): Promise<boolean> => {
  const standing = await phones.find(id)
  if (standing?.owner !== owner) return false
  if (standing.attempt !== attempt) await phones.replace({ id, owner, attempt }, standing.attempt)
  return true
}

/**
 * Removes whatever number is bound, unless that was done since `at`; the pointer first, because a claim without one
 * counts for nothing.
 */
export const removePhone = async (
  { phones, users }: { phones: PhoneStore; users: UserStore },
  userId: string,
  { at = Number.POSITIVE_INFINITY }: { at?: number } = {},
): Promise<UserRecord> => {
  for (let round = 0; round < ROUNDS; round++) {
    const user = await livingUser(users, userId)
    const { phone, ...rest } = user
    if (phone === undefined || isSince(phone.boundAt, at)) return user
    if (!(await users.unpoint(userId, phone.attempt))) continue
    await phones.takeBack(phone.claim, phone.attempt)
    return rest
  }
  throw new Refusal('WECHAT_BUSY', 'the number was being changed at the same time: try again')
}

/**
 * Ends a claim whose writer died long ago: settled when its owner points to it, else taken back, and its writer barred
 * first, so that a last write of theirs does not point to a number that is another's by then.
 */
export const settleClaim = async (
  { phones, users }: { phones: PhoneStore; users: UserStore },
  { id, owner, attempt }: PhoneClaimRecord,
): Promise<void> => {
  const user = await users.find(owner)
  if (user?.phone?.attempt === attempt) await phones.settle(id, attempt)
  else if (user === undefined || (await users.bar(owner, attempt))) await phones.takeBack(id, attempt)
}

const phoneOf = (
  { clock, sealing }: PhonePorts,
  { id, owner, attempt }: PhoneClaimRecord,
  number: PhoneNumber,
): UserPhone => ({
  claim: id,
  attempt,
  sealed: sealing.seal(spelled(number), phonePlace(owner)),
  masked: maskedNumber(number),
  countryCode: number.countryCode,
  boundAt: clock.now(),
})

/** Whether the claim is this attempt's now. False: something moved meanwhile, look again. */
const claimed = async (
  { clock, phones, users }: PhonePorts,
  claim: PhoneClaimRecord,
  takeOver: boolean,
): Promise<boolean> => {
  const added = await addSurely(
    () => phones.add(claim),
    () => phones.find(claim.id),
  )
  if (added.outcome === 'added') return true
  const standing = added.outcome === 'unclear' ? added.found : await phones.find(claim.id)
  if (standing === undefined) return false
  if (standing.attempt === claim.attempt) return true
  if (standing.owner !== claim.owner) {
    // Somebody is between claim and pointer at this very moment: theirs comes first.
    if (standing.until !== undefined && clock.now() < standing.until) throw taken()
    const holder = await users.find(standing.owner)
    if (isAlive(holder)) {
      if (holder.phone?.claim === claim.id) {
        if (!takeOver) throw taken()
        if (!(await users.unpoint(holder.id, holder.phone.attempt))) return false
      }
      // A write of somebody who died may still be under way: it must not land when the number is another's.
      if (!(await users.bar(holder.id, standing.attempt))) return false
    }
  }
  return phones.replace(claim, standing.attempt)
}

/** Whether the user points to the claim now. False: the user's record changed since it was read. */
const pointed = async ({ phones, users }: PhonePorts, user: UserRecord, phone: UserPhone): Promise<boolean> => {
  try {
    return await users.point(user.id, user.phone?.attempt, phone)
  } catch (failure) {
    // The answer may be lost and the write done. When even this look fails, the claim ends with its time.
    const now = await users.find(user.id)
    if (now?.phone?.attempt === phone.attempt) return true
    await phones.takeBack(phone.claim, phone.attempt)
    throw failure
  }
}

/** The user as bound; undefined when the claim was lost on the way and is free again. */
const settled = async (
  ports: PhonePorts,
  claim: PhoneClaimRecord,
  before: UserPhone | undefined,
): Promise<UserRecord | undefined> => {
  const { phones, users } = ports
  const holds = await phones.settle(claim.id, claim.attempt)
  // Writing comes first, looking second: a deletion that began in between has not seen what was written.
  const user = await users.find(claim.owner)
  if (!isAlive(user)) throw await gone(ports, claim, claim.owner)
  if (!holds) {
    const standing = await phones.find(claim.id)
    if (standing?.owner !== claim.owner) {
      await users.unpoint(claim.owner, claim.attempt)
      if (standing !== undefined) throw taken()
      return undefined
    }
  }
  if (before !== undefined) await phones.takeBack(before.claim, before.attempt)
  return user
}

/** Takes back what this attempt wrote for an account that is deleted meanwhile. */
const gone = async (
  { phones, users }: PhonePorts,
  { id, attempt }: Pick<PhoneClaimRecord, 'id' | 'attempt'>,
  userId: string,
): Promise<Refusal> => {
  await users.unpoint(userId, attempt)
  await phones.takeBack(id, attempt)
  return sessionExpired('the user is gone')
}
