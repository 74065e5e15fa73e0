// The server without a cloud: `serve` over memory stores, a told clock and a WeChat of ten lines.
import { randomBytes } from 'node:crypto'
import { calls } from '../../cloudfunctions/calls/index'
import { Refusal } from '../../cloudfunctions/core/errors'
import type { Caller, Exchange, Exchanged, LogLine, Stores, Weixin } from '../../cloudfunctions/core/ports'
import type { Transport } from '../../cloudfunctions/core/records'
import { createSecret, type Secret } from '../../cloudfunctions/core/secret'
import { createEnvironment } from '../../cloudfunctions/platform/environment'
import { createServe, type Reply, type ServeOptions } from '../../cloudfunctions/serve'
import type { SessionGrant } from '../../typings/contract'
import { createMemoryStores } from './memory-stores'
import { createToldClock } from './told-clock'

export const APPID = 'wx00000000000000aa'
export const ALICE = 'oAliceAliceAliceAliceAlice01'
export const BOB = 'oBobBobBobBobBobBobBobBob002'
export const DEVICE = { id: 'device-0001', model: 'Pixel 9', platform: 'android' }

export const VARIABLES = {
  WEIXIN_APPID: APPID,
  WEIXIN_APP_SECRET: 'app-secret-0123456789abcdef',
  SEALING_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
}

export interface ServerOptions {
  variables?: Record<string, string | undefined>
  /** Stands around the memory stores, to hold or bend what they do. */
  around?: (stores: Stores) => Stores
  transport?: Transport
  calls?: ServeOptions['calls']
  /** WeChat's answer to a code; openid and key by the code's owner unless said. */
  exchange?: (code: string, signal: AbortSignal) => Promise<Exchanged>
  /** When the request has left; at once unless said. */
  sent?: Promise<void>
}

export const keyOf = (openid: string): string => Buffer.alloc(16, openid).toString('base64')

export const createTestServer = (options: ServerOptions = {}) => {
  const clock = createToldClock()
  const memory = createMemoryStores()
  const stores = options.around?.(memory) ?? memory
  const lines: Array<{ line: LogLine; hidden: readonly Secret[] }> = []
  const codes = new Map<string, Exchanged>()
  const spent: string[] = []
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
  }
  const main = createServe(
    {
      clock,
      random: { bytes: randomBytes },
      environment: createEnvironment(options.variables ?? VARIABLES, 'auth'),
      weixin,
      cloud: {
        open: () => {
          opened += 1
          return { caller, stores }
        },
      },
      log: { write: (line, hidden) => lines.push({ line, hidden }) },
    },
    { calls: options.calls ?? calls, transport: options.transport ?? 'cloud' },
  )
  const server = {
    clock,
    memory,
    lines,
    /** The codes WeChat was asked about. */
    spent,
    main,
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
