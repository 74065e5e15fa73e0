// Serving: turns a table of calls into a function that always answers with an envelope.
import type { Policy, SessionGrant, User, WireError } from '../typings/contract'
import { type Access, type AccessPorts, accessByBoth, accessByCode, accessByToken, type WayIn } from './core/access'
import type { ServedCall } from './core/call'
import type { Deadline } from './core/deadline'
import { badRequest, type Refusal, remedyFor, sessionExpired } from './core/errors'
import { createOpenApi } from './core/open-api'
import { openidOf } from './core/openids'
import type { Log } from './core/ports'
import type { Transport, UserRecord } from './core/records'
import { parseRequest, type Request } from './core/requests'
import { createSealing } from './core/sealing'
import { createSecret, type Secret } from './core/secret'
import { secondsLeft } from './core/sessions'
import { createTeller, livingUser } from './core/users'
import { createFrame, type Trail } from './frame'

export interface ServePorts extends AccessPorts {
  log: Log
}

export interface ServeOptions {
  calls: Readonly<Record<string, ServedCall>>
  /** The way in, which deployment decides: no event can say otherwise. */
  transport: Transport
}

/** The contract's envelope, for whatever table of calls. */
export type Reply =
  | { ok: true; requestId: string; session?: SessionGrant; data: unknown }
  | { ok: false; requestId: string; session?: SessionGrant; error: WireError }

/** The session to hand out rides on whatever comes, also on a refusal. */
interface ServeTrail extends Trail {
  grant?: SessionGrant
}

/** `(event, context) => envelope`; it never throws and never rejects. */
export const createServe = (ports: ServePorts, { calls, transport }: ServeOptions) => {
  const { clock, random } = ports
  const frame = createFrame(ports)

  const accessOf = async (
    request: Request,
    call: ServedCall | undefined,
    deadline: Deadline,
    way: WayIn,
  ): Promise<Access> => {
    const { code, token } = request
    if (call?.policy.code === 'beside') {
      if (token === undefined) throw sessionExpired('no token')
      if (code === undefined) throw badRequest('this call takes a fresh code beside the token')
      return accessByBoth(ports, deadline, way, { ...request, token, code })
    }
    if (code !== undefined && token !== undefined) throw badRequest('token and code exclude each other in this call')
    if (code !== undefined) {
      if (call && policyOf(call, request).code === 'refused') throw badRequest('this call does not take a code')
      return accessByCode(ports, deadline, way, { ...request, code })
    }
    if (token === undefined) throw sessionExpired('neither token nor code')
    if (call?.policy.code === 'required') throw badRequest('this call takes a code, not a token')
    return accessByToken(ports, deadline, way, { ...request, token })
  }

  const grantOf = async (
    { session, user, granted }: Access,
    tell: (user: UserRecord) => Promise<User>,
  ): Promise<SessionGrant | undefined> =>
    user &&
    granted && {
      token: granted.reveal(),
      expiresIn: secondsLeft(session, clock.now()),
      user: await tell(user),
    }

  const answer = async (event: unknown, deadline: Deadline, trail: ServeTrail, way: WayIn): Promise<unknown> => {
    const request = parseRequest(event)
    for (const secret of [request.token, request.code]) if (secret) trail.hidden.push(secret)
    const call = Object.hasOwn(calls, request.call) ? calls[request.call] : undefined
    if (call) trail.line.call = request.call
    const access = await accessOf(request, call, deadline, way)
    const { session, stores, storage, api, granted } = access
    trail.line.identity = session.identity.slice(0, 10)
    trail.line.user = session.userId
    if (granted) trail.hidden.push(granted)
    // From here on the session stands: it rides on whatever comes, also on a refusal.
    const tell = createTeller({ clock, storage, transport })
    const grant = await grantOf(access, tell)
    if (grant) {
      trail.grant = grant
      trail.line.grant = true
    }
    if (!call) throw badRequest(`no such call; there are: ${Object.keys(calls).join(', ')}`)
    const data = call.parse(request.data)
    await counted(access, request.call, policyOf(call, request))
    let user = access.user && Promise.resolve(access.user)
    const { weixin, environment } = ports
    const { counters } = stores
    const hide = (secret: Secret) => trail.hidden.push(secret)
    return call.run(data, {
      session,
      stores,
      storage,
      openApi: createOpenApi({
        clock,
        weixin,
        counters,
        appid: environment.appid,
        deadline,
        hide,
        byCloud: api,
        openid: () => openidOfCaller(ports, access, hide),
      }),
      face: weixin.face,
      tell,
      clock,
      random,
      environment,
      deadline,
      hide,
      user: () => {
        user ??= livingUser(stores.users, session.userId)
        return user
      },
    })
  }

  /** `address`: where the connection came from, when the edge knows; what the platform passes third is nothing we use. */
  return async (event: unknown, context?: unknown, { address }: { address?: string } = {}): Promise<Reply> => {
    const trail: ServeTrail = { hidden: [], line: { call: '(unknown)', grant: false } }
    const framed = await frame(context, { transport, trail }, (deadline) =>
      answer(event, deadline, trail, { transport, ...(address !== undefined && { address }) }),
    )
    const { requestId } = framed
    const session = trail.grant && { session: trail.grant }
    return framed.ok
      ? { ok: true, requestId, ...session, data: framed.value }
      : { ok: false, requestId, ...session, error: wireErrorOf(framed.refusal) }
  }
}

const policyOf = (call: ServedCall, { data }: Request): Policy => call.policyOf?.(data) ?? call.policy

/** WeChat's word when it gave one, else what was sealed at the last sign-in. */
const openidOfCaller = async (
  { random, environment }: ServePorts,
  { caller, session, stores }: Access,
  hide: (secret: Secret) => void,
): Promise<Secret> => {
  if (caller.openid !== undefined) return createSecret('openid', caller.openid)
  const identity = await stores.identities.find(session.identity)
  const sealing = createSealing({ random, keyring: environment.keyring() })
  const found = identity && openidOf(sealing, identity)
  // A sign-in brings it: what is asked for next goes through.
  if (found === undefined) throw sessionExpired('no openid is kept for this identity')
  hide(found.openid)
  return found.openid
}

/** What is not safe costs something: WeChat's money, a check, a file. */
const counted = async ({ limits, session }: Access, name: string, { safe }: Policy): Promise<void> => {
  if (safe) return
  const kind = name === 'phone' ? 'phone' : 'save'
  await limits.ofAddress(kind)
  await limits.ofUser(kind, session.userId)
}

/** A refusal as it travels. */
export const wireErrorOf = ({ code, message, retryAfterMs }: Refusal): WireError => ({
  code,
  message,
  remedy: remedyFor[code],
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})
