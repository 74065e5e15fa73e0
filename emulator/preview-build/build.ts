// A mini-program's folder to one bundle, or to the list of what is wrong with it.

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { BuildReport } from '../preview/bridge'
import type { Program } from '../preview/program'
import { type Bundle, createBundler } from './bundle'
import { checkHandlers } from './handlers'
import type { Problem } from './problems'
import { type Project, readProject } from './project'
import { createSources, type Sources } from './sources'
import { readChrome } from './window'
import { compileTemplates } from './wxml'
import { compileSheet } from './wxss'

export interface BuildResult {
  /** Counts from 1, one more at each build. */
  id: number
  /** Random, one per builder. */
  start: string
  /** Absent when there are problems. */
  bundle?: { code: string; map: string }
  problems: Problem[]
  /** Absolute path of miniprogramRoot. */
  root: string
  /** Absolute paths that the result depends on, also those that are missing. */
  watched: string[]
  /** Real milliseconds it took. */
  ms: number
}

export interface Builder {
  /** Never rejects for what the developer did wrong. */
  build(): Promise<BuildResult>
  close(): Promise<void>
}

/** `project` is the folder of project.config.json. */
export const createBuilder = (project: string): Builder => {
  const bundler = createBundler(project)
  const start = randomUUID()
  let count = 0

  const compile = async (sources: Sources): Promise<{ bundle?: Bundle; root: string }> => {
    const parsed = readProject(sources)
    const { root } = parsed
    if (parsed.pages.length === 0 || !parsed.appScript) return { root }
    const { entry, handlers } = compileEntry(sources, parsed)
    const bundle = await bundler.bundle(root, entry)
    if (Array.isArray(bundle)) {
      sources.problems.push(...bundle)
      return { root }
    }
    for (const file of [...bundle.imports.keys(), ...[...bundle.imports.values()].flat()]) sources.watched.add(file)
    checkHandlers(sources, parsed, handlers, bundle.imports)
    return { root, bundle }
  }

  return {
    async build() {
      const started = performance.now()
      const sources = createSources(project)
      const { root, bundle } = await compile(sources)
      count += 1
      const { problems } = sources
      const isGood = bundle !== undefined && problems.length === 0
      const code = isGood ? { bundle: { code: bundle.code, map: bundle.map } } : {}
      return {
        id: count,
        start,
        ...code,
        problems,
        root,
        watched: [...sources.watched],
        ms: performance.now() - started,
      }
    },
    close: () => bundler.close(),
  }
}

/** What the phone may know of a build. */
export const reportOf = ({ id, start, problems, bundle, ms }: BuildResult): BuildReport => ({
  id,
  start,
  problems,
  good: bundle !== undefined,
  ms: Math.round(ms),
})

/** Everything of Program that is data; the rest is code. */
type Data = Omit<Program, 'templates' | 'app' | 'scripts'>

const compileEntry = (sources: Sources, project: Project): { entry: string; handlers: Program['handlers'] } => {
  const { parts, pages, appJson, appScript = '' } = project
  const templates = compileTemplates(sources, project)
  const { styles, scopes } = compileSheets(sources, project)
  const entryPage = appJson['entryPagePath']
  const data: Data = {
    pages,
    entry: typeof entryPage === 'string' ? entryPage : (pages[0] ?? ''),
    style: appJson['style'] === 'v2' ? 'v2' : 'v1',
    ...readChrome(sources, project),
    configs: Object.fromEntries([...parts.values()].map((part) => [part.path, part.config])),
    styles,
    scopes,
    handlers: templates.handlers,
  }
  const scripts = [...parts.values()].map(
    ({ path, script }) => `[${JSON.stringify(path)}, () => require(${JSON.stringify(script)})]`,
  )
  const entry = `globalThis.miniProgram = {
  ...${JSON.stringify(data)},
  templates: ${templates.code},
  app: () => require(${JSON.stringify(appScript)}),
  scripts: [${scripts.join(',\n')}],
}`
  return { entry, handlers: templates.handlers }
}

const compileSheets = (sources: Sources, { root, parts }: Project): Pick<Program, 'styles' | 'scopes'> => {
  const tags = new Set([...parts.values()].flatMap(({ config }) => Object.keys(config.usingComponents)))
  const styles: Record<string, string> = { app: compileSheet(sources, join(root, 'app.wxss'), { root, tags }) }
  const scopes: Record<string, string> = {}
  for (const { path, isPage, config } of parts.values()) {
    const isolation = config.styleIsolation ?? (config.addGlobalClass ? 'apply-shared' : 'isolated')
    const isScoped = isolation === 'apply-shared' || (!isPage && isolation !== 'shared')
    const scope = isScoped ? `s${Object.keys(scopes).length.toString(36)}` : undefined
    if (scope !== undefined) scopes[path] = scope
    const own = { root, tags, ...(isPage ? { page: path } : {}), ...(scope === undefined ? {} : { scope }) }
    styles[path] = compileSheet(sources, join(root, `${path}.wxss`), own)
  }
  return { styles, scopes }
}
