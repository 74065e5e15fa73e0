// One request over https (or http, for the emulator): a small text answer, or the reason why there is none.
import { type AskedBytes, httpsBytes } from './https-bytes'

export interface Outgoing {
  /** Resolves when the request was handed to the system, or when it never will be; never rejects. */
  sent: Promise<void>
  /** Rejects with an error whose message names no address: the query of a request may hold secrets. */
  answer: Promise<{ status: number; text: string }>
}

export type Asked = Pick<AskedBytes, 'signal' | 'maxBytes' | 'json'>

export const httpsText = (address: string, asked: Asked): Outgoing => {
  const { sent, answer } = httpsBytes(address, { ...asked, accept: 'application/json' })
  return { sent, answer: answer.then(({ status, bytes }) => ({ status, text: bytes.toString('utf8') })) }
}
