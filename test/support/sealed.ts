// What WeChat seals for a client, made by code that shares nothing with what opens it.
import { createCipheriv } from 'node:crypto'

export interface PhoneInfo {
  phoneNumber: string
  purePhoneNumber: string
  countryCode: string
  watermark: { timestamp: number; appid: string }
}

/** A Chinese number unless said; `at` in milliseconds. */
export const phoneInfoOf = (appid: string, at: number, number = '12066600001', countryCode = '86'): PhoneInfo => ({
  phoneNumber: countryCode === '86' ? number : `+${countryCode} ${number}`,
  purePhoneNumber: number,
  countryCode,
  watermark: { timestamp: Math.floor(at / 1000), appid },
})

const IV = Buffer.from('the iv: 16 bytes')

/** Any bytes under a session_key; padded as PKCS#7 unless the padding is part of what is sealed. */
export const sealBytes = (sessionKey: string, bytes: Buffer, { padded = true } = {}) => {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), IV).setAutoPadding(padded)
  const encryptedData = Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64')
  return { encryptedData, iv: IV.toString('base64') }
}

export const seal = (sessionKey: string, value: unknown) => sealBytes(sessionKey, Buffer.from(JSON.stringify(value)))
