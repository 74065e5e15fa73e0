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

/** `login`, when the hop is a call of our contract. */
export const callOf = ({ request }: Pick<Hop, 'request'>): string | undefined => textAt(request, 'data', 'call')

/** The code of the envelope that refused it: a refusal is an answer, so the hop itself did not fail. */
export const codeOf = ({ reply }: Hop): string | undefined => textAt(reply, 'result', 'error', 'code')

/** Whether a session came with the answer. */
export const grantOf = ({ reply }: Hop): boolean => at(reply, 'result', 'session') !== undefined

/** The invocation that a call of a function became. */
export const invocationOf = ({ invocation, reply }: Hop): string | undefined => invocation ?? textAt(reply, 'requestID')

/** `auth.login` for a call of a function, else the operation. */
export const labelOf = ({ op, request }: Pick<Hop, 'op' | 'request'>): string => {
  if (op !== 'callFunction') return op
  const call = callOf({ request })
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

export const isStorage = ({ op, to }: Pick<Hop, 'op' | 'to'>): boolean => to === 'storage' || op.startsWith('storage.')
