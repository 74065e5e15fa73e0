// The sign-in: from what WeChat said about a code to a user and a session, whoever else does the same at once.
import type { DeviceInfo } from '../../typings/contract'
import { both } from './deadline'
import { deleteUser } from './deletion'
import { keepTen } from './devices'
import { Refusal } from './errors'
import { addSurely, type Claimed, claim, keepKey, keyPlace, unionidIdentity } from './identities'
import { openidOf } from './openids'
import type { Clock, Random, Storage } from './ports'
import type { IdentityRecord, SessionRecord, Transport, UserRecord } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'
import { mintSession, type SessionOptions, signedOut } from './sessions'
import type { Stores } from './stores'
import { isAlive } from './users'

export interface SignInPorts {
  clock: Clock
  random: Random
  stores: Stores
  storage: Storage
  sealing: Sealing
}

/** Who is signing in; WeChat vouches for all of it but the device and the expectation. */
export interface Arrival {
  /** The `o:` identity. */
  identity: string
  /** What the identity is the hash of. */
  openid: Secret
  unionid?: string
  sessionKey: Secret
  /** When the exchange of the code began. */
  exchangedAt: number
  transport: Transport
  device?: DeviceInfo
  /** USER_CHANGED, before anything is written, when the identity is not this user's. */
  expectUser?: string
}

export interface SignedIn {
  token: Secret
  session: SessionRecord
  user: UserRecord
}

/** Whom the arrival turned out to be, and what this attempt wrote to find out. */
interface Found {
  userId: string
  /** The `u:` identity, when it points to this user. */
  union: string | undefined
  /** The identity as it was before; undefined when it was claimed just now. */
  known: IdentityRecord | undefined
  /** Claims this attempt made. */
  claims: string[]
  /** Whether this attempt made the user's document. */
  made: boolean
  /** Sessions of this device that were marked as ended before anything was written. */
  marks: string[]
}

const USER_ID_BYTES = 16

/**
 * Signs in. Whoever adds a session writes first, then reads the user again and takes everything back when a deletion
 * came in between; then it starts over once, as a new person.
 */
export const signIn = async (ports: SignInPorts, options: SessionOptions, who: Arrival): Promise<SignedIn> => {
  let signedIn = await attempt(ports, options, who, false)
  if (signedIn === undefined) {
    await finishDeletion(ports, who)
    signedIn = await attempt(ports, options, who, true)
  }
  if (signedIn === undefined) throw new Refusal('INTERNAL', 'the account is being deleted: try again in a moment')
  return signedIn
}

/**
 * An account that died while it was being deleted is deleted now: nobody waits for housekeeping to sign in anew. Claims
 * that joined a user who is gone, and that the deletion did not see, go as well.
 */
const finishDeletion = async (ports: SignInPorts, { identity, unionid }: Arrival): Promise<void> => {
  const { identities, users } = ports.stores
  const ids = [identity, ...(unionid === undefined ? [] : [unionidIdentity(unionid)])]
  const claims = (await Promise.all(ids.map((id) => identities.find(id)))).filter((claim) => claim !== undefined)
  for (const userId of new Set(claims.map((claim) => claim.userId))) {
    const user = await users.find(userId)
    const theirs = claims.filter((claim) => claim.userId === userId)
    if (user !== undefined && !isAlive(user)) await deleteUser(ports, userId)
    else if (user === undefined && theirs.every(({ joins }) => joins)) {
      for (const { id } of theirs) await identities.release(id, userId)
    }
  }
}

/** Undefined when a deletion came in between. `ensure`: an identity whose user was promised and not made gets one. */
const attempt = async (ports: SignInPorts, options: SessionOptions, who: Arrival, ensure: boolean) => {
  const { sessions, users } = ports.stores
  const found = await identify(ports, who, ensure)
  if (found === undefined) return undefined
  const { identity, transport, device } = who
  const whose = { userId: found.userId, identity, transport, ...(device && { device }) }
  const { token, session } = mintSession(ports, options, whose)
  const [, held] = await both(
    addSurely(
      () => sessions.add(session),
      () => sessions.find(session.id),
    ),
    stillHolds(ports, who, found),
  )
  if (!held) return takeBack(ports, session, found, found.made)
  // Asked again before the marks go: whoever was signed out from elsewhere meanwhile is so for good. A claim that was made
  // on the way stays: it is true, and another mini-program may rely on it already.
  if ((await ofThisDevice(ports, who)).some((other) => other.id !== session.id && isNewMark(other, found.marks))) {
    await sessions.remove(session.id)
    throw signedOut()
  }
  const [user] = await both(
    users.find(found.userId),
    both(device ? sessions.removeEarlier(session) : Promise.resolve(0), keepTen(sessions, session, ports.clock.now())),
  )
  if (!isAlive(user)) return takeBack(ports, session, found, false)
  return { token, session, user: await linked(ports, user, found.union) }
}

/**
 * The sessions that tell whether this device was signed out from another one. A tap expects nobody, so it signs in and
 * asks nothing; a renewal that nobody asked for does not, or a phone that was just signed out would sign itself in again
 * at its next launch.
 */
const ofThisDevice = async ({ clock, stores }: SignInPorts, { expectUser, device }: Arrival) => {
  if (expectUser === undefined || device === undefined) return []
  const now = clock.now()
  return (await stores.sessions.ofDevice(expectUser, device.id)).filter(({ expiresAt }) => now < expiresAt)
}

const isMark = ({ revokedAt }: SessionRecord): boolean => revokedAt !== undefined

const isNewMark = (session: SessionRecord, known: string[]): boolean => isMark(session) && !known.includes(session.id)

const identify = async (ports: SignInPorts, who: Arrival, ensure: boolean): Promise<Found | undefined> => {
  const { identities } = ports.stores
  const unionId = who.unionid === undefined ? undefined : unionidIdentity(who.unionid)
  const [[known, union], own] = await both(
    both(identities.find(who.identity), unionId === undefined ? Promise.resolve(undefined) : identities.find(unionId)),
    ofThisDevice(ports, who),
  )
  if (who.expectUser !== undefined && known?.userId !== who.expectUser) {
    throw new Refusal('USER_CHANGED', 'another person is signed in to WeChat here: nothing was done in their name')
  }
  // A mark that a later tap left standing beside a living session says nothing any more.
  if (own.length > 0 && own.every(isMark)) throw signedOut()
  const userId = known?.userId ?? union?.userId ?? ports.random.bytes(USER_ID_BYTES).toString('hex')
  // The unionid's claim comes first: who wins it decides the user for all mini-programs of the account.
  const place = known === undefined && union === undefined ? {} : { joins: true as const }
  const shared = unionId === undefined ? undefined : await claimed(ports, union, { id: unionId, userId, ...place })
  if (unionId !== undefined && shared === undefined) return undefined
  const mine = known ?? {
    id: who.identity,
    userId: shared?.identity.userId ?? userId,
    ...(shared && { joins: true as const }),
    key: sealedKey(ports, who),
    openid: sealedOpenid(ports, who),
  }
  const held = await claimed(ports, known, mine)
  if (held === undefined) return undefined
  const { userId: winner } = held.identity
  const found = {
    userId: winner,
    union: shared?.identity.userId === winner ? unionId : undefined,
    // A claim that somebody else won a moment ago is known as well: their key may not be ours.
    known: held.mine ? undefined : held.identity,
    claims: [shared, held].flatMap((one) => (one?.mine ? [one.identity.id] : [])),
    marks: own.filter(isMark).map(({ id }) => id),
  }
  const isPromised = [shared, held].some((one) => one?.identity.userId === winner && !one.identity.joins)
  return { ...found, made: isPromised && (!known || ensure) ? await madeUser(ports, found) : false }
}

const claimed = async (
  { clock, stores }: SignInPorts,
  standing: IdentityRecord | undefined,
  wanted: Omit<IdentityRecord, 'createdAt'>,
): Promise<Claimed | undefined> =>
  standing ? { identity: standing, mine: false } : claim(stores.identities, { ...wanted, createdAt: clock.now() })

const sealedKey = ({ sealing }: SignInPorts, { identity, sessionKey, exchangedAt }: Arrival) => ({
  sealed: sealing.seal(sessionKey, keyPlace(identity, 'key')),
  at: exchangedAt,
})

const sealedOpenid = ({ sealing }: SignInPorts, { identity, openid }: Arrival) =>
  sealing.seal(openid, keyPlace(identity, 'openid'))

const madeUser = async ({ clock, stores }: SignInPorts, { userId, union }: Pick<Found, 'userId' | 'union'>) => {
  const user: UserRecord = { id: userId, createdAt: clock.now(), ...(union !== undefined && { union }) }
  const added = await addSurely(
    () => stores.users.add(user),
    () => stores.users.find(userId),
  )
  return added.outcome === 'added'
}

/** Whether the claims still stand after what was written on the strength of them; keeps the session_key on the way. */
const stillHolds = async (ports: SignInPorts, who: Arrival, found: Found): Promise<boolean> => {
  const { identities } = ports.stores
  if (
    found.known &&
    !(await keepKey({ identities, sealing: ports.sealing }, found.known, who.sessionKey, who.exchangedAt))
  )
    return false
  // Made before openids were kept, or sealed with a key since retired: a login heals that.
  if (found.known && openidOf(ports.sealing, found.known) === undefined) {
    await identities.keepOpenid(who.identity, found.userId, sealedOpenid(ports, who))
  }
  if (!found.made) return true
  const ids = found.union === undefined ? [who.identity] : [who.identity, found.union]
  const now = await Promise.all(ids.map((id) => identities.find(id)))
  return now.every((identity) => identity?.userId === found.userId)
}

/** The user's document is removed only when it was made on claims that fell: nobody else can be relying on it. */
const takeBack = async (ports: SignInPorts, session: SessionRecord, found: Found, withUser: boolean) => {
  const { sessions, identities, users } = ports.stores
  await sessions.remove(session.id)
  for (const id of found.claims) await identities.release(id, found.userId)
  if (withUser) await users.remove(found.userId)
  return undefined
}

/** Notes on the user that the unionid's claim points here, so that telling so costs no read. */
const linked = async ({ stores }: SignInPorts, user: UserRecord, union: string | undefined): Promise<UserRecord> => {
  if (union === undefined || user.union === union) return user
  await stores.users.link(user.id, union)
  return { ...user, union }
}
