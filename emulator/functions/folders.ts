// Where functions lie and what their folder says: code, version, declared permissions.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A timer; the cloud has no other kind. */
export interface Trigger {
  name: string
  /** Seven fields of cron. */
  config: string
}

export interface FunctionFolder {
  /** Absolute path of index.js. */
  entry: string
  /** Changes when the function is built again. */
  version: string
  /** `permissions.openapi` of config.json. */
  permissions: readonly string[]
  /** `triggers` of config.json. */
  triggers: readonly Trigger[]
  /** Whether package.json depends on wx-server-sdk. */
  usesSdk: boolean
}

/** The first root that has the function. A name that is not a plain word never becomes a path. */
export function findFunction(roots: readonly string[], name: string): FunctionFolder | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(name)) return undefined
  for (const root of roots) {
    const entry = join(root, name, 'index.js')
    const stat = statSync(entry, { throwIfNoEntry: false })
    if (stat?.isFile())
      return {
        entry,
        version: `${entry} ${stat.mtimeMs} ${stat.size}`,
        permissions: readPermissions(join(root, name)),
        triggers: readTriggers(join(root, name)),
        usesSdk: field(readJson(join(root, name, 'package.json')), 'dependencies', 'wx-server-sdk') !== undefined,
      }
  }
  return undefined
}

/** Throws when config.json is broken: deploying it would fail too. */
function readPermissions(folder: string): readonly string[] {
  const file = join(folder, 'config.json')
  const openapi = field(readJson(file), 'permissions', 'openapi') ?? []
  if (!Array.isArray(openapi) || !openapi.every((name) => typeof name === 'string'))
    throw new Error(`${file}: permissions.openapi must be a list of names`)
  return openapi
}

/** Throws when config.json is broken, too. */
function readTriggers(folder: string): readonly Trigger[] {
  const file = join(folder, 'config.json')
  const triggers = field(readJson(file), 'triggers') ?? []
  if (!Array.isArray(triggers)) throw new Error(`${file}: triggers must be a list`)
  return triggers.map((trigger: unknown) => {
    const [name, type, config] = ['name', 'type', 'config'].map((key) => field(trigger, key))
    if (typeof name !== 'string' || typeof config !== 'string' || type !== 'timer')
      throw new Error(`${file}: a trigger is { name, type: "timer", config }`)
    return { name, config }
  })
}

function readJson(file: string): unknown {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
}

const field = (value: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  )
