// Replies of the port.

import type { ServerResponse } from 'node:http'
import { EmulatorError } from '../errors'
import { HttpRefusal } from '../guard'

export interface Reply {
  status: number
  headers: Readonly<Record<string, string>>
  body: string | Buffer
}

export const json = (value: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value) ?? 'null',
})

/** What a failed request is told: a code and one line; never a stack, never what was sent. */
export function refusalReply(error: unknown): Reply {
  if (error instanceof HttpRefusal) {
    const { status, code, message, headers } = error
    const reply = json({ error: { code, message } }, status)
    return { ...reply, headers: { ...reply.headers, ...headers } }
  }
  if (error instanceof EmulatorError) {
    const status = error.code.startsWith('UNKNOWN_') && error.code !== 'UNKNOWN_FAULT' ? 404 : 400
    return json({ error: { code: error.code, message: error.message } }, status)
  }
  const message = error instanceof Error ? error.message : 'failed'
  return json({ error: { code: 'INTERNAL', message } }, 500)
}

export function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...headers,
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
