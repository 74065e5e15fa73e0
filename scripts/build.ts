// `npm run build`: makes of every cloud function one readable JavaScript file that can be uploaded as it is.

import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build as esbuild, formatMessages } from 'esbuild'

const HELP = `npm run build [-- --quiet]

Builds every folder of cloudfunctions/ that has index.ts, package.json and config.json into
dist/cloudfunctions/<name>/, which is the cloudfunctionRoot of project.config.json. Those of
cloudfunctions/examples/ become dist/examples/<name>/, where nothing uploads them.

  --quiet   says nothing unless something is wrong
  --help    this text`

/** What a folder has when it is a function and not a room of one. */
const PARTS = ['index.ts', 'package.json', 'config.json'] as const

/** WeChat's floor; the newest that all of its environments offer. */
const TARGET = 'node16'

export class BuildError extends Error {
  override readonly name = 'BuildError'
}

/** A folder of functions that are examples: built and run like the others, but not for the cloud. */
const EXAMPLES = 'examples'

/**
 * Builds all functions; returns their folders below dist/. Throws BuildError. Two builds at once do not disturb each
 * other.
 */
export async function build(project = resolve(__dirname, '..')): Promise<string[]> {
  const source = join(project, 'cloudfunctions')
  const names = await findFunctions(source)
  if (names.length === 0) throw new BuildError(`${source}: no folder with ${PARTS.join(', ')}`)
  const examples = await findFunctions(join(source, EXAMPLES))
  const roots = [
    { from: source, to: 'cloudfunctions', names },
    { from: join(source, EXAMPLES), to: EXAMPLES, names: examples },
  ]
  const built = await Promise.all(roots.map((root) => buildRoot(project, root)))
  return built.flat()
}

interface Root {
  from: string
  /** Below dist/. */
  to: string
  names: readonly string[]
}

async function buildRoot(project: string, { from, to, names }: Root): Promise<string[]> {
  const target = join(project, 'dist', to)
  await Promise.all(names.map((name) => buildOne(project, join(from, name), join(target, name))))
  await removeStale(target, names)
  return names.map((name) => `${to}/${name}`)
}

async function findFunctions(source: string): Promise<string[]> {
  const entries = await readdir(source, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory())
  const complete = await Promise.all(
    folders.map(async ({ name }) =>
      (await Promise.all(PARTS.map((part) => isFile(join(source, name, part))))).every(Boolean),
    ),
  )
  return folders.map(({ name }) => name).filter((_, index) => complete[index])
}

async function buildOne(project: string, from: string, to: string): Promise<void> {
  const entry = relative(project, join(from, 'index.ts')).replaceAll('\\', '/')
  const result = await esbuild({
    entryPoints: [join(from, 'index.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    external: ['wx-server-sdk'],
    charset: 'utf8',
    banner: { js: `// Built from ${entry} by \`npm run build\`; edit that one.` },
    write: false,
    logLevel: 'silent',
  }).catch(async (failure: unknown) => {
    throw new BuildError(await explain(failure))
  })
  const code = result.outputFiles[0]?.contents
  if (code === undefined) throw new BuildError(`${from}: esbuild made nothing of it`)
  await put(join(to, 'index.js'), code)
  for (const part of ['package.json', 'config.json']) await put(join(to, part), await readFile(join(from, part)))
}

/** A rename shows a whole file or the old one; an unchanged file keeps its time, so no running worker is renewed. */
async function put(file: string, bytes: Uint8Array): Promise<void> {
  const before = await readFile(file).catch(() => undefined)
  if (before?.equals(bytes)) return
  await mkdir(dirname(file), { recursive: true })
  const draft = join(dirname(file), `.${randomUUID()}`)
  await writeFile(draft, bytes)
  await rename(draft, file)
}

async function removeStale(target: string, names: readonly string[]): Promise<void> {
  const stale = (await readdir(target).catch(() => [])).filter((name) => !names.includes(name))
  await Promise.all(stale.map((name) => rm(join(target, name), { recursive: true, force: true })))
}

const isFile = async (file: string) => (await stat(file).catch(() => undefined))?.isFile() === true

async function explain(failure: unknown): Promise<string> {
  const errors: unknown = typeof failure === 'object' && failure !== null ? Reflect.get(failure, 'errors') : undefined
  if (Array.isArray(errors)) return (await formatMessages(errors, { kind: 'error' })).join('')
  return failure instanceof Error ? failure.message : String(failure)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quiet: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help === true) {
    process.stdout.write(`${HELP}\n`)
    return
  }
  const folders = await build()
  const where = relative(process.cwd(), resolve(__dirname, '..', 'dist'))
  if (values.quiet !== true) process.stdout.write(folders.map((name) => `${join(where, name)}/index.js\n`).join(''))
}

// Run as a script; tests import `build`.
if (resolve(process.argv[1] ?? '') === __filename)
  main().catch((error: unknown) => {
    process.stderr.write(`build: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
