// Reading one hop: what was called in it, what became of it.

import type { Hop } from '../../told'

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Whether a function of ours may have been called by it: by the cloud, or over HTTPS. */
export const isCall = ({ op }: Pick<Hop, 'op'>): boolean => op === 'callFunction' || op === 'request'

/** What the function was sent, and what it answered: in the body, when it was called over HTTPS. */
const sentIn = ({ op, request }: Pick<Hop, 'op' | 'request'>): unknown =>
  op === 'request' ? parsed(textAt(request, 'text')) : at(request, 'data')
const answerIn = ({ op, reply }: Pick<Hop, 'op' | 'reply'>): unknown =>
  op === 'request' ? parsed(textAt(reply, 'text')) : at(reply, 'result')

/** `login`, when the hop is a call of our contract. */
export const callOf = (hop: Pick<Hop, 'op' | 'request'>): string | undefined => textAt(sentIn(hop), 'call')

/** The code of the envelope that refused it: a refusal is an answer, so the hop itself did not fail. */
export const codeOf = (hop: Hop): string | undefined => textAt(answerIn(hop), 'error', 'code')

/** Whether a session came with the answer. */
export const grantOf = (hop: Hop): boolean => at(answerIn(hop), 'session') !== undefined

/** The invocation that a call of a function became. */
export const invocationOf = ({ invocation, reply }: Hop): string | undefined => invocation ?? textAt(reply, 'requestID')

/** `auth.login` for a call of a function, else the operation. */
export const labelOf = (hop: Pick<Hop, 'op' | 'request'>): string => {
  const { op, request } = hop
  if (!isCall(hop)) return op
  const call = callOf(hop)
  return `${textAt(request, 'name') ?? op}${call === undefined ? '' : `.${call}`}`
}

/** What went wrong, in one short line; undefined when nothing did. */
export const troubleOf = (hop: Hop): string | undefined => hop.error ?? codeOf(hop)

/** The document of the session that this hop was about. */
const sessionIdIn = ({ op, request, error }: Hop): string | undefined => {
  if (error !== undefined) return undefined
  if (op === 'sessions.add') return textAt(request, '_id')
  return op === 'sessions.get' ? textAt(request, 'query', '_id') : undefined
}

/** The session that was made or asked for last. */
export const lastSessionId = (hops: readonly Hop[]): string | undefined =>
  hops.reduce<string | undefined>((found, hop) => sessionIdIn(hop) ?? found, undefined)

/** The handset's own storage and files. */
export const isStorage = ({ op, to }: Pick<Hop, 'op' | 'to'>): boolean =>
  to === 'wx' && (op.startsWith('storage.') || op.startsWith('file.'))
