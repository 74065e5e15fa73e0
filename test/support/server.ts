// The server without a cloud: `serve` over memory stores, a told clock and a WeChat of ten lines.
import { createHash, randomBytes } from 'node:crypto'
import { calls } from '../../cloudfunctions/calls/index'
import { Refusal } from '../../cloudfunctions/core/errors'
import type { Caller, CloudApi, Exchange, Exchanged, LogLine, Weixin } from '../../cloudfunctions/core/ports'
import type { Transport } from '../../cloudfunctions/core/records'
import { createSecret, type Secret } from '../../cloudfunctions/core/secret'
import type { Stores } from '../../cloudfunctions/core/stores'
import { createEnvironment } from '../../cloudfunctions/platform/environment'
import { createServe, type Reply, type ServeOptions, type ServePorts } from '../../cloudfunctions/serve'
import type { SessionGrant } from '../../typings/contract'
import { createMemoryStorage } from './memory-storage'
import { createMemoryStores } from './memory-stores'
import { type PhoneInfo, phoneInfoOf, seal } from './sealed'
import { createToldClock } from './told-clock'

export const APPID = 'wx00000000000000aa'
export const ALICE = 'oAliceAliceAliceAliceAlice01'
export const BOB = 'oBobBobBobBobBobBobBobBob002'
export const DEVICE = { id: 'device-0001', model: 'Pixel 9', platform: 'android' }

export const VARIABLES = {
  WEIXIN_APPID: APPID,
  WEIXIN_APP_SECRET: 'app-secret-0123456789abcdef',
  SEALING_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  INDEX_KEY: Buffer.alloc(32, 8).toString('base64'),
}

export interface ServerOptions {
  variables?: Record<string, string | undefined>
  /** Stands around the memory stores, to hold or bend what they do. */
  around?: (stores: Stores) => Stores
  transport?: Transport
  calls?: ServeOptions['calls']
  /** WeChat's answer to a code; openid and key by the code's owner unless said. */
  exchange?: (code: string, signal: AbortSignal) => Promise<Exchanged>
  /** WeChat's answer to a phone code, by cloud call and by token alike; the number that `tap` told unless said. */
  phoneInfo?: (code: string) => Promise<unknown>
  /** Whether WeChat sealed the data with this hash; what `tap` sealed unless said. */
  hasSealed?: (hash: string) => Promise<boolean>
  /** What a cloudID stands for; unknown unless said. */
  openData?: (cloudID: string) => Promise<unknown>
  /** WeChat's word on a text; a pass unless said. */
  checkText?: (text: string) => Promise<unknown>
  /** WeChat's name for the check of a picture; a fresh one unless said. */
  checkPicture?: (url: string) => Promise<unknown>
  /** What WeChat's picture servers have at an address; nothing unless said. */
  face?: (address: string) => Promise<Buffer | undefined>
  /** False: the platform hands out no cloud calls, as without an openid in the context. */
  cloudCalls?: false
  /** When the request has left; at once unless said. */
  sent?: Promise<void>
}

export const keyOf = (openid: string): string => Buffer.alloc(16, openid).toString('base64')

export const createTestServer = (options: ServerOptions = {}) => {
  const clock = createToldClock()
  const memory = createMemoryStores()
  const storage = createMemoryStorage()
  const stores = options.around?.(memory) ?? memory
  const lines: Array<{ line: LogLine; hidden: readonly Secret[] }> = []
  const codes = new Map<string, Exchanged>()
  const spent: string[] = []
  const phoneCodes = new Map<string, PhoneInfo>()
  const cloudIDs = new Map<string, PhoneInfo>()
  const sealedHashes = new Set<string>()
  const asked: string[] = []
  let caller: Caller = { appid: APPID, openid: ALICE }
  let opened = 0

  const exchange = async (code: string): Promise<Exchanged> => {
    const found = codes.get(code)
    codes.delete(code)
    if (!found) throw new Refusal('CODE_INVALID', 'unknown or used')
    return found
  }
  const weixin: Weixin = {
    code2Session: (code, signal): Exchange => {
      spent.push(code.reveal())
      return { sent: options.sent ?? Promise.resolve(), answer: (options.exchange ?? exchange)(code.reveal(), signal) }
    },
    phoneInfo: (code) => phoneInfo('token', code),
    checkText: (question) => checkText('token', question.text),
    checkPicture: (question) => checkPicture('token', question.url),
    face: async (address) => options.face?.(address),
    hasSealed: async (hash) => {
      asked.push('token: hasSealed')
      return options.hasSealed ? options.hasSealed(hash) : sealedHashes.has(hash)
    },
  }
  const checkText = async (way: string, text: string): Promise<unknown> => {
    asked.push(`${way}: checkText`)
    return options.checkText ? options.checkText(text) : { suggest: 'pass', label: 100 }
  }
  const checkPicture = async (way: string, url: string): Promise<unknown> => {
    asked.push(`${way}: checkPicture`)
    return options.checkPicture ? options.checkPicture(url) : `trace-${randomBytes(6).toString('hex')}`
  }
  const phoneInfo = async (way: string, code: Secret): Promise<unknown> => {
    asked.push(`${way}: phoneInfo`)
    if (options.phoneInfo) return options.phoneInfo(code.reveal())
    const info = phoneCodes.get(code.reveal())
    phoneCodes.delete(code.reveal())
    if (!info) throw new Refusal('PHONE_CODE_INVALID', 'unknown or used')
    return info
  }
  const api: CloudApi = {
    phoneInfo: (code) => phoneInfo('cloud', code),
    checkText: (question) => checkText('cloud', question.text),
    checkPicture: (question) => checkPicture('cloud', question.url),
    openData: async (cloudID) => {
      asked.push('cloud: openData')
      if (options.openData) return options.openData(cloudID.reveal())
      const info = cloudIDs.get(cloudID.reveal())
      if (!info) throw new Refusal('PHONE_CODE_INVALID', 'unknown')
      return info
    },
  }
  const ports: ServePorts = {
    clock,
    random: { bytes: randomBytes },
    environment: createEnvironment(options.variables ?? VARIABLES, 'auth'),
    weixin,
    cloud: {
      warm: () => opened > 0,
      open: () => {
        opened += 1
        return { caller, stores, storage, ...(options.cloudCalls !== false && { api }) }
      },
    },
    log: { write: (line, hidden) => lines.push({ line, hidden }) },
  }
  const main = createServe(ports, { calls: options.calls ?? calls, transport: options.transport ?? 'cloud' })
  const server = {
    clock,
    memory,
    storage,
    lines,
    /** The codes WeChat was asked about. */
    spent,
    /** What WeChat was asked with a phone number in it, and which way. */
    asked,
    main,
    /** What `main` is made of, for other doors. */
    ports,
    /** The user taps the phone button; everything that its event may carry. `key` seals: Alice's unless said. */
    tap: (number?: string, { countryCode, key = keyOf(ALICE) }: { countryCode?: string; key?: string } = {}) => {
      const info = phoneInfoOf(APPID, clock.now(), number, countryCode)
      const [code, cloudID] = ['phone', 'cloud'].map((kind) => `${kind}-${randomBytes(6).toString('hex')}`)
      if (!code || !cloudID) throw new Error('two were made')
      const sealed = seal(key, info)
      phoneCodes.set(code, info)
      cloudIDs.set(cloudID, info)
      sealedHashes.add(createHash('sha256').update(sealed.encryptedData).digest('hex'))
      return { code, cloudID, sealed }
    },
    /** How often the cloud was opened: once per request that got so far. */
    opened: () => opened,
    /** From now on this is who calls. */
    from: (next: Caller) => {
      caller = next
    },
    /** A fresh login code of this person. */
    codeOf: (openid = ALICE, more: { unionid?: string; key?: string } = {}): string => {
      const code = `code-${randomBytes(6).toString('hex')}`
      const { key = keyOf(openid), unionid } = more
      codes.set(code, { openid, sessionKey: createSecret('session_key', key), ...(unionid && { unionid }) })
      return code
    },
    /** Signs this person in, as the client would, and says what was granted. */
    signIn: async (openid = ALICE, more: Record<string, unknown> = {}): Promise<SessionGrant> => {
      caller = { appid: APPID, openid }
      const reply = await main({ v: 1, call: 'login', data: {}, code: server.codeOf(openid), ...more }, {})
      return grantOf(reply)
    },
  }
  return server
}

export const grantOf = (reply: Reply): SessionGrant => {
  if (!reply.session) throw new Error(`no grant in ${JSON.stringify(reply)}`)
  return reply.session
}

/** The code of a refusal, or `ok`. */
export const outcomeOf = (reply: Reply): string => (reply.ok ? 'ok' : reply.error.code)
