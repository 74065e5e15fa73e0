// Permissions to write one file of the cloud storage, as a function is given them before it sends the bytes.

import { randomBytes } from 'node:crypto'
import type { Clock } from '../types'

/** The cloud's own is not documented; its signatures for uploads were seen to live this long. */
const TICKET_LIFE_MS = 900_000

export interface UploadTicket {
  path: string
  /** The function's invocation it was given to, for the trace. */
  invocation: string
  account?: string
}

export interface UploadTickets {
  /** Returns what the bytes must come with. */
  issue(ticket: UploadTicket): string
  /** Undefined for one that was never given, or ended. It is good until it ends, as a signature is. */
  find(authorization: string): UploadTicket | undefined
  clear(): void
}

/** Never on disk: nobody uploads across a restart. */
export function createUploadTickets(clock: Pick<Clock, 'now'>): UploadTickets {
  const tickets = new Map<string, { ticket: UploadTicket; until: number }>()
  return {
    issue(ticket) {
      const now = clock.now()
      for (const [old, { until }] of tickets) if (until <= now) tickets.delete(old)
      const authorization = `q-sign-algorithm=sha1&q-signature=${randomBytes(20).toString('hex')}`
      tickets.set(authorization, { ticket, until: now + TICKET_LIFE_MS })
      return authorization
    },
    find(authorization) {
      const found = tickets.get(authorization)
      return found !== undefined && found.until > clock.now() ? found.ticket : undefined
    },
    clear: () => tickets.clear(),
  }
}
