// The envelope of a message push in secure mode, as WeChat seals it.

import { createCipheriv, createHash, randomBytes, randomInt } from 'node:crypto'
import type { PushKeys } from './environment'

export type PushFormat = 'json' | 'xml'

export interface SealedPush {
  query: [name: string, value: string][]
  contentType: string
  body: string
}

const BLOCK_BYTES = 32 // PKCS#7 to 32, though AES has blocks of 16

/** https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html */
export function sealPush(
  message: Readonly<Record<string, unknown>>,
  { keys, appid, now, format }: { keys: PushKeys; appid: string; now: number; format: PushFormat },
): SealedPush {
  const encrypt = encrypted(format === 'xml' ? `<xml>${xmlOf(message)}</xml>` : JSON.stringify(message), keys, appid)
  const timestamp = String(Math.floor(now / 1000))
  const nonce = String(randomInt(100_000_000, 2_000_000_000))
  const { ToUserName, FromUserName } = message
  return {
    query: [
      ['signature', signed(keys.token, timestamp, nonce)],
      ['timestamp', timestamp],
      ['nonce', nonce],
      ['openid', String(FromUserName)],
      ['encrypt_type', 'aes'],
      ['msg_signature', signed(keys.token, timestamp, nonce, encrypt)],
    ],
    contentType: format === 'xml' ? 'text/xml' : 'application/json',
    body:
      format === 'xml'
        ? `<xml>${xmlOf({ ToUserName, Encrypt: encrypt })}</xml>`
        : JSON.stringify({ ToUserName, Encrypt: encrypt }),
  }
}

/** 16 random bytes, the length, the message, the appid. */
function encrypted(text: string, { aesKey }: PushKeys, appid: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(appid)])
  const count = BLOCK_BYTES - (plain.length % BLOCK_BYTES)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(count, count)), cipher.final()]).toString(
    'base64',
  )
}

const signed = (...parts: string[]): string =>
  createHash('sha1')
    .update(parts.sort((a, b) => (a < b ? -1 : Number(a > b))).join(''))
    .digest('hex')

/** Numbers plain, texts in CDATA, objects as elements; the items of a list repeat its name. */
function xmlOf(fields: object): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => [name, item] as const))
    .map(([name, value]) => `<${name}>${xmlValue(value)}</${name}>`)
    .join('')
}

function xmlValue(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'object' && value !== null) return xmlOf(value)
  // What would end the CDATA is split over two.
  return `<![CDATA[${String(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
