// The guard of the port: who may ask at all, before any room is entered.

import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** A refusal of the port itself; becomes a status with one line of JSON. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

/** What every request must pass: addressed to this very port, and from no foreign web page (DNS rebinding, CSRF). */
export function guardAddress({ headers, method, url }: IncomingMessage, port: number): void {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!names.includes(headers.host ?? ''))
    throw new HttpRefusal(421, 'WRONG_HOST', 'this port answers for 127.0.0.1 only')
  const { origin } = headers
  // The page's frame has no origin, and fonts are asked for with one: they are public files.
  if (origin === 'null' && method === 'GET' && /^\/__preview\/font\/[\w-]+\.woff2$/.test(url ?? '')) return
  if (origin !== undefined && !names.some((name) => origin === `http://${name}`))
    throw new HttpRefusal(403, 'FOREIGN_ORIGIN', 'a page of another origin has no business here')
}

/** What a back door wants: the key of this start, and JSON when something is sent. */
export function guardBackDoor({ headers, method }: IncomingMessage, key: string): void {
  if (!sameText(headers['x-emulator-key'], key))
    throw new HttpRefusal(403, 'NO_KEY', 'back doors want x-emulator-key: it lies in the file `key` of the data folder')
  if (method === 'POST' && !isJson(headers['content-type']))
    throw new HttpRefusal(415, 'NOT_JSON', 'back doors want content-type application/json')
}

/** Everything but the given methods is 405, with Allow. */
export function guardMethod({ method = '' }: IncomingMessage, allowed: readonly string[]): void {
  if (allowed.includes(method)) return
  throw new HttpRefusal(405, 'WRONG_METHOD', `use ${allowed.join(' or ')}`, { allow: allowed.join(', ') })
}

const isJson = (type: string | undefined) => type !== undefined && /^application\/json\s*(;|$)/i.test(type)

function sameText(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
