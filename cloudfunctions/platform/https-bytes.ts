// One request over https (or http, for the emulator): a small answer in bytes, or the reason why there is none.
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export interface OutgoingBytes {
  /** Resolves when the request was handed to the system, or when it never will be; never rejects. */
  sent: Promise<void>
  /** Rejects with an error whose message names no address: the query of a request may hold secrets. */
  answer: Promise<AnswerBytes>
}

export interface AnswerBytes {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
}

export interface AskedBytes {
  signal: AbortSignal
  /** An answer beyond that is cut off and refused. */
  maxBytes: number
  /** So many bytes will do: asked for as a range, and the rest is not read where ranges are not served. */
  enough?: number
  /** JSON text: makes it a POST. */
  json?: string
  accept?: string
}

// No keep-alive: a socket that slept while the instance was frozen may be dead, and a request that was lost on one
// cannot be sent again when it carried a single-use code. TLS sessions are resumed all the same.
const httpAgent = new HttpAgent({ keepAlive: false })
const httpsAgent = new HttpsAgent({ keepAlive: false })

export const httpsBytes = (
  address: string,
  { signal, maxBytes, enough, json, accept = '*/*' }: AskedBytes,
): OutgoingBytes => {
  let release: () => void = () => undefined
  const sent = new Promise<void>((resolve) => {
    release = resolve
  })
  const answer = new Promise<AnswerBytes>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(why))
    const headers = {
      accept,
      ...(enough !== undefined && { range: `bytes=0-${enough - 1}` }),
      ...(json !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
    }
    const options = { method: json === undefined ? 'GET' : 'POST', signal, headers }
    const request = address.startsWith('https:')
      ? httpsRequest(address, { ...options, agent: httpsAgent })
      : httpRequest(address, { ...options, agent: httpAgent })
    request.once('finish', release)
    request.once('close', release) // also after a failure
    request.once('error', (error) => {
      fail('code' in error ? String(error.code) : error.name)
    })
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const done = () => {
        const { statusCode: status = 0, headers: answered } = response
        resolve({ status, headers: answered, bytes: Buffer.concat(chunks).subarray(0, enough) })
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (enough !== undefined && size >= enough) {
          done()
          request.destroy()
        } else if (size > maxBytes) {
          fail(`an answer beyond ${maxBytes} bytes`)
          request.destroy()
        }
      })
      // A body that is cut short never ends: it fails instead.
      response.once('end', done)
      response.once('error', () => fail('an answer cut short'))
      response.once('close', () => fail('an answer cut short')) // too late to matter when it ended well
    })
    request.end(json)
  })
  return { sent, answer }
}
