// Multipart bodies, as the SDK sends its open API calls.
import type { IncomingHttpHeaders } from 'node:http'
import busboy from 'busboy'
import { WireError } from './errors'

/** Field name → bytes, also of fields without a file name; the last one of a name counts. Throws INVALID_PARAM. */
export function readForm(headers: IncomingHttpHeaders, body: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) =>
      reject(new WireError('INVALID_PARAM', `the form cannot be read: ${String(error)}`))
    const fields = new Map<string, Buffer>()
    try {
      // As latin1 every byte survives, protobuf's too.
      const parser = busboy({ headers, defCharset: 'latin1', limits: { fieldSize: Number.POSITIVE_INFINITY } })
      parser.on('field', (name, value) => fields.set(name, Buffer.from(value, 'latin1')))
      parser.on('file', (name, stream) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => fields.set(name, Buffer.concat(chunks)))
        stream.on('error', refuse)
      })
      parser.on('error', refuse)
      parser.on('close', () => resolve(fields))
      parser.end(body)
    } catch (error) {
      refuse(error)
    }
  })
}
