// Open data: what WeChat seals for a mini-program's server with the session_key of the person.

import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
const CIPHER = 'aes-128-cbc'
const IV_BYTES = 16

export interface SealedData {
  /** Base64. */
  encryptedData: string
  /** Base64 of 16 bytes. */
  iv: string
}

/** `sessionKey` is base64 of 16 bytes; the padding is PKCS#7. */
export function sealOpenData(data: object, sessionKey: string): SealedData {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, Buffer.from(sessionKey, 'base64'), iv)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(data), 'utf8'), cipher.final()])
  return { encryptedData: sealed.toString('base64'), iv: iv.toString('base64') }
}

/** What checkencryptedmsg asks for: hex SHA-256 of the base64 text. */
export const hashOf = (encryptedData: string): string => createHash('sha256').update(encryptedData).digest('hex')
