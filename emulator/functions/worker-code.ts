// The worker's code as one script: neither tsx nor jest can start a worker from TypeScript.
import { join } from 'node:path'
import { buildSync } from 'esbuild'

let code: string | undefined

/** Bundled once per process, from the sources beside this file. */
export function workerCode(): string {
  if (code !== undefined) return code
  const result = buildSync({
    entryPoints: [join(__dirname, 'worker.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'silent',
  })
  code = result.outputFiles[0]?.text
  if (code === undefined) throw new Error('esbuild gave no code for the worker')
  return code
}
