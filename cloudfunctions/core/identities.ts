// Identities: which user an openid or a unionid belongs to, as claims that the database decides.
import { createHash } from 'node:crypto'
import { Refusal } from './errors'
import type { IdentityRecord, SealedKey } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'
import type { Added, IdentityStore } from './stores'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Derived, so that two who claim the same openid meet at one document; hashed, so that no openid is stored. */
export const openidIdentity = (appid: string, openid: string): string => `o:${sha256(JSON.stringify([appid, openid]))}`
export const unionidIdentity = (unionid: string): string => `u:${sha256(JSON.stringify([unionid]))}`

export const keyPlace = (id: string, field: 'key' | 'previousKey' | 'openid') => ({
  collection: 'identities',
  id,
  field,
})

/**
 * Adds, and when that fails for whatever reason lets the id decide: a lost answer may hide a write that happened.
 * Throws the failure of the add when nothing is there afterwards.
 */
export const addSurely = async <T>(
  add: () => Promise<Added>,
  find: () => Promise<T | undefined>,
): Promise<{ outcome: Added } | { outcome: 'unclear'; found: T }> => {
  try {
    return { outcome: await add() }
  } catch (failure) {
    const found = await find()
    if (found === undefined) throw failure
    return { outcome: 'unclear', found }
  }
}

export interface Claimed {
  identity: IdentityRecord
  /** Whether this very claim is in force, and not an earlier one. */
  mine: boolean
}

/** Claims an identity. Undefined when an earlier claim stood in the way and is gone again: start over. */
export const claim = async (identities: IdentityStore, wanted: IdentityRecord): Promise<Claimed | undefined> => {
  const added = await addSurely(
    () => identities.add(wanted),
    () => identities.find(wanted.id),
  )
  if (added.outcome === 'added') return { identity: wanted, mine: true }
  const identity = added.outcome === 'unclear' ? added.found : await identities.find(wanted.id)
  // A user id fresh from the dice can only be in there if this add did happen.
  return identity && { identity, mine: added.outcome === 'unclear' && sameClaim(identity, wanted) }
}

const sameClaim = (a: IdentityRecord, b: IdentityRecord) => a.userId === b.userId && a.key?.sealed === b.key?.sealed

const KEY_ATTEMPTS = 5 // WeChat has one valid key at a time, so even two attempts are rare

/**
 * Keeps a session_key with its identity, and the one it replaces for data sealed just before the rotation.
 * `at` is when the exchange began. False when the identity is gone or another's: the account was deleted meanwhile.
 */
export const keepKey = async (
  { identities, sealing }: { identities: IdentityStore; sealing: Sealing },
  known: IdentityRecord,
  sessionKey: Secret,
  at: number,
): Promise<boolean> => {
  let identity: IdentityRecord | undefined = known
  for (let attempt = 0; attempt < KEY_ATTEMPTS; attempt++) {
    const keys = nextKeys(sealing, identity, sessionKey, at)
    if (keys === undefined) return true
    if (await identities.replaceKeys(identity.id, identity.key?.sealed, keys)) return true
    identity = await identities.find(known.id)
    if (identity?.userId !== known.userId) return false
  }
  throw new Refusal('INTERNAL', 'the session_key could not be kept', { detail: 'compare-and-set lost every time' })
}

/** The keys to store next; undefined when the stored ones will do. */
const nextKeys = (
  sealing: Sealing,
  { id, key, previousKey }: IdentityRecord,
  sessionKey: Secret,
  at: number,
): { key: SealedKey; previousKey?: SealedKey } | undefined => {
  const open = (field: 'key' | 'previousKey', stored: SealedKey | undefined) => {
    if (stored === undefined) return undefined
    try {
      return sealing.open(stored.sealed, keyPlace(id, field), 'session_key')
    } catch {
      return undefined // sealed with a key since retired: a login heals that, it must not fail on it
    }
  }
  const seal = (field: 'key' | 'previousKey', secret: Secret, time: number) => ({
    sealed: sealing.seal(secret, keyPlace(id, field)),
    at: time,
  })
  const current = open('key', key)
  const mine = sessionKey.reveal()
  if (current?.reveal() === mine) return undefined
  if (current === undefined || key === undefined) return { key: seal('key', sessionKey, at) }
  if (key.at > at) {
    // Two logins at once, WeChat rotating between them: the later exchange holds the current key, ours is the previous.
    const kept = open('previousKey', previousKey)?.reveal() === mine
    return kept ? undefined : { key, previousKey: seal('previousKey', sessionKey, key.at) }
  }
  return { key: seal('key', sessionKey, at), previousKey: seal('previousKey', current, at) }
}
