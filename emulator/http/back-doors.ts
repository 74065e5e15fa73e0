// The back doors: what no mini-program can do, but a test and the panel must; typed, named, behind the key.

import { assertSpec } from '../faults'
import { HttpRefusal } from '../guard'
import type { Emulator, Fault } from '../types'
import { bad, type Doors, object, only, optional, text, wholeNumber } from './door'
import { createPhoneDoors } from './phone-doors'
import { createProfileDoors } from './profile-doors'
import { json, type Reply } from './reply'
import { createServiceDoors } from './service-doors'

/** What the back doors need that is no door of `Emulator`. */
export interface BackDoorPorts {
  emulator: Pick<
    Emulator,
    'apps' | 'accounts' | 'clock' | 'faults' | 'trace' | 'weixin' | 'database' | 'functions' | 'reset'
  >
  addAccount(about: { nickname: string; phone?: string }): unknown
  /** Answers one request of the phone's device. */
  device(body: Record<string, unknown>): Promise<unknown>
  /** What callFunction resolves to, or the failure it rejects with. */
  callFunction(account: string, name: string, data: unknown): Promise<{ ok: boolean; value: unknown }>
}

export interface BackDoors {
  /** The methods of a door; undefined when there is none of that name. */
  methods(path: string): readonly string[] | undefined
  open(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): Promise<Reply>
}

export function createBackDoors({ emulator, addAccount, callFunction, device }: BackDoorPorts): BackDoors {
  const { clock, faults, trace, weixin, database } = emulator
  const faultOf = (id: string) => {
    const found = faults.list().find((fault) => String(fault.id) === id)
    if (found === undefined) throw new HttpRefusal(404, 'UNKNOWN_FAULT', `no fault ${id}`)
    return found
  }
  const accountOf = (id: string) =>
    emulator.accounts.find((account) => account.id === id) ?? missing(`no account ${id}`)
  const doors: Doors = {
    ...createPhoneDoors(weixin),
    ...createProfileDoors(emulator),
    ...createServiceDoors(emulator),
    state: { GET: () => ({ apps: emulator.apps, accounts: emulator.accounts, now: clock.now() }) },
    trace: {
      GET: ({ query }) => {
        const after = wholeNumber(query, 'after') ?? 0
        const last = wholeNumber(query, 'last')
        const hops = trace.hops.filter(({ seq }) => seq > after)
        return last === undefined ? hops : hops.slice(Math.max(0, hops.length - last))
      },
    },
    reset: { POST: async () => ({ done: await emulator.reset().then(() => true) }) },
    accounts: {
      POST: ({ body }) => {
        only(body, ['nickname', 'phone'])
        const phone = optional(body, 'phone', 'string')
        return addAccount({ nickname: text(body, 'nickname'), ...(phone === undefined ? {} : { phone }) })
      },
    },
    'accounts/:id': {
      GET: ({ id, query }) => {
        const sessionKey = weixin.sessionKeyState(id, query.get('app') ?? undefined)
        return { ...accountOf(id), sessionKey }
      },
      POST: ({ id, body }) => {
        only(body, ['blocked'])
        const blocked = optional(body, 'blocked', 'boolean')
        if (blocked !== undefined) weixin.setBlocked(id, blocked)
        return accountOf(id)
      },
    },
    'accounts/:id/login-code': {
      POST: ({ id, body }) => {
        only(body, ['app'])
        return { code: weixin.loginCode(id, optional(body, 'app', 'string')) }
      },
    },
    'accounts/:id/expire-session-key': {
      POST: ({ id, body }) => {
        only(body, ['app'])
        weixin.expireSessionKey(id, optional(body, 'app', 'string'))
        return { done: true }
      },
    },
    'devices/:id/forget': {
      POST: ({ id, body }) => {
        only(body, ['account', 'app'])
        const app = optional(body, 'app', 'string')
        weixin.forget(text(body, 'account'), { device: id, ...(app === undefined ? {} : { app }) })
        return { done: true }
      },
    },
    clock: {
      GET: () => ({ now: clock.now() }),
      POST: async ({ body }) => {
        only(body, ['advance'])
        const ms = body['advance']
        if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0)
          throw bad('`advance` is milliseconds, not negative')
        await clock.advance(ms)
        return { now: clock.now() }
      },
    },
    faults: {
      GET: () => faults.list().map(seen),
      POST: ({ body }) => {
        assertSpec(body)
        return seen(faults.add(body))
      },
      DELETE: () => {
        faults.clear()
        return { done: true }
      },
    },
    'faults/:id': {
      DELETE: ({ id }) => {
        faultOf(id).remove()
        return { done: true }
      },
    },
    'faults/:id/release': {
      POST: ({ id, body }) => {
        only(body, ['count'])
        faultOf(id).release(optional(body, 'count', 'number'))
        return { done: true }
      },
    },
    device: { POST: ({ body }) => device(body) },
    call: {
      POST: async ({ body }) => {
        only(body, ['account', 'name', 'data'])
        const { ok, value } = await callFunction(text(body, 'account'), text(body, 'name'), body['data'])
        return ok ? value : new Refused(value)
      },
    },
    database: {
      POST: ({ body }) => {
        only(body, ['collection', 'query', 'remove', 'update'])
        const [collection, query] = [text(body, 'collection'), object(body, 'query')]
        if (body['remove'] !== undefined && body['update'] !== undefined) throw bad('`remove` or `update`, not both')
        if (body['update'] !== undefined) return { updated: database.update(collection, query, object(body, 'update')) }
        if (body['remove'] === true) return { removed: database.remove(collection, query) }
        if (body['remove'] !== undefined) throw bad('`remove` is true or absent')
        return { documents: database.find(collection, query) }
      },
    },
  }

  const find = (path: string) => {
    const parts = path.split('/')
    for (const [name, methods] of Object.entries(doors)) {
      const wanted = name.split('/')
      if (wanted.length !== parts.length) continue
      if (wanted.every((part, index) => part === ':id' || part === parts[index])) {
        const id = parts[wanted.indexOf(':id')] ?? ''
        return { methods, id: decode(id) }
      }
    }
    return undefined
  }
  return {
    methods: (path) => {
      const found = find(path)
      return found === undefined ? undefined : Object.keys(found.methods)
    },
    async open(method, path, query, body) {
      const found = find(path)
      const door = found?.methods[method]
      if (found === undefined || door === undefined) return missing(`no back door ${path}`)
      const value = await door({ body, query, id: found.id })
      return value instanceof Refused ? json(value.value, 502) : json(value)
    },
  }
}

/** The door did its work, and what it called said no. */
class Refused {
  constructor(readonly value: unknown) {}
}

const seen = ({ id, spec, hits }: Fault) => ({ id, hits, ...spec })
const missing = (why: string): never => {
  throw new HttpRefusal(404, 'NOT_FOUND', why)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw bad('the path is not properly encoded')
  }
}
