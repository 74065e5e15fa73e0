// Bodies: read up to a limit, parsed once.

import type { IncomingMessage } from 'node:http'
import { HttpRefusal } from '../guard'

/** The whole body; 413 when it is longer than `limit` bytes, without reading the rest. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > limit)
      throw new HttpRefusal(413, 'TOO_LARGE', `at most ${limit} bytes are read here`, { connection: 'close' })
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** A JSON object; an empty body is an empty one. 400 for anything else. */
export function parseObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw new HttpRefusal(400, 'BAD_JSON', 'the body is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HttpRefusal(400, 'BAD_JSON', 'the body is not a JSON object')
  return value as Record<string, unknown>
}
