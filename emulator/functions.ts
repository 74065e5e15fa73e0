// The function host: runs built cloud functions with the real SDK in workers, within the cloud's limits.
import { dirname } from 'node:path'
import type { EmulatedClock } from './clock'
import {
  type CallFacts,
  callContext,
  callEvent,
  callVariables,
  newApiToken,
  newRequestId,
  STATIC_VARIABLES,
} from './functions/context'
import { executionFailed, functionMissing, resultTooLarge, timedOut } from './functions/errors'
import { type FunctionFolder, findFunction } from './functions/folders'
import { createInstance, type Instance, type Outcome } from './functions/instance'
import { createPool, type Pool } from './functions/pool'
import type { Invocation } from './ports'
import type { Caller, LogLine, OpenInvocation } from './types'

export { FunctionError } from './functions/errors'

/** Who WeChat says is calling. */
export interface Identity {
  appid: string
  openid?: string
  unionid?: string
}

export interface FunctionHostPorts {
  clock: Pick<EmulatedClock, 'offset' | 'follow' | 'setTimeout' | 'clearTimeout'>
  /** Throws for an account or an app that does not exist. */
  identify(caller: Caller): Identity
  /** From now on the SDK may call in this invocation's name; returns how to end it. */
  registerInvocation(invocation: Invocation): () => void
  onLog(line: LogLine): void
  /** Where the SDK's calls go: `http://127.0.0.1:PORT/admin`. */
  adminUrl(): string
  /** Variables of every function of this app, as set in the cloud's console. */
  environment(appid: string): Record<string, string>
}

export interface FunctionHostOptions {
  /** Folders of built functions, searched in order. */
  roots: readonly string[]
  environmentId: string
  /** Instances per app and function, at most. */
  workers?: number
  /** What a handler may take, on the emulated clock; the cloud gives three seconds unless told otherwise. */
  timeLimitMs?: number
}

export interface FunctionHost {
  /** Resolves with the result; rejects with a FunctionError. */
  invoke(name: string, event: unknown, caller: Caller): Promise<unknown>
  /** The same, with the id WeChat gave the call. */
  call(name: string, event: unknown, caller: Caller): Promise<{ result: unknown; requestId: string }>
  /** A live invocation that the caller runs itself, in a process of its own: what a cold start is measured on. */
  open(name: string, event: unknown, caller: Caller): OpenInvocation
  /** Sets or (undefined) unsets variables of a function; calls after this see them. */
  environment(name: string, variables: Record<string, string | undefined>): Promise<void>
  close(): Promise<void>
}

/** -604001 above this. */
const MAX_RESULT_BYTES = 1024 * 1024

export function createFunctionHost(
  { clock, identify, registerInvocation, onLog, adminUrl, environment }: FunctionHostPorts,
  { roots, environmentId, workers = 4, timeLimitMs = 3000 }: FunctionHostOptions,
): FunctionHost {
  const pools = new Map<string, { name: string; folder: FunctionFolder; pool: Pool }>()
  let closed = false
  const overrides = new Map<string, Record<string, string | undefined>>()

  const variablesOf = (appid: string, name: string): Record<string, string> => {
    const wanted = { ...environment(appid), ...overrides.get(name) }
    const set = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return { PATH: process.env['PATH'] ?? '', ...STATIC_VARIABLES(environmentId), ...Object.fromEntries(set) }
  }

  /** The pool of a function; a function that was built again gets fresh instances. */
  const poolOf = (appid: string, name: string, folder: FunctionFolder): Pool => {
    const key = `${appid}/${name}`
    const known = pools.get(key)
    if (known !== undefined) {
      const rebuilt = known.folder.version !== folder.version
      known.folder = folder
      if (rebuilt) void known.pool.renew()
      return known.pool
    }
    const made = { name, folder, pool: createPool({ spawn }, { size: workers }) }
    function spawn(): Instance {
      const { entry, usesSdk } = made.folder
      // Loading the SDK is the start of an instance, not work of a handler: several at once on a small machine would
      // otherwise eat the time limit of functions that require it late.
      const preload = usesSdk ? ['wx-server-sdk'] : []
      return createInstance({ clock, onLog }, { name, entry, preload, env: variablesOf(appid, name) })
    }
    pools.set(key, made)
    return made.pool
  }

  /** Runs it in this instance; one that overstays the limit is ended. */
  const run = async (instance: Instance, event: unknown, facts: CallFacts): Promise<Outcome | 'late'> => {
    const variables = callVariables(facts)
    const call = {
      id: facts.requestId,
      event: callEvent(event, facts),
      context: callContext(facts, variables),
      variables,
    }
    let limit: number | undefined
    const outcome = await new Promise<Outcome | 'late'>((resolve) => {
      const onStarted = () => {
        limit = clock.setTimeout(() => resolve('late'), facts.timeLimitMs)
      }
      void instance.invoke(call, onStarted).then(resolve)
    })
    if (limit !== undefined) clock.clearTimeout(limit)
    if (outcome === 'late') void instance.terminate()
    return outcome
  }

  /** What an invocation is, before anything runs it; `begin` makes it live. */
  const prepare = (name: string, caller: Caller) => {
    if (closed) throw new Error('the function host is closed')
    const requestId = newRequestId()
    const { appid, openid, unionid } = identify(caller)
    const folder = findFunction(roots, name)
    if (folder === undefined) throw functionMissing(requestId)
    const facts: CallFacts = {
      environmentId,
      functionName: name,
      requestId,
      apiToken: newApiToken(),
      appid,
      ...(openid === undefined ? {} : { openid }),
      ...(unionid === undefined ? {} : { unionid }),
      source: caller.source ?? (openid === undefined ? 'wx_unknown' : 'wx_client'),
      extra: caller.extra ?? {},
      adminUrl: adminUrl(),
      timeLimitMs,
    }
    const begin = () =>
      registerInvocation({
        id: requestId,
        apiToken: facts.apiToken,
        function: name,
        appid,
        source: facts.source,
        permissions: folder.permissions,
        ...(openid === undefined ? {} : { openid }),
        ...(caller.account === undefined ? {} : { account: caller.account }),
      })
    return { facts, folder, begin }
  }

  const call: FunctionHost['call'] = async (name, event, caller) => {
    const { facts, folder, begin } = prepare(name, caller)
    const lease = await poolOf(facts.appid, name, folder).acquire()
    const end = begin()
    try {
      const outcome = await run(lease.instance, event, facts)
      return { result: toResult(outcome, facts, folder), requestId: facts.requestId }
    } finally {
      end()
      lease.release()
    }
  }

  const open: FunctionHost['open'] = (name, event, caller) => {
    const { facts, folder, begin } = prepare(name, caller)
    const variables = callVariables(facts)
    return {
      entry: folder.entry,
      environment: { ...variablesOf(facts.appid, name), ...variables },
      event: callEvent(event, facts),
      context: callContext(facts, variables),
      end: begin(),
    }
  }

  return {
    call,
    open,
    invoke: async (name, event, caller) => (await call(name, event, caller)).result,
    async environment(name, variables) {
      overrides.set(name, { ...overrides.get(name), ...variables })
      await Promise.all([...pools.values()].filter((entry) => entry.name === name).map(({ pool }) => pool.renew()))
    },
    async close() {
      closed = true
      await Promise.all([...pools.values()].map(({ pool }) => pool.close()))
      pools.clear()
    },
  }
}

/** What the caller gets, in JSON's terms; throws the FunctionError of any other outcome. */
function toResult(
  outcome: Outcome | 'late',
  { requestId, timeLimitMs }: CallFacts,
  { entry }: FunctionFolder,
): unknown {
  if (outcome === 'late') throw timedOut(timeLimitMs / 1000, requestId)
  if (outcome.type === 'died') throw executionFailed(inTheCloud(outcome.why, entry), requestId)
  if (outcome.type === 'failed') throw executionFailed(inTheCloud(outcome.stack, entry), requestId)
  const size = Buffer.byteLength(outcome.result)
  if (size > MAX_RESULT_BYTES) throw resultTooLarge(size, requestId)
  return JSON.parse(outcome.result)
}

/** A stack as the cloud would show it: the function lies in /var/user, and of its runtime nothing is seen. */
const inTheCloud = (stack: string, entry: string) =>
  stack
    .split('\n')
    .filter((line) => !/\[worker eval\]|\(?node:/.test(line))
    .join('\n')
    .replaceAll(dirname(entry), '/var/user')
