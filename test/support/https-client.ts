// Given for journeys over https without a device: requests to the door as a program on the internet would send them.
import type { Emulator } from '../../emulator/types'
import type { CallEvent, Envelope, SessionGrant } from '../../typings/contract'
import { ask } from './emulator'
import { formOf } from './http-events'

export interface HttpsAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  envelope: Envelope
}

export const post = async (
  { url }: Pick<Emulator, 'url'>,
  body: Omit<CallEvent, 'token'> | object,
  headers: Record<string, string> = {},
): Promise<HttpsAnswer> => {
  const answer = await ask(`${url}/http/auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: answer.status, headers: answer.headers, envelope: JSON.parse(answer.text) as Envelope }
}

export const withToken = (token: string) => ({ authorization: `Bearer ${token}` })

/** Signs the account in over https, as `wx.login` and one request would. */
export const signIn = async (emulator: Emulator, account = 'v1', device?: object): Promise<SessionGrant> => {
  const code = emulator.weixin.loginCode(account)
  const { envelope } = await post(emulator, { v: 1, call: 'login', data: {}, code, ...(device && { device }) })
  if (!envelope.session) throw new Error(`no grant in ${JSON.stringify(envelope)}`)
  return envelope.session
}

/** A picture as `wx.uploadFile` sends it. */
export const upload = async ({ url }: Pick<Emulator, 'url'>, path: string, bytes: Buffer): Promise<HttpsAnswer> => {
  const { headers, body } = formOf({ name: 'path', value: path }, { name: 'file', value: bytes, filename: 'a.png' })
  const response = await fetch(`${url}/http/avatar`, { method: 'POST', headers, body: new Uint8Array(body) })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    envelope: (await response.json()) as Envelope,
  }
}
