// The process in which WeChat's compiler runs: it forks workers, prints, and leaves timers, so it is never ours.

import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Order, Outcome, Unresolved } from './official-words'
import { goOffline } from './offline'

/** What we use of miniprogram-ci 2.1.42, which is not there when this file is type checked. */
interface MiniprogramCi {
  Project: new (options: object) => object
  getCompiledResult(options: object): Promise<Record<string, string | Buffer>>
}
interface Analyser {
  analyse(): Promise<unknown>
}
interface AnalysisPlugin {
  name: string
  onDepResolveFailed(dependency: { originModule?: { path?: string } }, error: unknown): void
  onModuleBuildFailed(module: { path: string }, error: unknown): void
}

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const compile = async (load: NodeJS.Require, { project, output, settings }: Order): Promise<Record<string, number>> => {
  const ci = load('miniprogram-ci') as MiniprogramCi
  const { DefaultProjectAttr } = load('miniprogram-ci/dist/config/config.js') as { DefaultProjectAttr: object }
  const asked = new ci.Project({
    appid: 'touristappid',
    type: 'miniProgram',
    projectPath: project,
    // Never used: it would sign the request for the attributes, and those are answered here.
    privateKey: 'none',
    ignores: ['node_modules/**/*'],
    attr: async () => DefaultProjectAttr,
  })
  const files = await ci.getCompiledResult({ project: asked, setting: settings })
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      const file = join(output, 'miniprogram', path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      return [path, Buffer.byteLength(content)]
    }),
  )
}

/** Reads no TypeScript, so it is given what the compiler made. */
const analyse = async (load: NodeJS.Require, { output }: Order): Promise<Unresolved[]> => {
  const { Analyzer } = load('miniprogram-ci/dist/common/code-analyse/index.js') as {
    Analyzer: new (options: object) => Analyser
  }
  const unresolved: Unresolved[] = []
  const plugin: AnalysisPlugin = {
    name: 'gate',
    onDepResolveFailed: ({ originModule }, error) =>
      void unresolved.push({ from: originModule?.path ?? 'app.json', message: textOf(error) }),
    onModuleBuildFailed: ({ path }, error) => void unresolved.push({ from: path, message: textOf(error) }),
  }
  await new Analyzer({ root: join(output, 'miniprogram'), type: 'miniprogram', plugins: [plugin] }).analyse()
  return unresolved
}

const run = async (order: Order): Promise<Outcome> => {
  goOffline()
  const load = createRequire(join(order.tools, 'package.json'))
  let sizes: Record<string, number>
  try {
    sizes = await compile(load, order)
  } catch (thrown) {
    const path: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'path') : undefined
    const code: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'code') : undefined
    return { refused: { message: textOf(thrown), path: String(path ?? ''), code: String(code ?? '') } }
  }
  return { sizes, unresolved: await analyse(load, order) }
}

process.once('message', (order: Order) => {
  void run(order)
    .catch((thrown: unknown): Outcome => ({ failed: thrown instanceof Error ? (thrown.stack ?? '') : String(thrown) }))
    .then((outcome) => process.send?.(outcome, () => process.exit(0)))
})
