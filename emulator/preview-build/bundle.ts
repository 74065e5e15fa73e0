// One script out of the mini-program, by esbuild, fast enough to do it at every save. The runtime is a script of its own.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { type BuildFailure, type BuildOptions, context, type Message, type Plugin, transform } from 'esbuild'
import { foreignGlobals } from './foreign-globals'
import { type Problem, placeOfText } from './problems'

export interface Bundle {
  code: string
  /** Source map as JSON text. */
  map: string
  /** Absolute paths of the mini-program's scripts, and for each the scripts it imports. */
  imports: Map<string, string[]>
}

export interface Bundler {
  /** Resolves with the problems when there are any. */
  bundle(root: string, entry: string): Promise<Bundle | Problem[]>
  close(): Promise<void>
}

const ENTRY = 'preview-entry'

export const createBundler = (project: string): Bundler => {
  let entry = ''
  let root = ''
  const imports = new Map<string, string[]>()
  const compiled = new Map<string, { stamp: number; code: string }>()

  const isOurs = (file: string): boolean => !relative(root, file).startsWith('..') && !isAbsolute(relative(root, file))

  const plugin: Plugin = {
    name: 'mini-program',
    setup(build) {
      build.onResolve({ filter: /^preview-entry$/ }, () => ({ path: ENTRY, namespace: ENTRY }))
      build.onLoad({ filter: /.*/, namespace: ENTRY }, () => ({ contents: entry, loader: 'js', resolveDir: project }))
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind, namespace }) => {
        if (kind === 'entry-point' || namespace === ENTRY || !isOurs(importer)) return undefined
        const found = resolveImport(root, importer, path)
        if ('error' in found) return { errors: [{ text: found.error, location: importPlace(importer, path) }] }
        imports.set(importer, [...(imports.get(importer) ?? []), found.path])
        return found
      })
      build.onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
        if (!isOurs(path)) return undefined
        const stamp = statSync(path).mtimeMs
        const known = compiled.get(path)
        if (known?.stamp === stamp) return { contents: known.code, loader: 'js' }
        try {
          const code = await compileScript(path)
          compiled.set(path, { stamp, code })
          return { contents: code, loader: 'js' }
        } catch (error) {
          return { errors: (error as BuildFailure).errors }
        }
      })
    },
  }

  const options = {
    entryPoints: [ENTRY],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    sourcemap: 'external',
    write: false,
    outfile: join(project, 'preview.js'),
    absWorkingDir: project,
    logLevel: 'silent',
    charset: 'utf8',
    plugins: [plugin],
    tsconfigRaw: {},
  } as const satisfies BuildOptions

  let building: ReturnType<typeof context> | undefined
  const bundler = () => {
    building ??= context(options)
    return building
  }

  return {
    async bundle(miniprogramRoot, text) {
      root = miniprogramRoot
      entry = text
      imports.clear()
      try {
        const { outputFiles } = await (await bundler()).rebuild()
        const textOf = (ending: string): string => outputFiles?.find((it) => it.path.endsWith(ending))?.text ?? ''
        return { code: textOf('.js'), map: textOf('.map'), imports: new Map(imports) }
      } catch (error) {
        if (!isFailure(error)) throw error
        return error.errors.map((message) => problemOf(project, message))
      }
    },
    async close() {
      if (building) await (await building).dispose()
    },
  }
}

const isFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error

/** WeChat compiles each file alone; type-only imports leave no trace. */
const compileScript = async (path: string): Promise<string> => {
  const { code } = await transform(readFileSync(path, 'utf8'), {
    loader: path.endsWith('.ts') ? 'ts' : 'js',
    sourcefile: path,
    sourcemap: 'inline',
    target: 'es2022',
    charset: 'utf8',
    define: foreignGlobals,
    tsconfigRaw: {},
  })
  return code
}

/** WeChat resolves a path to a file and nothing else: no folders, nothing outside the root, npm only as built. */
const resolveImport = (root: string, importer: string, reference: string): { path: string } | { error: string } => {
  const isPath = reference.startsWith('.') || reference.startsWith('/')
  const base = reference.startsWith('/') ? join(root, reference) : resolve(dirname(importer), reference)
  const bases = isPath
    ? [base]
    : [join(root, 'miniprogram_npm', reference), join(root, 'miniprogram_npm', reference, 'index')]
  if (isPath && relative(root, base).startsWith('..')) {
    return {
      error: `"${reference}" is outside miniprogramRoot: WeChat does not resolve it (a type needs "import type")`,
    }
  }
  const found = bases
    .flatMap((it) => [`${it}.ts`, `${it}.js`, it])
    .find((it) => existsSync(it) && statSync(it).isFile())
  if (found) return { path: found }
  const isFolder = isPath && (existsSync(`${base}/index.ts`) || existsSync(`${base}/index.js`))
  if (isFolder) return { error: `"${reference}" is a folder: WeChat wants "${reference}/index"` }
  return { error: isPath ? `"${reference}" is not found` : `"${reference}" is not in miniprogram_npm` }
}

/** Where the source says it: esbuild knows the place in the compiled script only. */
const importPlace = (importer: string, reference: string) => {
  const text = readFileSync(importer, 'utf8')
  const quoted = [`'${reference}'`, `"${reference}"`].find((it) => text.includes(it)) ?? reference
  const { line, column } = placeOfText(text, quoted)
  return { file: importer, line, column: column - 1 }
}

const problemOf = (project: string, { text, location }: Message): Problem => {
  if (!location) return { file: 'project.config.json', line: 1, column: 1, message: text }
  const file = relative(project, resolve(project, location.file)).replaceAll('\\', '/')
  return { file, line: location.line, column: location.column + 1, message: text }
}
