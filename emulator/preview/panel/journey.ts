// A journey: which hops belong together, told from the trace, the launches and the taps.

import type { Hop } from '../../told'
import type { Beginning } from '../shell/stand'
import { callOf, codeOf, grantOf, invocationOf, isCall } from './hop'

export interface Journey {
  /** What the first hop followed: a launch, a tap, or a pause. */
  by: 'launch' | 'tap' | 'pause'
  /** In the order in which they began, an outer one before what happened within it. */
  hops: Hop[]
  /** From the first beginning to the last end, milliseconds. */
  ms: number
}

/** Longer than any pause between two tries of one flight, shorter than a person takes to look and tap. */
export const PAUSE_MS = 1500

/** Whose journeys. */
export interface Walker {
  account: string
  device: string
}

/**
 * The hops of one handset: its own, and what functions did in its name. A function's hop names its invocation; when an
 * invocation was another handset's of the same account, it is not ours.
 */
export const hopsOf = (hops: readonly Hop[], { account, device }: Walker): Hop[] => {
  const foreign = new Set<string>()
  for (const hop of hops) {
    const invocation = hop.device !== undefined && hop.device !== device ? invocationOf(hop) : undefined
    if (invocation !== undefined) foreign.add(invocation)
  }
  return hops.filter((hop) => {
    if (hop.account !== account) return false
    if (hop.device !== undefined) return hop.device === device
    return hop.invocation === undefined || !foreign.has(hop.invocation)
  })
}

/**
 * The hops since the last launch, the last tap that was followed by any, or the last pause of PAUSE_MS in which nothing
 * was under way; undefined when there are none.
 */
export const lastJourney = (hops: readonly Hop[], beginnings: readonly Beginning[]): Journey | undefined => {
  const sorted = [...hops].sort(inOrder)
  let journey: Journey | undefined
  let end = Number.NEGATIVE_INFINITY
  for (const hop of sorted) {
    const by = isRoot(hop) || !journey ? beginningOf(hop, end, beginnings) : undefined
    if (by || !journey) journey = { by: by ?? 'pause', hops: [], ms: 0 }
    journey.hops.push(hop)
    end = Math.max(end, hop.at + hop.ms)
    journey.ms = end - (journey.hops[0]?.at ?? end)
  }
  return journey
}

const isRoot = ({ from }: Hop): boolean => from === 'mini-program'

/** An answer is traced after what happened for it, though it began before. */
const inOrder = (a: Hop, b: Hop): number => a.at - b.at || Number(isRoot(b)) - Number(isRoot(a)) || a.seq - b.seq

/** `end`: when the last of the hops before was over. */
const beginningOf = (hop: Hop, end: number, beginnings: readonly Beginning[]): Journey['by'] | undefined => {
  const since = beginnings.filter(({ at }) => at > end && at <= hop.at)
  if (since.length > 0) return since.some(({ by }) => by === 'launch') ? 'launch' : 'tap'
  return hop.at - end > PAUSE_MS ? 'pause' : undefined
}

export type Kind = 'firstSignIn' | 'renewed' | 'signedIn' | 'failed' | 'signedOut' | 'called' | 'quiet' | 'local'

/** What the journey was, told from what was done and granted in it. */
export const kindOf = ({ by, hops }: Journey): Kind => {
  const calls = hops.filter(isCall)
  const granted = calls.some(grantOf)
  if (calls.some((hop) => callOf(hop) === 'signOut')) return 'signedOut'
  if (hops.some(({ op, error }) => op === 'users.add' && error === undefined) && granted) return 'firstSignIn'
  if (granted && calls.some((hop) => codeOf(hop) === 'SESSION_EXPIRED')) return 'renewed'
  if (granted && hops.some(({ op }) => op === 'wx.login')) return 'signedIn'
  if (calls.some((hop) => hop.error !== undefined || codeOf(hop) !== undefined)) return 'failed'
  if (hops.some(({ op, error }) => op === 'wx.login' && error !== undefined)) return 'failed'
  if (calls.length > 0) return 'called'
  return by === 'launch' ? 'quiet' : 'local'
}
