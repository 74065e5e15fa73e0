// A device made of ports: what the core of the client library is tested on.

import { type Auth, createAuthCore } from '../../miniprogram/auth/core/auth'
import { authError } from '../../miniprogram/auth/core/errors'
import type { Ports } from '../../miniprogram/auth/core/ports'
import type { Call, CallEvent, Envelope, SessionGrant, User } from '../../typings/contract'

/** Answers one event; the test writes it. */
export type Server = (event: CallEvent) => Promise<Envelope> | Envelope

export const anna: User = { id: 'u-anna', unionLinked: false, createdAt: 1 }
export const boris: User = { id: 'u-boris', unionLinked: false, createdAt: 2 }

export const grant = (token: string, user: User = anna): SessionGrant => ({ token, expiresIn: 86_400, user })

export const ok = (data: object = {}, session?: SessionGrant): Envelope =>
  ({ ok: true, requestId: 'r', data, ...(session ? { session } : {}) }) as Envelope

export const refuse = (
  code: Extract<Envelope, { ok: false }>['error']['code'],
  more: { session?: SessionGrant; retryAfterMs?: number } = {},
): Envelope => {
  const { session, retryAfterMs } = more
  const { remedy } = authError(code, '')
  const error = { code, message: `refused: ${code}`, remedy, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
  return { ok: false, requestId: 'r', error, ...(session ? { session } : {}) }
}

/** A gate that a test opens; whoever waits at it goes on. */
export const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

interface Timer {
  at: number
  run: () => void
}

export interface World {
  auth: Auth
  /** Everything that was sent, in order. */
  sent: CallEvent[]
  sentCalls: (call: Call) => CallEvent[]
  logins: () => number
  checks: () => number
  stored: Map<string, unknown>
  /** Lets pending promises run, and every timer that is due. */
  advance(ms: number): Promise<void>
  /** A new launch of the mini-program on the same device. */
  relaunch(): Auth
}

interface WorldOptions {
  server?: Server
  takeCode?: (nth: number) => Promise<string>
  checkSession?: () => Promise<boolean>
  storage?: Partial<Ports['storage']>
  stored?: Map<string, unknown>
}

/** Enough turns of the task queue for any chain of promises to come to rest; no rule of ours counts them. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

export const createWorld = (options: WorldOptions = {}): World => {
  let now = 1_800_000_000_000
  let timers: Timer[] = []
  let logins = 0
  let checks = 0
  const sent: CallEvent[] = []
  const stored = options.stored ?? new Map<string, unknown>()
  const server: Server = options.server ?? (({ code }) => ok({ user: anna }, code ? grant(`t-${code}`) : undefined))

  const ports: Ports = {
    login: {
      takeCode: () => {
        logins += 1
        return (options.takeCode ?? ((nth) => Promise.resolve(`code-${nth}`)))(logins)
      },
      checkSession: () => {
        checks += 1
        return (options.checkSession ?? (() => Promise.resolve(true)))()
      },
    },
    transport: {
      send: async <K extends Call>(event: CallEvent<K>) => {
        sent.push(structuredClone(event) as CallEvent)
        return (await server(event as CallEvent)) as Envelope<K>
      },
    },
    storage: {
      get: async (key) => structuredClone(stored.get(key)),
      set: async (key, value) => void stored.set(key, structuredClone(value)),
      remove: async (key) => void stored.delete(key),
      ...options.storage,
    },
    clock: {
      now: () => now,
      after: (ms, run) => {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
    device: {
      newId: () => 'device-0001',
      describe: () => ({ model: 'iPhone 15', platform: 'ios' }),
      random: () => 0.5,
    },
  }
  const launch = () =>
    createAuthCore(ports, { loginMs: 5_000, checkMs: 3_000, callMs: 8_000 }, { attempts: 3, baseMs: 400 })

  return {
    auth: launch(),
    sent,
    sentCalls: (call) => sent.filter((event) => event.call === call),
    logins: () => logins,
    checks: () => checks,
    stored,
    async advance(ms) {
      await settle()
      const target = now + ms
      for (;;) {
        const due = timers.filter(({ at }) => at <= target).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        now = Math.max(now, due.at)
        timers = timers.filter((timer) => timer !== due)
        due.run()
        await settle()
      }
      now = target
      await settle()
    },
    relaunch: launch,
  }
}
