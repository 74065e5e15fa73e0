// `npm start`: the emulator on its port, until it is told to stop.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { eraseData } from '../emulator/data/erase'
import { createEmulator } from '../emulator/index'
import { build } from './build'

const DEFAULT_PORT = '8610'
const DEFAULT_DATA = '.emulator'
const SOURCES = 'cloudfunctions'

const HELP = `npm start [-- --project DIR] [-- --port N] [-- --data DIR] [-- --reset]

Serves the emulated WeChat on http://127.0.0.1:PORT and keeps its data.

  --project DIR   another mini-program: the folder with its project.config.json; this one unless said
  --port N        port to listen on; ${DEFAULT_PORT} unless said, 0 for any free one. PORT in the environment does the same
  --data DIR      folder that keeps the data; ${DEFAULT_DATA} in the project unless said
  --reset         forgets the data first
  --help          this text`

const out = (line: string) => void process.stdout.write(`${line}\n`)

interface Settings {
  project: string
  port: number
  data: string
  reset: boolean
}

function readSettings(): Settings | 'help' {
  const { values } = parseArgs({
    options: {
      project: { type: 'string' },
      port: { type: 'string' },
      data: { type: 'string' },
      reset: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return 'help'
  const asked = values.port ?? process.env['PORT'] ?? DEFAULT_PORT
  const port = /^\d{1,5}$/.test(asked) ? Number(asked) : Number.NaN
  if (!(port <= 65_535)) throw new Error(`${JSON.stringify(asked)} is not a port: 0 to 65535`)
  const project = resolve(values.project ?? '.')
  const data = values.data === undefined ? join(project, DEFAULT_DATA) : resolve(values.data)
  return { project, port, data, reset: values.reset === true }
}

async function main(): Promise<void> {
  const settings = readSettings()
  if (settings === 'help') {
    out(HELP)
    return
  }
  const { project, port, data, reset } = settings
  if (reset) eraseData(data)
  // What runs is what stands in cloudfunctions/ now; a project without sources brings its functions built.
  if (existsSync(join(project, SOURCES))) await build(project)
  const emulator = await createEmulator({ project, port, data, phone: true, timers: true })
  out(emulator.url)
  out(`微信仿真器已启动 · the emulated WeChat is running; its data is in ${data}`)
  out('按 Ctrl+C 停止，--help 查看选项 · Ctrl+C stops it, --help lists the options')

  let stopping = false
  const stop = () => {
    // A second signal means now.
    if (stopping) process.exit(1)
    stopping = true
    void emulator.close().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
