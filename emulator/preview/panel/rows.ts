// A journey as rows of a picture: where each arrow begins and ends, and what is written on it.

import type { Hop, Lane } from '../../told'
import type { Waiting } from '../shell/stand'
import { invocationOf, isCall, labelOf, troubleOf } from './hop'

/** Lanes from the left; the cloud's storage stands with its database. */
export const LANES = ['mini-program', 'wx', 'function', 'weixin', 'database'] as const

export interface Row {
  kind: /** There and back at once: nothing happened within. */
    | 'both'
    /** The way there of a call in which more happened. */
    | 'call'
    /** Its way back. */
    | 'answer'
    /** Nobody has answered yet. */
    | 'waiting'
  hop?: Hop
  label: string
  /** Milliseconds; absent on the way there. */
  ms?: number
  trouble?: string
  /** Indexes of LANES. */
  from: number
  to: number
}

export const laneOf = (lane: Lane): number => LANES.indexOf(lane === 'storage' ? 'database' : lane)

/** `waiting`: what the phone asked and nobody answered yet. */
export const rowsOf = (hops: readonly Hop[], waiting: readonly Waiting[]): Row[] => {
  const rows: Row[] = []
  /** Calls whose way back is still to be drawn, the innermost last. */
  const open: Hop[] = []
  const close = (hop: Hop): void => {
    const trouble = troubleOf(hop)
    rows.push({
      kind: 'answer',
      hop,
      label: labelOf(hop),
      ms: hop.ms,
      ...(trouble === undefined ? {} : { trouble }),
      from: laneOf(hop.to),
      to: laneOf(hop.from),
    })
  }
  const closeThose = (isOver: (hop: Hop) => boolean): void => {
    for (const hop of open.filter(isOver).reverse()) {
      close(hop)
      open.splice(open.indexOf(hop), 1)
    }
  }
  for (const hop of hops) {
    // What belongs to an open call keeps it open, however the milliseconds were rounded.
    closeThose((outer) => outer.at + outer.ms <= hop.at && !isWithin(hop, outer))
    const sides = { hop, label: labelOf(hop), from: laneOf(hop.from), to: laneOf(hop.to) }
    if (hops.some((other) => other !== hop && isWithin(other, hop))) {
      rows.push({ kind: 'call', ...sides })
      open.push(hop)
    } else {
      const trouble = troubleOf(hop)
      rows.push({ kind: 'both', ...sides, ms: hop.ms, ...(trouble === undefined ? {} : { trouble }) })
    }
  }
  closeThose(() => true)
  const isOrphan = ({ hop }: Row): boolean => hop?.from === 'function' && !hops.some((outer) => isWithin(hop, outer))
  for (const { op, args } of waiting) {
    const label = labelOf({ op, request: args })
    const row: Row = { kind: 'waiting', label, from: 0, to: op === 'callFunction' ? 2 : 1 }
    // What a function does already stands under the call that nobody has answered yet.
    const first = op === 'callFunction' ? rows.findIndex(isOrphan) : -1
    rows.splice(first < 0 ? rows.length : first, 0, row)
  }
  return rows
}

/** A function's hop lies within the call that started its invocation; within which else, only time can tell. */
const isWithin = (inner: Hop, outer: Hop): boolean => {
  const isOuter = isCall(outer) || outer.op === 'uploadFile' || outer.op.startsWith('http.')
  if (inner.from === 'mini-program' || !isOuter || (inner.op.startsWith('http.') && !isSent(outer))) return false
  const invocation = invocationOf(outer)
  if (invocation !== undefined && inner.invocation !== undefined) return invocation === inner.invocation
  return inner.at >= outer.at && inner.at + inner.ms <= outer.at + outer.ms + 1
}

/** From the handset to the cloud's gateway, which asks the function in its turn. */
const isSent = ({ op }: Hop): boolean => op === 'request' || op === 'uploadFile'
