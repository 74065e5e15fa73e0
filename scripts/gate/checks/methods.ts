// The methods a page or component really has: its script is run up to the moment it registers, and asked.

import { createContext, Script } from 'node:vm'
import { build } from 'esbuild'
import type { Part } from '../../../emulator/preview-build/project'
import { isRecord } from '../../../emulator/preview-build/sources'
import type { Place } from '../json-places'

export type Methods = { names: ReadonlySet<string> } | { mistake: string; place: Place }

/** Nothing but registering may take time in a script's first run. */
const LIMIT_MS = 2_000

const START: Place = { line: 1, column: 1 }

export const methodsOf = async ({ script, path }: Part): Promise<Methods> => {
  const bundled = await build({
    entryPoints: [script],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  }).catch((failure: unknown) => failure)
  const code = codeOf(bundled)
  if (code === undefined) return esbuildMistake(bundled)
  const registered: unknown[] = []
  const register = (options: unknown): string => {
    registered.push(options)
    return path
  }
  const sandbox = createContext({
    Page: register,
    Component: register,
    Behavior: (options: unknown) => options,
    App: () => undefined,
    wx: anything(),
    getApp: anything,
    getCurrentPages: () => [],
    console: { log() {}, warn() {}, error() {}, info() {}, debug() {} },
    setTimeout: () => 0,
    clearTimeout: () => undefined,
    setInterval: () => 0,
    clearInterval: () => undefined,
  })
  try {
    new Script(code, { filename: script }).runInContext(sandbox, { timeout: LIMIT_MS })
  } catch (thrown) {
    // An error of the sandbox is no Error of ours.
    return { mistake: `the script throws before it registers: ${String(thrown)}`, place: START }
  }
  const own = registered.at(-1)
  if (!isRecord(own)) return { mistake: 'the script calls neither Page() nor Component()', place: START }
  return { names: new Set(namesIn(own)) }
}

/** Methods of a page are its functions; those of a component lie in `methods`; behaviors lend theirs. */
const namesIn = (options: Record<string, unknown>): string[] => {
  const { behaviors, methods } = options
  const functionsOf = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, held]) => (typeof held === 'function' ? [name] : []))
      : []
  const lent = Array.isArray(behaviors) ? behaviors.filter(isRecord).flatMap(namesIn) : []
  return [...functionsOf(options), ...functionsOf(methods), ...lent]
}

/** Whatever is asked of `wx` while a script loads, it answers, and nothing happens. */
const anything = (): unknown =>
  new Proxy(() => undefined, {
    get: (_, key) => (key === 'then' || typeof key === 'symbol' ? undefined : anything()),
    apply: anything,
  })

const codeOf = (result: unknown): string | undefined => {
  const files: unknown = isRecord(result) ? result['outputFiles'] : undefined
  const first: unknown = Array.isArray(files) ? files[0] : undefined
  const text: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'text') : undefined
  return typeof text === 'string' ? text : undefined
}

const esbuildMistake = (failure: unknown): Methods => {
  const errors: unknown = typeof failure === 'object' && failure !== null ? Reflect.get(failure, 'errors') : undefined
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  const text = isRecord(first) ? String(first['text']) : String(failure)
  const location = isRecord(first) && isRecord(first['location']) ? first['location'] : {}
  const where = typeof location['file'] === 'string' ? ` (${location['file']}:${String(location['line'])})` : ''
  return { mistake: `the script cannot be read: ${text}${where}`, place: START }
}
