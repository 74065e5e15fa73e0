// What stands before the first browser test: the built functions, and a Chromium unpacked once from node_modules.

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import buildOnce from './build-once'

const ROOT = join(__dirname, '../..')
const CACHE = join(ROOT, 'node_modules/.cache/chromium')

/** How a browser is started here. */
export interface BrowserHow {
  executablePath?: string
  /** An installed browser that playwright finds by itself. */
  channel?: 'chrome'
  args: string[]
  env: Record<string, string>
}

/** Jest's globalSetup: one process, before the workers. */
export default async function setup(): Promise<void> {
  await Promise.all([browserHow(), buildOnce()])
}

/** Resolves with how to start the browser; rejects with one clear sentence when this machine has none. */
export const browserHow = async (): Promise<BrowserHow> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome', args: [], env: {} }
  const folder = join(CACHE, packageVersion())
  if (!existsSync(folder)) await unpack(folder)
  return {
    executablePath: join(folder, 'chromium'),
    // The package's own arguments run everything in one process, which dies when a context closes.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  }
}

/** Its `exports` hide package.json, so the folder is found from the main file: build/cjs/index.cjs. */
const packageFolder = (): string => join(dirname(createRequire(__filename).resolve('@sparticuz/chromium')), '../..')

const packageVersion = (): string => {
  const json: unknown = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'))
  return typeof json === 'object' && json !== null && 'version' in json ? String(json.version) : 'unknown'
}

/**
 * The package unpacks piece by piece into the temporary folder and takes any file of that name that it finds there for
 * a whole one: so it gets a folder of its own, which takes its place only when it is complete. Two runs may race: the
 * second rename fails and the first folder stands.
 */
const unpack = async (folder: string): Promise<void> => {
  mkdirSync(CACHE, { recursive: true })
  const temporary = mkdtempSync(join(CACHE, 'unpacking-'))
  try {
    const script =
      "import('@sparticuz/chromium').then((it) => it.default.executablePath()).catch(e => { console.error(e); process.exit(1) })"
    const env = {
      ...process.env,
      TMPDIR: temporary,
      // Without this the shared libraries stay packed.
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
    }
    await promisify(execFile)(process.execPath, ['-e', script], { cwd: ROOT, env })
    writeFileSync(join(temporary, 'fonts/fonts.conf'), fontsConf(join(folder, 'fonts')))
    renameSync(temporary, folder)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    if (!existsSync(folder))
      throw new Error(`no browser for the tests: Chromium could not be unpacked (${String(error)})`)
  }
}

/** The package's own file points into the temporary folder; then all text is invisible. */
const fontsConf = (fonts: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${fonts}/cache</cachedir>
</fontconfig>
`
