// Opening what WeChat sealed with a session_key: AES-128-CBC, PKCS#7, JSON.
// https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
import { createDecipheriv } from 'node:crypto'
import type { Secret } from './secret'
import { type Fields, isObject } from './shape'

/** As the client sends it, both in base64. */
export interface Sealed {
  encryptedData: Secret
  iv: string
}

/** `failure` says which step failed. CBC has no MAC: whoever learns that can forge, so it goes to the log only. */
export type Opening = { data: Fields } | { failure: string }

const BLOCK_BYTES = 16
const MAX_BYTES = 4096 // an honest phone number has about 150, a profile about 400

/** Opens with one key. Nothing is believed yet: the watermark is the caller's to check. */
export const openData = (key: Secret, { encryptedData, iv }: Sealed): Opening => {
  const [keyBytes, ivBytes, bytes] = [key.reveal(), iv, encryptedData.reveal()].map(bytesOf)
  if (!keyBytes || !ivBytes || !bytes) return { failure: 'base64' }
  if (keyBytes.length !== BLOCK_BYTES || ivBytes.length !== BLOCK_BYTES) return { failure: 'length of key or iv' }
  if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0 || bytes.length > MAX_BYTES) return { failure: 'length' }
  const decipher = createDecipheriv('aes-128-cbc', keyBytes, ivBytes).setAutoPadding(false)
  const text = unpadded(Buffer.concat([decipher.update(bytes), decipher.final()]))
  if (text === undefined) return { failure: 'padding' }
  return parsed(text)
}

/** Strict: no spaces, no URL-safe letters, padded, and the one spelling that these bytes have. */
const bytesOf = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

const unpadded = (bytes: Buffer): Buffer | undefined => {
  const count = bytes[bytes.length - 1] ?? 0
  if (count < 1 || count > BLOCK_BYTES) return undefined
  const end = bytes.length - count
  return bytes.subarray(end).every((byte) => byte === count) ? bytes.subarray(0, end) : undefined
}

const parsed = (bytes: Buffer): Opening => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { failure: 'UTF-8' }
  }
  try {
    const data: unknown = JSON.parse(text)
    return isObject(data) ? { data } : { failure: 'not an object' }
  } catch {
    return { failure: 'JSON' }
  }
}
