// createEmulator(): joins the rooms into one strict little WeChat.

import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join as joinPath, resolve } from 'node:path'
import { createAttribution } from './attribution'
import { createClock, type EmulatedClock } from './clock'
import { createCloud, createInvocations, createOpenApiCalls, ENVIRONMENT_ID } from './cloud/index'
import { createTables } from './data/tables'
import { createDeviceOperations } from './device/operations'
import type { DeviceEnv } from './device/runtime'
import { createEnvironment, ENVIRONMENT_TABLE, PUSH_KEYS_TABLE } from './environment'
import { createFaults } from './faults'
import { createFunctionHost } from './functions'
import { createHandsets, profileOf } from './handsets'
import { createBackDoors } from './http/back-doors'
import { faceReply } from './http/face-door'
import { fileReply } from './http/file-door'
import { createHttpAccess } from './http/http-access'
import { type ServerPorts, startServer } from './http/server'
import { createUploadDoor } from './http/upload-door'
import { startMediaVerdicts } from './media-verdicts'
import { createOpenApi } from './open-api/index'
import type { Table, Tables } from './ports'
import { createDeviceDoor } from './preview-build/device-door'
import { createPreview } from './preview-build/index'
import { assertBuilt, readProject } from './project'
import { createPushes } from './pushes'
import { createStage } from './stage'
import { createState, type State } from './state'
import { APPS_TABLE } from './state/apps'
import { createFileLinks, FILES_PATH } from './state/file-links'
import { encodePath } from './state/file-path'
import { parseNumber } from './state/phone-numbers'
import { createUploadTickets } from './state/upload-tickets'
import { createStorageDoor } from './storage-door'
import { createTimers } from './timers'
import { createTrace } from './trace'
import type { Caller, Emulator, EmulatorOptions, LogLine } from './types'
import { createWeixinDoors } from './weixin-doors'

export { EmulatorError } from './errors'
export type * from './types'

/** Tables that outlive a `reset`: the secrets warm workers hold, the time, which never runs backwards. */
const CLOCK_TABLE = 'emulator.clock'
const KEPT_TABLES: readonly string[] = [APPS_TABLE, ENVIRONMENT_TABLE, PUSH_KEYS_TABLE, CLOCK_TABLE]

/** Lines of functions' output kept for reading. */
const KEPT_LOGS = 20_000

/** Throws EmulatorError: PROJECT_BROKEN, NOT_BUILT, DATA_IN_USE, DATA_DAMAGED, PORT_BUSY. */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const project = readProject(options.project ?? process.cwd())
  const roots = (options.functions ?? [project.functions]).map((folder) => resolve(folder))
  for (const folder of roots) assertBuilt(folder)
  const tables = createTables(options.data)
  try {
    return await join(tables, project.folder, roots, options)
  } catch (error) {
    tables.close()
    throw error
  }
}

async function join(tables: Tables, project: string, roots: string[], options: EmulatorOptions): Promise<Emulator> {
  const { clock, arrived, stop: stopClock } = createKeptClock(tables)
  const state = createState({ tables, clock, data: options.data })
  const environment = createEnvironment({ tables, apps: state.apps }, { apiBase: () => url })
  const trace = createTrace({
    ...state.secrets,
    anywhere: () => [...state.secrets.anywhere(), ...environment.secrets()],
  })
  const faults = createFaults()
  const stage = createStage({ clock, faults, trace })
  const invocations = createInvocations()
  const attribution = createAttribution()
  const logs: LogLine[] = []
  const key = randomBytes(24).toString('hex')

  const server = await startServer({ rooms: () => rooms }, { port: options.port ?? 0, key })
  const url = `http://127.0.0.1:${server.port}`
  const links = createFileLinks({ tables, clock }, { origin: () => url })
  const tickets = createUploadTickets(clock)
  const { files } = state
  const cloud = createCloud(
    {
      ...{ stage, tables, clock, invocations, openApi: createOpenApiCalls({ state, clock }) },
      storage: { files, links, tickets, uploadUrl: (path) => `${url}${FILES_PATH}${encodePath(path)}` },
    },
    { project },
  )
  const functions = createFunctionHost(
    {
      clock,
      identify: (caller) => identify(state, caller),
      registerInvocation: attribution.watch(invocations.register),
      onLog(line) {
        logs.push(line)
        if (logs.length > KEPT_LOGS) logs.shift()
      },
      adminUrl: () => `${url}/admin`,
      environment: environment.variables,
    },
    {
      ...{ roots, environmentId: ENVIRONMENT_ID },
      ...(options.workers !== undefined && { workers: options.workers }),
      ...(options.timeLimitMs !== undefined && { timeLimitMs: options.timeLimitMs }),
    },
  )
  const httpAccess = createHttpAccess({ stage, functions }, { environmentId: ENVIRONMENT_ID })
  const pushes = createPushes({ state, clock, http: httpAccess, keysOf: environment.pushKeys })
  const operations = createDeviceOperations({
    ...{ state, stage, functions, clock },
    origin: () => url,
    http: httpAccess,
    links,
  })
  const device = createHandsets({ state, operations, env: createDeviceEnv(clock) })

  let isClosed = false
  const onFault = (error: unknown) => {
    // What was under way when everything ended has failed, and nobody asks why.
    if (!isClosed) report(error)
  }
  const timers = createTimers(
    { clock, arrived, functions, appidOf: (app) => state.apps.get(app).appid, onFault },
    { roots },
  )
  const emulator: Emulator = {
    url,
    key,
    get apps() {
      return state.apps.all()
    },
    get accounts() {
      return state.accounts.all()
    },
    clock,
    faults,
    trace,
    logs,
    device,
    weixin: createWeixinDoors({ state, clock, pushes }),
    database: cloud.backDoor,
    storage: createStorageDoor(files),
    functions: {
      environment: functions.environment,
      invoke: functions.invoke,
      open: functions.open,
      timer: timers.fire,
    },
    async reset() {
      faults.clear()
      for (const name of tables.names('')) if (!KEPT_TABLES.includes(name)) tables.drop(name)
      tickets.clear()
      state.begin()
      trace.clear()
      logs.length = 0
    },
    async close() {
      isClosed = true
      faults.clear()
      await preview.close()
      await functions.close()
      await server.close()
      stopClock()
      tables.close()
    },
  }
  startMediaVerdicts({ state, clock, stage, links, pushes, onFault })
  if (options.timers === true) timers.start()
  const preview = createPreview({ project, key })
  if (options.phone === true) void preview.warm()
  clock.follow(async () => preview.notice({ type: 'clock', offset: clock.offset }))
  const rooms: ServerPorts = {
    preview,
    openApi: createOpenApi({ state, stage, clock, invocationOf: attribution.invocationOf }),
    httpAccess,
    cloud: cloud.face,
    uploads: createUploadDoor({ files, tickets, stage }),
    face: (path) => faceReply(state, path),
    file: (path, range) => fileReply({ files, links }, { url: `${url}${path}`, range }),
    backDoors: createBackDoors({
      emulator,
      addAccount(about) {
        if (about.phone !== undefined) parseNumber(about.phone)
        return state.accounts.add(about)
      },
      device: createDeviceDoor({
        operations,
        clock,
        profileOf: (options) => profileOf(state, options),
        storageOf: (profile) => state.flash.entries(profile),
        launched: (profile) => state.tempFiles.launch(profile),
      }),
      async callFunction(account, name, data) {
        const profile = profileOf(state, { account, device: 'back-door' })
        const answer = await operations.call(profile, 'callFunction', { name, data })
        if (!answer.ok) return { ok: false, value: answer.failure }
        return { ok: true, value: Object.assign({}, answer.value, { errMsg: 'cloud.callFunction:ok' }) }
      },
    }),
  }
  if (options.data !== undefined) writeKey(options.data, key)
  return emulator
}

/** What nobody waits for lands on the console. */
const report = (error: unknown): void => console.error(error)

/** Who WeChat says is calling: the union is told of bound apps only. */
function identify(state: State, { account, app }: Caller) {
  const { appid, bound } = state.apps.get(app)
  if (account === undefined) return { appid }
  const { id } = state.accounts.get(account)
  state.visits.seen(id, appid)
  const openid = state.apps.openid(id, appid)
  return bound ? { appid, openid, unionid: state.apps.unionid(id) } : { appid, openid }
}

/** A clock whose jumps outlive the process: time never runs backwards for what was stored. */
function createKeptClock(tables: Tables): { clock: EmulatedClock; arrived: () => Promise<void>; stop: () => void } {
  const table: Table<number> = tables.table(CLOCK_TABLE)
  const running = createClock({ offset: table.get('offset') ?? 0 })
  let jump = Promise.resolve()
  const advance = (ms: number) => {
    jump = running.advance(ms).then(() => table.set('offset', running.offset))
    return jump
  }
  const clock = Object.create(running, { advance: { value: advance } }) as EmulatedClock
  return { clock, arrived: () => jump.catch(() => undefined), stop: running.close }
}

/** Exceptions in callbacks of the mini-program land on the console, as in DevTools. */
const createDeviceEnv = (clock: EmulatedClock): DeviceEnv => ({
  setTimeout: clock.setTimeout,
  clearTimeout: clock.clearTimeout,
  report,
})

/** For the shell and scripts of this machine's user only. */
function writeKey(folder: string, key: string): void {
  const file = joinPath(folder, 'key')
  rmSync(file, { force: true })
  writeFileSync(file, key, { mode: 0o600 })
}
