// `npm run bench`: speed and memory as ratios, measured side by side in one run; never part of a test.
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, buildSync } from 'esbuild'
import { createEmulator } from '../emulator/index'
import { measureAuthentication } from './bench/authentication'
import { measureColdLogin } from './bench/cold-login'
import type { Row } from './bench/measure'
import { measurePreview } from './bench/preview'
import { build as buildFunctions } from './build'

const HELP = `npm run bench

Medians of alternating pairs: a cold auth/login against a login as tutorials write it, authentication against one bare
read, the size of the client library, the start of the phone in the browser and its repaint after a save. Takes about
a minute.`

const clientSize = (): Row => {
  const { outputFiles } = buildSync({
    entryPoints: [resolve(__dirname, '../miniprogram/auth/index.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    write: false,
  })
  const bytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
  return { what: 'client library, minified and gzipped', figure: `${bytes} bytes`, aim: '≤ 6144' }
}

/** The functions of the benchmark lie beside the one that ships, so that all resolve the same SDK. */
const buildBenchFunctions = async (folder: string): Promise<void> => {
  await build({
    entryPoints: [resolve(__dirname, 'bench/guarded/index.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16',
    external: ['wx-server-sdk'],
    outfile: join(folder, 'guarded/index.js'),
    logLevel: 'silent',
  })
}

const print = (rows: readonly Row[]): void => {
  const width = (pick: (row: Row) => string) => Math.max(...rows.map((row) => pick(row).length))
  const [what, figure] = [width((row) => row.what), width((row) => row.figure)]
  for (const row of rows) {
    process.stdout.write(`${row.what.padEnd(what)}   ${row.figure.padEnd(figure)}   aim ${row.aim}\n`)
  }
}

const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${HELP}\n`)
    return
  }
  await buildFunctions()
  // Inside the project, so that the functions find the SDK in its node_modules.
  const folder = mkdtempSync(resolve(__dirname, '../dist/bench-'))
  const emulator = await createEmulator({
    functions: [resolve(__dirname, '../dist/cloudfunctions'), folder, resolve(__dirname, 'bench/functions')],
    workers: 1,
  })
  try {
    await buildBenchFunctions(folder)
    const rows = [
      ...(await measureColdLogin(emulator, [0, 150])),
      await measureAuthentication(emulator),
      clientSize(),
      ...(await measurePreview()),
    ]
    print(rows)
  } finally {
    await emulator.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
