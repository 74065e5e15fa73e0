// The preview's door for the emulator's port: builds, watches, serves the phone.

import { statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { resolve } from 'node:path'
import type { BuildReport, Notice } from '../preview/bridge'
import { type BuildResult, createBuilder, reportOf } from './build'
import { createRoutes } from './routes'
import { createWatcher } from './watch'

export type { BuildReport, Notice } from '../preview/bridge'
export type { Problem } from './problems'

export interface PreviewPorts {
  /** Folder of project.config.json. */
  project: string
  /** What the back doors want in `x-emulator-key`; stands in the page at `/`, readable by that page only. */
  key: string
}

export interface Preview {
  /** Answers `/` and everything below `/__preview/`, only GET and HEAD. False: the path is not the preview's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Tells every open phone something: the clock jumped, the theme changed. */
  notice(notice: Notice): void
  /** Builds before the first request; what fails is told to the request that needs it. */
  warm(): Promise<void>
  /** The current build; waits for one that is under way. */
  current(): Promise<BuildReport>
  onBuild(listener: (build: BuildReport) => void): () => void
  close(): Promise<void>
}

/**
 * Nothing happens before somebody asks: an emulator without a phone costs nothing. The first build starts with the first
 * request or `current()`. `watch: false` builds once.
 */
export const createPreview = ({ project, key }: PreviewPorts, { watch = true } = {}): Preview => {
  const folder = resolve(project)
  const builder = createBuilder(folder)
  const listeners = new Set<(build: BuildReport) => void>()
  const watcher = watch ? createWatcher(() => rebuild()) : undefined
  let isStale = false
  let isClosed = false
  let newest: Promise<BuildResult> | undefined

  const build = async (): Promise<BuildResult> => {
    const started = Date.now()
    const result = await builder.build()
    if (isClosed) return result
    watcher?.follow(result.watched)
    // What was saved while it was being read is not seen by a watcher that came later.
    if (watcher && result.watched.some((file) => savedAfter(file, started))) rebuild()
    return result
  }
  const latest = (): Promise<BuildResult> => {
    newest ??= build()
    return newest
  }
  /** One build at a time; saves during a build make one more. */
  const rebuild = (): void => {
    if (isStale || isClosed) return
    isStale = true
    newest = latest()
      .catch(() => undefined)
      .then(() => {
        isStale = false
        return build()
      })
    newest.then(
      (result) => {
        routes.built(result)
        for (const listener of listeners) listener(reportOf(result))
      },
      (error: unknown) => console.error('the preview cannot build', error),
    )
  }

  const routes = createRoutes({ key, latest, project: folder })

  return {
    handle: routes.handle,
    notice: routes.notice,
    warm: async () => {
      await Promise.allSettled([latest(), routes.warm()])
    },
    current: async () => reportOf(await latest()),
    onBuild(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      isClosed = true
      watcher?.close()
      routes.close()
      await newest?.catch(() => undefined)
      await builder.close()
    },
  }
}

const savedAfter = (file: string, time: number): boolean =>
  (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > time
