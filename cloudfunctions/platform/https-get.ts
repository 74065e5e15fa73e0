// One GET over https (or http, for the emulator): a small text answer, or the reason why there is none.
import { Agent as HttpAgent, get as httpGet } from 'node:http'
import { Agent as HttpsAgent, get as httpsGet } from 'node:https'

export interface Outgoing {
  /** Resolves when the request was handed to the system, or when it never will be; never rejects. */
  sent: Promise<void>
  /** Rejects with an error whose message names no address: the query of a request may hold secrets. */
  answer: Promise<{ status: number; text: string }>
}

// No keep-alive: a socket that slept while the instance was frozen may be dead, and a request that was lost on one
// cannot be sent again when it carried a single-use code. TLS sessions are resumed all the same.
const httpAgent = new HttpAgent({ keepAlive: false })
const httpsAgent = new HttpsAgent({ keepAlive: false })

/** `maxBytes`: an answer beyond that is cut off and refused. */
export const httpsGetText = (
  address: string,
  { signal, maxBytes }: { signal: AbortSignal; maxBytes: number },
): Outgoing => {
  let release: () => void = () => undefined
  const sent = new Promise<void>((resolve) => {
    release = resolve
  })
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(why))
    const headers = { accept: 'application/json' }
    const request = address.startsWith('https:')
      ? httpsGet(address, { agent: httpsAgent, signal, headers })
      : httpGet(address, { agent: httpAgent, signal, headers })
    request.once('finish', release)
    request.once('close', release) // also after a failure
    request.once('error', (error) => {
      fail('code' in error ? String(error.code) : error.name)
    })
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes) {
          fail(`an answer beyond ${maxBytes} bytes`)
          request.destroy()
        } else chunks.push(chunk)
      })
      // A body that is cut short never ends: it fails instead.
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      )
      response.once('error', () => fail('an answer cut short'))
      response.once('close', () => fail('an answer cut short')) // too late to matter when it ended well
    })
  })
  return { sent, answer }
}
