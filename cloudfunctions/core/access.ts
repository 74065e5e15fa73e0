// Who is asking: WeChat's word, checked against a token or a code, before anything is done.
import { type Deadline, withinDeadline } from './deadline'
import { Refusal } from './errors'
import { openidIdentity } from './identities'
import type { Caller, Clock, Cloud, CloudApi, Environment, Opened, Random, Stores, Weixin } from './ports'
import type { SessionRecord, Transport, UserRecord } from './records'
import type { Request } from './requests'
import { createSealing } from './sealing'
import type { Secret } from './secret'
import { authenticate, isSlideDue, slide } from './sessions'
import { signIn } from './sign-in'
import { livingUser } from './users'

export interface AccessPorts {
  clock: Clock
  random: Random
  environment: Environment
  weixin: Weixin
  cloud: Cloud
}

export interface Access {
  session: SessionRecord
  stores: Stores
  /** Present when WeChat's context says who is calling. */
  api?: CloudApi
  /** Read when there is something to hand out: after a sign-in, or when the session was prolonged. */
  user?: UserRecord
  /** To be handed out again with its new term; absent when nothing about the session changed. */
  granted?: Secret
}

const open = (cloud: Cloud, deadline: Deadline): Opened => {
  deadline.check()
  const { stores, ...rest } = cloud.open()
  return {
    ...rest,
    stores: {
      sessions: withinDeadline(stores.sessions, deadline),
      identities: withinDeadline(stores.identities, deadline),
      users: withinDeadline(stores.users, deadline),
      phones: withinDeadline(stores.phones, deadline),
      counters: withinDeadline(stores.counters, deadline),
      redemptions: withinDeadline(stores.redemptions, deadline),
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

/** By a session of ours. SESSION_EXPIRED when it does not hold, USER_CHANGED when it is not whom the caller expected. */
export const accessByToken = async (
  { clock, environment, cloud }: AccessPorts,
  deadline: Deadline,
  transport: Transport,
  { token, expectUser }: Request & { token: Secret },
): Promise<Access> => {
  const { caller, ...opened } = open(cloud, deadline)
  const { stores } = opened
  const identity = identityOf(caller, environment.appidIfSet())
  const { sessions, users } = stores
  const session = await authenticate({ clock, sessions }, token, { identity, transport })
  if (expectUser !== undefined && session.userId !== expectUser) {
    throw new Refusal('USER_CHANGED', 'the session is not that of the expected user')
  }
  if (!isSlideDue(session, clock.now())) return { session, ...opened }
  const slid = await slide({ clock, sessions }, { days: environment.sessionDays() }, session)
  return { session: slid, ...opened, user: await livingUser(users, session.userId), granted: token }
}

/** By a fresh login code, which is spent. Nothing is written before WeChat's two answers name the same person. */
export const accessByCode = async (
  { clock, random, environment, weixin, cloud }: AccessPorts,
  deadline: Deadline,
  transport: Transport,
  { code, device, expectUser }: Request & { code: Secret },
): Promise<Access> => {
  // All that configuration can spoil comes before the code is spent.
  const appid = environment.appid()
  const sealing = createSealing({ random, keyring: environment.keyring() })
  const days = environment.sessionDays()

  const arrive = () => {
    const { caller, ...opened } = open(cloud, deadline)
    return { caller, opened, identity: identityOf(caller, appid) }
  }
  deadline.check()
  // Warm, whoever may not call is refused before the code is spent. On a cold start the cloud takes 180 ms of blocking
  // work to load: there the request goes first, and WeChat answers meanwhile.
  const known = cloud.warm() ? arrive() : undefined
  const exchangedAt = clock.now()
  const exchange = weixin.code2Session(code, deadline.signal)
  exchange.answer.catch(() => undefined) // a refusal further down may come first
  await deadline.wait(exchange.sent)
  const { caller, opened, identity } = known ?? arrive()
  const { stores } = opened
  const { openid, unionid = caller.unionid, sessionKey } = await deadline.wait(exchange.answer)
  if (identity === undefined || openid !== caller.openid) {
    throw new Refusal('DATA_MISMATCH', 'the code is not of the person who calls')
  }
  const { token, session, user } = await signIn(
    { clock, random, stores, sealing },
    { days },
    {
      identity,
      sessionKey,
      exchangedAt,
      transport,
      ...(unionid !== undefined && { unionid }),
      ...(device && { device }),
      ...(expectUser !== undefined && { expectUser }),
    },
  )
  return { session, ...opened, user, granted: token }
}
