// The envelope of a message push in secure mode: who signed it, for whom, when; and what is inside.
// https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { Refusal } from './errors'
import type { Secret } from './secret'

export interface PushKeys {
  token: Secret
  /** EncodingAESKey, 43 characters. */
  key: Secret
}

/** What the address of a push carries. */
export interface PushStamp {
  timestamp: string
  nonce: string
  /** Of the ciphertext: `msg_signature`. Of an address check: `signature`. */
  signature: string
}

/** WeChat tries three times within some fifteen seconds; the rest is for clocks that differ. */
export const FRESH_MS = 5 * 60_000

const SEED_BYTES = 16
const LENGTH_BYTES = 4
const BLOCK_BYTES = 32 // PKCS#7 to 32, though AES has blocks of 16
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{2}==$|^[A-Za-z0-9+/]{3}=$/

/** Whoever sends it learns nothing but this; the reason is for the log. */
export const pushRefused = (detail: string) => new Refusal('NOT_PERMITTED', 'the push is refused', { detail })

/** As PHP's SORT_STRING has it, on what is ASCII anyway. */
const byUnits = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const sameText = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}

/** Throws NOT_PERMITTED unless WeChat's token signed these, a short while ago. */
export const checkStamp = (
  { timestamp, nonce, signature }: PushStamp,
  signed: readonly string[],
  { token, now }: { token: Secret; now: number },
): void => {
  if (!/^\d{10}$/.test(timestamp) || !/^[\w-]{1,64}$/.test(nonce)) throw pushRefused('timestamp or nonce out of shape')
  const expected = createHash('sha1')
    .update([token.reveal(), timestamp, nonce, ...signed].sort(byUnits).join(''))
    .digest('hex')
  if (!sameText(signature, expected)) throw pushRefused('the signature does not hold')
  if (Math.abs(now - Number(timestamp) * 1000) > FRESH_MS) throw pushRefused('the timestamp is stale')
}

/** The message inside, which must be for this mini-program. Only after its signature was found to hold. */
export const openEnvelope = (encrypt: string, { key, appid }: { key: Secret; appid: string }): string => {
  if (!BASE64.test(encrypt)) throw pushRefused('the ciphertext is not base64')
  const sealed = Buffer.from(encrypt, 'base64')
  if (sealed.length === 0 || sealed.length % BLOCK_BYTES !== 0) throw pushRefused('the ciphertext has an odd length')
  const secret = Buffer.from(`${key.reveal()}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', secret, secret.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()])
  const plain = unpadded(padded)
  const begin = SEED_BYTES + LENGTH_BYTES
  const length = plain.length < begin ? -1 : plain.readUInt32BE(SEED_BYTES)
  if (length < 0 || begin + length > plain.length) throw pushRefused('the inner length does not fit')
  if (!sameText(plain.toString('utf8', begin + length), appid)) throw pushRefused('it is for another mini-program')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain.subarray(begin, begin + length))
  } catch {
    throw pushRefused('the message is not UTF-8')
  }
}

const unpadded = (bytes: Buffer): Buffer => {
  const count = bytes.at(-1) ?? 0
  const padding = bytes.subarray(bytes.length - count)
  if (count < 1 || count > BLOCK_BYTES || !padding.every((byte) => byte === count))
    throw pushRefused('the padding is wrong')
  return bytes.subarray(0, bytes.length - count)
}
