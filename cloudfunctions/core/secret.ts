// A value that does not print: however it is logged, joined or serialised, only a mask comes out.
import { inspect } from 'node:util'

export type SecretKind =
  | 'session_key'
  | 'token'
  | 'code'
  | 'AppSecret'
  | 'sealing key'
  | 'index key'
  | 'access token'
  | 'phone code'
  | 'phone number'
  | 'sealed data'
  | 'cloudID'
  | 'openid'
  | 'push token'
  | 'push key'

/** Only adapters at the wire, and sealing, call `reveal`. */
export interface Secret {
  reveal(): string
  toString(): string
  toJSON(): string
}

/** What is seen of a secret of this kind. */
export const maskOf = (kind: SecretKind): string => `[${kind}]`

export const createSecret = (kind: SecretKind, value: string): Secret => {
  const mask = () => maskOf(kind)
  // The value lives in a closure: no property, symbol or prototype leads to it.
  return Object.freeze({ reveal: () => value, toString: mask, toJSON: mask, [inspect.custom]: mask })
}
