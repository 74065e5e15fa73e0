// The environment of a function: each variable read when it is needed, refused when it is missing or malformed.
import { Refusal } from '../core/errors'
import type { Environment } from '../core/ports'
import { parseKeyring } from '../core/sealing'
import { createSecret, type Secret } from '../core/secret'

/** What the adapters need beyond what core asks for. */
export interface FullEnvironment extends Environment {
  appSecret(): Secret
  /** Where api.weixin.qq.com is: an address without a trailing slash. */
  apiBase(): string
  /** Whether an emulator on this very machine stands for WeChat, all of its servers. */
  isEmulated(): boolean
  /** For masking: what of these is set. */
  secrets(): Secret[]
}

const DEFAULT_API_BASE = 'https://api.weixin.qq.com'
const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/
const DEFAULT_SESSION_DAYS = 30
const MAX_SESSION_DAYS = 180 // a session's absolute end

type Variables = Readonly<Record<string, string | undefined>>

/** `functionName` is for the messages: they name the function whose configuration is to be mended. */
export const createEnvironment = (variables: Variables, functionName: string): FullEnvironment => {
  const wrong = (name: string, why: string) =>
    new Refusal('MISCONFIGURED', `${name} ${why} on function ${functionName}`)
  const find = (name: string): string | undefined => variables[name]?.trim() || undefined
  const need = (name: string): string => {
    const value = find(name)
    if (value === undefined) throw wrong(name, 'is not set')
    return value
  }
  const appidIfSet = () => {
    const appid = find('WEIXIN_APPID')
    if (appid !== undefined && !/^wx[0-9a-z]{16}$/.test(appid)) throw wrong('WEIXIN_APPID', 'is not an AppID')
    return appid
  }
  return {
    appidIfSet,
    appid: () => appidIfSet() ?? need('WEIXIN_APPID'),
    appSecret: () => createSecret('AppSecret', need('WEIXIN_APP_SECRET')),
    secrets: () => {
      const named = [
        ['WEIXIN_APP_SECRET', 'AppSecret'],
        ['WEIXIN_PUSH_TOKEN', 'push token'],
        ['WEIXIN_PUSH_AES_KEY', 'push key'],
      ] as const
      return named.flatMap(([name, kind]) => {
        const value = find(name)
        return value === undefined ? [] : [createSecret(kind, value)]
      })
    },
    isEmulated: () => LOOPBACK.test(addressOf(find('WEIXIN_API_BASE') ?? DEFAULT_API_BASE)?.hostname ?? ''),
    apiBase: () => {
      const base = find('WEIXIN_API_BASE') ?? DEFAULT_API_BASE
      const { protocol, hostname = '' } = addressOf(base) ?? {}
      // AppSecret and session_key would travel in clear: plain http is for an emulator on this very machine.
      const here = protocol === 'http:' && LOOPBACK.test(hostname)
      if (protocol !== 'https:' && !here) throw wrong('WEIXIN_API_BASE', 'is not an https address')
      return base.replace(/\/+$/, '')
    },
    keyring: () => {
      const keys = need('SEALING_KEYS')
      try {
        return parseKeyring(keys, find('SEALING_WITH'))
      } catch (cause) {
        if (!(cause instanceof Refusal)) throw cause
        throw new Refusal(cause.code, `${cause.message} (function ${functionName})`)
      }
    },
    indexKey: () => {
      const key = need('INDEX_KEY')
      if (!/^[A-Za-z0-9+/]{43}=$/.test(key)) throw wrong('INDEX_KEY', 'is not base64 of 32 bytes')
      return createSecret('index key', key)
    },
    pushKeys: () => {
      if (find('WEIXIN_PUSH_TOKEN') === undefined && find('WEIXIN_PUSH_AES_KEY') === undefined) return undefined
      const [token, key] = [need('WEIXIN_PUSH_TOKEN'), need('WEIXIN_PUSH_AES_KEY')]
      if (!/^[A-Za-z0-9]{3,32}$/.test(token)) throw wrong('WEIXIN_PUSH_TOKEN', 'is not 3 to 32 letters and digits')
      if (!/^[A-Za-z0-9+/]{43}$/.test(key)) throw wrong('WEIXIN_PUSH_AES_KEY', 'is not the 43 characters WeChat shows')
      return { token: createSecret('push token', token), key: createSecret('push key', key) }
    },
    sessionDays: () => {
      const text = find('SESSION_DAYS') ?? String(DEFAULT_SESSION_DAYS)
      const days = Number(text)
      if (!/^\d{1,3}$/.test(text) || days < 1 || days > MAX_SESSION_DAYS) {
        throw wrong('SESSION_DAYS', `is not a whole number from 1 to ${MAX_SESSION_DAYS}`)
      }
      return days
    },
  }
}

const addressOf = (text: string): URL | undefined => {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
