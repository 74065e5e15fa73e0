// Given for tests of the emulator: its open API asked as a server would, its back doors as the panel would.
import { request } from 'node:http'
import type { Emulator } from '../../emulator/types'

/** A slow machine is no slow function: where the three seconds of the cloud are the subject, a test says so. */
export const TIME_LIMIT_MS = 20_000

/** What a server sends to jscode2session; `undefined` leaves a parameter out. */
export interface Exchange {
  appid?: string | undefined
  secret?: string | undefined
  js_code?: string | undefined
  grant_type?: string | undefined
}

export interface Exchanged {
  openid?: string
  session_key?: string
  unionid?: string
  errcode?: number
  errmsg?: string
}

/** `GET /sns/jscode2session` of the first app, with these parameters changed. */
export const exchange = async ({ apps, url }: Emulator, changes: Exchange): Promise<Exchanged> => {
  const [app] = apps
  const asked = { appid: app?.appid, secret: app?.secret, grant_type: 'authorization_code', ...changes }
  const query = new URLSearchParams(
    Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const response = await fetch(`${url}/sns/jscode2session?${query}`)
  return (await response.json()) as Exchanged
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

export interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** A request with any header, also those `fetch` will not send (Host, Origin). */
export const ask = (url: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })

/** A back door, with the key; throws unless it answers 200. */
export const backDoor = async (
  { url, key }: Pick<Emulator, 'url' | 'key'>,
  path: string,
  body?: object,
): Promise<unknown> => {
  const headers = { 'x-emulator-key': key, 'content-type': 'application/json' }
  const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  const { status, text } = await ask(`${url}/__emulator/${path}`, sent)
  if (status !== 200) throw new Error(`${status} ${text}`)
  return JSON.parse(text)
}

/** Any operation of api.weixin.qq.com: a POST of JSON when there is a body, else a GET. */
export const openApi = async (
  { url }: Pick<Emulator, 'url'>,
  path: string,
  query: Record<string, string> = {},
  body?: object | string,
): Promise<Record<string, unknown>> => {
  const sent =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }
  const { text } = await ask(`${url}${path}?${new URLSearchParams(query)}`, sent)
  return JSON.parse(text) as Record<string, unknown>
}
