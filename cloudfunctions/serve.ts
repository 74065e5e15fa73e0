// Serving: turns a table of calls into a function that always answers with an envelope.
import type { SessionGrant, WireError } from '../typings/contract'
import { type Access, type AccessPorts, accessByCode, accessByToken } from './core/access'
import type { ServedCall } from './core/call'
import { createDeadline, type Deadline } from './core/deadline'
import { asRefusal, badRequest, type Refusal, remedyFor, sessionExpired } from './core/errors'
import { createOpenApi } from './core/open-api'
import type { Log, LogLine } from './core/ports'
import type { Transport } from './core/records'
import { parseRequest, type Request } from './core/requests'
import type { Secret } from './core/secret'
import { secondsLeft } from './core/sessions'
import { isObject } from './core/shape'
import { livingUser, userOf } from './core/users'

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

const DEFAULT_LIMIT_MS = 3000 // what WeChat gives a function that nobody configured
const MARGIN_MS = 400 // the platform kills at its limit, and the answer must be on its way by then, even after a pause

/** What is learned on the way and outlives a failure. */
interface Trail {
  hidden: Secret[]
  line: Pick<LogLine, 'call' | 'identity' | 'user'>
  grant?: SessionGrant
}

/** `(event, context) => envelope`; it never throws and never rejects. */
export const createServe = (ports: ServePorts, { calls, transport }: ServeOptions) => {
  const { clock, random, log } = ports

  const accessOf = async (request: Request, call: ServedCall | undefined, deadline: Deadline): Promise<Access> => {
    const { code, token } = request
    if (code !== undefined) {
      if (call?.policy.code === 'refused') throw badRequest('this call does not take a code')
      return accessByCode(ports, deadline, transport, { ...request, code })
    }
    if (token === undefined) throw sessionExpired('neither token nor code')
    if (call?.policy.code === 'required') throw badRequest('this call takes a code, not a token')
    return accessByToken(ports, deadline, transport, { ...request, token })
  }

  const grantOf = ({ session, user, granted }: Access): SessionGrant | undefined =>
    user && granted && { token: granted.reveal(), expiresIn: secondsLeft(session, clock.now()), user: userOf(user) }

  const answer = async (event: unknown, deadline: Deadline, trail: Trail): Promise<unknown> => {
    const request = parseRequest(event)
    for (const secret of [request.token, request.code]) if (secret) trail.hidden.push(secret)
    const call = Object.hasOwn(calls, request.call) ? calls[request.call] : undefined
    if (call) trail.line.call = request.call
    const access = await accessOf(request, call, deadline)
    const { session, stores, api, granted } = access
    trail.line.identity = session.identity.slice(0, 10)
    trail.line.user = session.userId
    if (granted) trail.hidden.push(granted)
    // From here on the session stands: it rides on whatever comes, also on a refusal.
    const grant = grantOf(access)
    if (grant) trail.grant = grant
    if (!call) throw badRequest(`no such call; there are: ${Object.keys(calls).join(', ')}`)
    const data = call.parse(request.data)
    let user = access.user && Promise.resolve(access.user)
    const { weixin, environment } = ports
    const { counters } = stores
    const hide = (secret: Secret) => trail.hidden.push(secret)
    return call.run(data, {
      session,
      stores,
      openApi: createOpenApi({ clock, weixin, counters, deadline, hide, byCloud: api }),
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

  return async (event: unknown, context?: unknown): Promise<Reply> => {
    const startedAt = clock.now()
    const { requestId = random.bytes(16).toString('hex'), limitMs } = contextOf(context)
    const deadline = createDeadline(ports, Math.max(limitMs - MARGIN_MS, limitMs / 2))
    const trail: Trail = { hidden: [], line: { call: '(unknown)' } }
    let reply: Reply
    let refusal: Refusal | undefined
    try {
      const data = await deadline.run(() => answer(event, deadline, trail))
      reply = { ok: true, requestId, ...sessionOf(trail), data }
    } catch (cause) {
      refusal = asRefusal(cause)
      reply = { ok: false, requestId, ...sessionOf(trail), error: wireErrorOf(refusal) }
    }
    deadline.close()
    const line = {
      requestId,
      transport,
      ...trail.line,
      ms: clock.now() - startedAt,
      ok: reply.ok,
      ...reasonOf(refusal),
    }
    quietly(() => log.write({ ...line, grant: trail.grant !== undefined }, trail.hidden))
    return reply
  }
}

const sessionOf = ({ grant }: Trail) => (grant ? { session: grant } : {})

const wireErrorOf = ({ code, message, retryAfterMs }: Refusal): WireError => ({
  code,
  message,
  remedy: remedyFor[code],
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})

const reasonOf = (refusal: Refusal | undefined) =>
  refusal && {
    code: refusal.code,
    reason: refusal.message,
    ...(refusal.detail !== undefined && { detail: refusal.detail }),
  }

/** A line that cannot be written must not cost the caller the answer. */
const quietly = (write: () => void) => {
  try {
    write()
  } catch {
    // There is nowhere left to say so.
  }
}

const contextOf = (context: unknown): { requestId?: string; limitMs: number } => {
  const { request_id: id, time_limit_in_ms: limit } = isObject(context) ? context : {}
  return {
    ...(typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && { requestId: id }),
    limitMs: typeof limit === 'number' && limit > 0 && Number.isFinite(limit) ? limit : DEFAULT_LIMIT_MS,
  }
}
