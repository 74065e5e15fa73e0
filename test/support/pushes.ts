// Given for pushes: WeChat's side of secure mode, by hand; it shares nothing with the code that opens them.
import { createCipheriv, createHash, randomBytes } from 'node:crypto'

export const PUSH_TOKEN = 'aPushToken0123456789'
export const PUSH_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

export interface Sealing {
  appid: string
  /** Seconds since 1970. */
  at: number
  token?: string
  key?: string
  nonce?: string
  format?: 'json' | 'xml'
}

export const sealPush = (message: string, { appid, key = PUSH_KEY }: Pick<Sealing, 'appid' | 'key'>): string => {
  const secret = Buffer.from(`${key}=`, 'base64')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(message))
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(message), Buffer.from(appid)])
  const count = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', secret, secret.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(count, count)), cipher.final()]).toString(
    'base64',
  )
}

export const signed = (...parts: string[]): string =>
  createHash('sha1')
    .update(parts.sort((a, b) => (a < b ? -1 : 1)).join(''))
    .digest('hex')

export interface SignedPush {
  query: Record<string, string>
  body: string
  type: string
}

/** A push as it arrives at the address; text goes in as it is, an object as JSON. */
export const pushOf = (message: object | string, sealing: Sealing): SignedPush => {
  const { at, token = PUSH_TOKEN, nonce = randomBytes(5).toString('hex'), format = 'json' } = sealing
  const text = typeof message === 'string' ? message : JSON.stringify(message)
  const encrypt = sealPush(text, sealing)
  const timestamp = String(Math.floor(at))
  return {
    query: {
      signature: signed(token, timestamp, nonce),
      timestamp,
      nonce,
      openid: 'oPlatformPlatformPlatformPla',
      encrypt_type: 'aes',
      msg_signature: signed(token, timestamp, nonce, encrypt),
    },
    body:
      format === 'json'
        ? JSON.stringify({ ToUserName: 'gh_0123456789ab', Encrypt: encrypt })
        : `<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
    type: format === 'json' ? 'application/json' : 'text/xml',
  }
}

/** The same as CloudBase hands it to a function. */
export const pushEvent = ({ query, body, type }: SignedPush, method = 'POST') => ({
  path: '/push',
  httpMethod: method,
  headers: { 'content-type': type, 'x-real-ip': '192.0.2.9' },
  queryStringParameters: query,
  requestContext: {},
  body,
  isBase64Encoded: false,
})
