// Sealing: what is secret at rest, as `v1.<keyId>.<iv>.<tag>.<data>` with AES-256-GCM.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Refusal } from './errors'
import type { Random } from './ports'
import { createSecret, type Secret, type SecretKind } from './secret'

/** The keys that open, and the one that seals: a key is added everywhere first, then promoted. */
export interface Keyring {
  keys: ReadonlyMap<string, Secret>
  sealWith: string
}

/** Where a sealed value lives. It opens nowhere else: a value copied to another document is refused. */
export interface Place {
  collection: string
  id: string
  field: string
}

export interface Sealing {
  seal(secret: Secret, place: Place): string
  /** Throws INTERNAL when the text was altered, moved, or sealed with a key we no longer have. */
  open(sealed: string, place: Place, kind: SecretKind): Secret
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12 // what GCM is specified for
const TAG_BYTES = 16 // a shorter tag can be guessed
const KEY_BYTES = 32

const wrongKeys = (why: string) => new Refusal('MISCONFIGURED', `SEALING_KEYS ${why}`)

/** `SEALING_KEYS` is `id:base64 of 32 bytes`, comma separated; `SEALING_WITH` names the one that seals. */
export const parseKeyring = (sealingKeys: string, sealingWith: string | undefined): Keyring => {
  const keys = new Map<string, Secret>()
  for (const [index, entry] of sealingKeys.split(',').entries()) {
    const [, id, base64] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)\s*$/.exec(entry) ?? []
    if (id === undefined || base64 === undefined) {
      throw wrongKeys(`is malformed: entry ${index + 1} is not "id:base64 of ${KEY_BYTES} bytes"`)
    }
    if (keys.has(id)) throw wrongKeys(`names the key ${id} twice`)
    keys.set(id, createSecret('sealing key', base64))
  }
  const sealWith = sealingWith?.trim() ?? [...keys.keys()][0] ?? ''
  if (!keys.has(sealWith))
    throw new Refusal('MISCONFIGURED', 'SEALING_WITH names a key that SEALING_KEYS does not have')
  return { keys, sealWith }
}

const placeBytes = ({ collection, id, field }: Place) => Buffer.from(`${collection}/${id}/${field}`)
const keyBytes = (key: Secret) => Buffer.from(key.reveal(), 'base64')

export const createSealing = ({ random, keyring }: { random: Random; keyring: Keyring }): Sealing => {
  const keyOf = (id: string): Secret => {
    const key = keyring.keys.get(id)
    if (key === undefined) throw unopened(`no key ${id.slice(0, 32)}`)
    return key
  }
  return {
    seal: (secret, place) => {
      const iv = random.bytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, keyBytes(keyOf(keyring.sealWith)), iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(placeBytes(place))
      const data = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()])
      const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))
      return ['v1', keyring.sealWith, ...parts].join('.')
    },
    open: (sealed, place, kind) => {
      const [version, keyId = '', iv = '', tag = '', data = '', ...rest] = sealed.split('.')
      if (version !== 'v1' || rest.length > 0) throw unopened('not a v1 text')
      const key = keyBytes(keyOf(keyId))
      try {
        const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES })
        decipher.setAAD(placeBytes(place))
        decipher.setAuthTag(Buffer.from(tag, 'base64url'))
        const opened = Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()])
        return createSecret(kind, opened.toString('utf8'))
      } catch {
        throw unopened(`altered, or not sealed for ${place.collection} ${place.field}`)
      }
    },
  }
}

const unopened = (detail: string) => new Refusal('INTERNAL', 'a sealed value does not open', { detail })
