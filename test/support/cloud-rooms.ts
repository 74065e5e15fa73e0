// The cloud's rooms alone: the database and the function host over the real stage, clock and tables, on a bare port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createClock } from '../../emulator/clock'
import {
  type Cloud,
  createCloud,
  createInvocations,
  createOpenApiCalls,
  ENVIRONMENT_ID,
} from '../../emulator/cloud/index'
import { createTables } from '../../emulator/data/tables'
import { createFaults } from '../../emulator/faults'
import { createFunctionHost, type FunctionHost } from '../../emulator/functions'
import { createStage } from '../../emulator/stage'
import { createState } from '../../emulator/state'
import { createFileLinks } from '../../emulator/state/file-links'
import { createUploadTickets } from '../../emulator/state/upload-tickets'
import { createTrace } from '../../emulator/trace'
import type { Clock, Emulator, Faults, LogLine, Trace } from '../../emulator/types'

export const FIXTURES = path.resolve('test/emulator/functions')
const PROJECT = path.resolve('test/emulator/project')

export interface CloudRooms {
  clock: Clock
  faults: Faults
  trace: Trace
  logs: LogLine[]
  /** Resolves once `count` lines with this text have been printed. */
  printed(text: string, count?: number): Promise<void>
  database: Emulator['database']
  functions: FunctionHost
  face: Cloud['face']
  adminUrl: string
  /** Forgets what was stored, traced, printed and bent. */
  clear(): void
  close(): Promise<void>
}

export async function openCloudRooms(
  options: { workers?: number; roots?: string[]; data?: string; project?: string } = {},
): Promise<CloudRooms> {
  const clock = createClock()
  const faults = createFaults()
  const trace = createTrace({ anywhere: () => [], isWord: () => false, isName: () => false })
  const stage = createStage({ clock, faults, trace })
  const tables = createTables(options.data)
  const invocations = createInvocations()
  const state = createState({ tables, clock })
  const openApi = createOpenApiCalls({ state, clock })
  const links = createFileLinks({ tables, clock }, { origin: () => 'http://127.0.0.1:1' })
  // Nothing is uploaded here: that wants the whole port.
  const storage = { files: state.files, links, tickets: createUploadTickets(clock), uploadUrl: () => '' }
  const logs: LogLine[] = []
  const readers = new Set<() => void>()
  const cloud = createCloud(
    { stage, tables, clock, invocations, openApi, storage },
    { project: options.project ?? PROJECT },
  )
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      cloud.face
        .handle({ headers: request.headers, body: Buffer.concat(chunks), url: request.url ?? '' })
        .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
        .catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const adminUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`
  const functions = createFunctionHost(
    {
      clock,
      identify: ({ account, app = 'wx0123456789abcdef' }) =>
        account === undefined ? { appid: app } : { appid: app, openid: `openid-of-${account}` },
      registerInvocation: invocations.register,
      onLog(line) {
        logs.push(line)
        for (const read of [...readers]) read()
      },
      adminUrl: () => adminUrl,
      environment: () => ({ WEIXIN_APP_SECRET: 'the-secret' }),
    },
    { roots: options.roots ?? [FIXTURES], environmentId: ENVIRONMENT_ID, workers: options.workers ?? 2 },
  )
  return {
    clock,
    faults,
    trace,
    logs,
    printed: (text, count = 1) =>
      new Promise((resolve) => {
        const read = () => {
          if (logs.filter((line) => line.text === text).length < count) return
          readers.delete(read)
          resolve()
        }
        readers.add(read)
        read()
      }),
    database: cloud.backDoor,
    functions,
    face: cloud.face,
    adminUrl,
    clear() {
      tables.clear()
      trace.clear()
      faults.clear()
      logs.length = 0
    },
    async close() {
      await functions.close()
      clock.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      tables.close()
    },
  }
}
