// Who is asking: WeChat's word, checked against a token or a code, before anything is done.
import { type Deadline, withinDeadline } from './deadline'
import { Refusal } from './errors'
import { openidIdentity } from './identities'
import { createLimits, type Limits, UNLIMITED } from './limits'
import type { Caller, Clock, Cloud, CloudApi, Environment, Opened, Random, Storage, Weixin } from './ports'
import type { SessionRecord, Transport, UserRecord } from './records'
import type { Request } from './requests'
import { createSealing } from './sealing'
import { createSecret, type Secret } from './secret'
import { authenticate, isSlideDue, slide } from './sessions'
import { signIn } from './sign-in'
import { isClientSource } from './sources'
import type { Stores } from './stores'
import { livingUser } from './users'

export interface AccessPorts {
  clock: Clock
  random: Random
  environment: Environment
  weixin: Weixin
  cloud: Cloud
}

/** The way in, which deployment decides, and what the gateway in front of it says. */
export interface WayIn {
  transport: Transport
  /** Where the connection came from; absent over the cloud. */
  address?: string
}

export interface Access {
  session: SessionRecord
  stores: Stores
  storage: Storage
  /** Present when WeChat's context says who is calling. */
  api?: CloudApi
  caller: Caller
  /** Read when there is something to hand out: after a sign-in, or when the session was prolonged. */
  user?: UserRecord
  /** What else this caller may do so often, on this way in. */
  limits: Limits
  /** To be handed out again with its new term; absent when nothing about the session changed. */
  granted?: Secret
}

/** The cloud, under the deadline of this request. */
export const open = (cloud: Cloud, deadline: Deadline): Opened => {
  deadline.check()
  const { stores, storage, ...rest } = cloud.open(deadline.check)
  return {
    ...rest,
    storage: withinDeadline(storage, deadline),
    stores: {
      sessions: withinDeadline(stores.sessions, deadline),
      identities: withinDeadline(stores.identities, deadline),
      users: withinDeadline(stores.users, deadline),
      phones: withinDeadline(stores.phones, deadline),
      counters: withinDeadline(stores.counters, deadline),
      redemptions: withinDeadline(stores.redemptions, deadline),
      pushNonces: withinDeadline(stores.pushNonces, deadline),
      uploads: withinDeadline(stores.uploads, deadline),
      mediaChecks: withinDeadline(stores.mediaChecks, deadline),
      deletionProofs: withinDeadline(stores.deletionProofs, deadline),
    },
  }
}

/** The identity of the caller; undefined when nobody with an openid is calling. */
const identityOf = ({ appid, openid, fromOpenid }: Caller, expected: string | undefined): string | undefined => {
  if (fromOpenid !== undefined) {
    throw new Refusal('NOT_PERMITTED', 'calls from another mini-program that shares the environment are not served')
  }
  if (openid === undefined || appid === undefined) return undefined
  if (expected !== undefined && appid !== expected) {
    throw new Refusal('MISCONFIGURED', `WEIXIN_APPID is ${expected}, but the mini-program that calls is ${appid}`)
  }
  return openidIdentity(appid, openid)
}

/**
 * The function `https` is for HTTP access, where no client of WeChat's is ever behind a call: an event that looks like
 * a request but comes by callFunction is refused, whatever its headers say.
 */
export const refuseClients = ({ openid, source }: Caller): void => {
  if (openid === undefined && !isClientSource(source)) return
  throw new Refusal('NOT_PERMITTED', 'this function is served by HTTP access, not by callFunction')
}

/** Over the cloud WeChat knows its callers and limits them; over https anybody on the internet may try. */
const limitsOf = ({ clock, environment }: AccessPorts, { counters }: Stores, { transport, address }: WayIn): Limits =>
  transport === 'cloud'
    ? UNLIMITED
    : createLimits({ clock, counters, key: environment.indexKey }, address === undefined ? {} : { address })

/** By a session of ours. SESSION_EXPIRED when it does not hold, USER_CHANGED when it is not whom the caller expected. */
export const accessByToken = async (
  ports: AccessPorts,
  deadline: Deadline,
  way: WayIn,
  { token, expectUser }: Request & { token: Secret },
): Promise<Access> => {
  const { clock, environment, cloud } = ports
  const { transport } = way
  const opened = open(cloud, deadline)
  const { caller, stores } = opened
  if (transport === 'https') refuseClients(caller)
  const limits = limitsOf(ports, stores, way)
  const identity = identityOf(caller, environment.appidIfSet())
  const { sessions, users } = stores
  const session = await authenticate({ clock, sessions }, token, { identity, transport }).catch(async (failure) => {
    if (failure instanceof Refusal && failure.code === 'SESSION_EXPIRED') await limits.ofAddress('refused')
    throw failure
  })
  if (expectUser !== undefined && session.userId !== expectUser) {
    throw new Refusal('USER_CHANGED', 'the session is not that of the expected user')
  }
  if (!isSlideDue(session, clock.now())) return { session, ...opened, limits }
  const slid = await slide({ clock, sessions }, { days: environment.sessionDays() }, session)
  return { session: slid, ...opened, limits, user: await livingUser(users, session.userId), granted: token }
}

/** By a fresh login code, which is spent. Nothing is written before WeChat's two answers name the same person. */
export const accessByCode = async (
  ports: AccessPorts,
  deadline: Deadline,
  way: WayIn,
  { code, device, expectUser }: Request & { code: Secret },
): Promise<Access> => {
  const { clock, random, environment, weixin, cloud } = ports
  const { transport } = way
  // All that configuration can spoil comes before the code is spent.
  const appid = environment.appid()
  const sealing = createSealing({ random, keyring: environment.keyring() })
  const days = environment.sessionDays()

  const arrive = () => {
    const opened = open(cloud, deadline)
    const { caller } = opened
    if (transport === 'https') refuseClients(caller)
    return { caller, opened, identity: identityOf(caller, appid), limits: limitsOf(ports, opened.stores, way) }
  }
  deadline.check()
  // Warm, whoever may not call is refused before the code is spent. On a cold start the cloud takes 180 ms of blocking
  // work to load: there the request goes first, and WeChat answers meanwhile. Over https it has to be counted before.
  const known = transport === 'https' || cloud.warm() ? arrive() : undefined
  await known?.limits.ofAddress('login')
  const exchangedAt = clock.now()
  const exchange = weixin.code2Session(code, deadline.signal)
  exchange.answer.catch(() => undefined) // a refusal further down may come first
  await deadline.wait(exchange.sent)
  const arrived = known ?? arrive()
  const { caller, opened, limits } = arrived
  const { stores } = opened
  const exchanged = await deadline.wait(exchange.answer)
  const { openid, sessionKey } = exchanged
  // Over https the code is all that says who it is; over the cloud WeChat says it twice.
  const identity = transport === 'https' ? openidIdentity(appid, openid) : arrived.identity
  const unionid = exchanged.unionid ?? (transport === 'https' ? undefined : caller.unionid)
  if (identity === undefined || (transport === 'cloud' && openid !== caller.openid)) {
    throw new Refusal('DATA_MISMATCH', 'the code is not of the person who calls')
  }
  await limits.ofUser('login', identity)
  const { token, session, user } = await signIn(
    { clock, random, stores, storage: opened.storage, sealing },
    { days },
    {
      identity,
      openid: createSecret('openid', openid),
      sessionKey,
      exchangedAt,
      transport,
      ...(unionid !== undefined && { unionid }),
      ...(device && { device }),
      ...(expectUser !== undefined && { expectUser }),
    },
  )
  return { session, ...opened, limits, user, granted: token }
}

/**
 * By a session of ours and, beside it, a fresh login code that says the same person is holding the phone right now. No
 * session comes of the code. DATA_MISMATCH when it is somebody else's.
 */
export const accessByBoth = async (
  ports: AccessPorts,
  deadline: Deadline,
  way: WayIn,
  { token, code, ...request }: Request & { token: Secret; code: Secret },
): Promise<Access> => {
  const appid = ports.environment.appid()
  const { granted: _toWhom, ...access } = await accessByToken(ports, deadline, way, { ...request, token })
  await access.limits.ofAddress('login')
  await access.limits.ofUser('login', access.session.identity)
  const exchange = ports.weixin.code2Session(code, deadline.signal)
  const { openid } = await deadline.wait(exchange.answer)
  if (openidIdentity(appid, openid) !== access.session.identity) {
    throw new Refusal('DATA_MISMATCH', 'the code is not of the person who is signed in')
  }
  return access
}
