// The addresses of the preview.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Notice, PreviewEvent } from '../preview/bridge'
import { type BuildResult, reportOf } from './build'
import { packageFile } from './files'
import { buildScript, fontFaces, fontFile, shellPage, shellStyle } from './shell-files'
import { mapPlaces } from './stack'

export interface RoutePorts {
  key: string
  project: string
  latest(): Promise<BuildResult>
}

export interface Routes {
  /** Builds the scripts of the phone itself before anybody asks for them. */
  warm(): Promise<void>
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Tells open phones of a finished build. */
  built(build: BuildResult): void
  notice(notice: Notice): void
  close(): void
}

interface Reply {
  status?: number
  type: string
  body: string | Buffer
  headers?: Record<string, string>
}

const NOT_FOUND: Reply = { status: 404, type: 'text/plain; charset=utf-8', body: 'the preview has nothing here' }
const JSON_TYPE = 'application/json; charset=utf-8'

/** The page's frame has no origin; what it shows must be for any. Everything else is for the phone's page alone. */
const FOR_ANY_ORIGIN = { 'cross-origin-resource-policy': 'cross-origin' }

/** Stacks may come from the run before the last save. */
const KEPT_BUILDS = 3

export const createRoutes = ({ key, project, latest }: RoutePorts): Routes => {
  const streams = new Set<ServerResponse>()
  const builds = new Map<number, BuildResult>()
  const scripts = new Map<'shell' | 'runtime', Promise<string>>()
  /** Built when first asked for, and kept. */
  const script = async (which: 'shell' | 'runtime'): Promise<Reply> => {
    const building = scripts.get(which) ?? buildScript(which)
    scripts.set(which, building)
    return { type: 'text/javascript; charset=utf-8', body: await building }
  }

  const keep = (build: BuildResult): BuildResult => {
    builds.set(build.id, build)
    for (const id of builds.keys()) if (id <= build.id - KEPT_BUILDS) builds.delete(id)
    return build
  }
  const newest = async (): Promise<BuildResult> => keep(await latest())

  const reply = async (url: URL): Promise<Reply> => {
    const { pathname, searchParams, origin } = url
    const build = builds.get(Number(searchParams.get('build')))
    switch (pathname) {
      case '/':
        return {
          type: 'text/html; charset=utf-8',
          body: shellPage(key),
          // Nobody may frame the page that holds the key.
          headers: { 'content-security-policy': "frame-ancestors 'none'" },
        }
      case '/__preview/shell.js':
        return script('shell')
      case '/__preview/runtime.js':
        return script('runtime')
      case '/__preview/shell.css':
        return { type: 'text/css; charset=utf-8', body: shellStyle() }
      case '/__preview/fonts.css':
        return { type: 'text/css; charset=utf-8', body: fontFaces(origin) }
      case '/__preview/build':
        return { type: JSON_TYPE, body: JSON.stringify(reportOf(await newest())) }
      case '/__preview/bundle':
        return build?.bundle ? { type: 'text/javascript; charset=utf-8', body: build.bundle.code } : NOT_FOUND
      case '/__preview/frames':
        if (!build?.bundle) return NOT_FOUND
        return {
          type: JSON_TYPE,
          body: JSON.stringify(mapPlaces(build.bundle.map, { project, root: build.root }, placesIn(searchParams))),
        }
    }
    if (pathname.startsWith('/__preview/font/')) return fontReply(pathname.slice('/__preview/font/'.length))
    if (pathname.startsWith('/__preview/file/')) {
      const file = packageFile((await newest()).root, pathname.slice('/__preview/file/'.length))
      return file ? { type: file.type, body: file.bytes, headers: FOR_ANY_ORIGIN } : NOT_FOUND
    }
    return NOT_FOUND
  }

  const stream = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    streams.add(response)
    request.on('close', () => streams.delete(response))
    const build = await newest()
    // Also after a reconnect: the phone learns what it missed.
    write(response, { type: 'built', build: reportOf(build) })
  }

  return {
    async warm() {
      await Promise.all([script('shell'), script('runtime')])
    },
    handle(request, response) {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
      if (url.pathname !== '/' && !url.pathname.startsWith('/__preview/')) return false
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        send(response, { status: 405, type: 'text/plain; charset=utf-8', body: 'GET only' })
      } else if (url.pathname === '/__preview/events') {
        void stream(request, response).catch((error: unknown) => response.destroy(asError(error)))
      } else {
        reply(url).then(
          (answer) => send(response, answer),
          (error: unknown) =>
            send(response, { status: 500, type: 'text/plain; charset=utf-8', body: asError(error).stack ?? '' }),
        )
      }
      return true
    },
    built(build) {
      keep(build)
      spread(streams, { type: 'built', build: reportOf(build) })
    },
    notice: (notice) => spread(streams, { type: 'notice', notice }),
    close() {
      for (const response of streams) response.end()
      streams.clear()
    },
  }
}

const spread = (streams: ReadonlySet<ServerResponse>, event: PreviewEvent): void => {
  for (const response of streams) write(response, event)
}

const write = (response: ServerResponse, event: PreviewEvent): void => {
  response.write(`data: ${JSON.stringify(event)}\n\n`)
}

const send = (response: ServerResponse, { status = 200, type, body, headers = {} }: Reply): void => {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...headers,
  })
  response.end(body)
}

/** Fonts are public files, and a frame on no origin may only use what any origin may. */
const fontReply = (name: string): Reply => {
  const bytes = fontFile(name)
  if (!bytes) return NOT_FOUND
  const headers = {
    ...FOR_ANY_ORIGIN,
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=31536000, immutable',
  }
  return { type: 'font/woff2', body: bytes, headers }
}

const placesIn = (query: URLSearchParams): Array<{ line: number; column: number }> =>
  [...(query.get('at') ?? '').matchAll(/(\d+):(\d+)/g)].map(([, line, column]) => ({
    line: Number(line),
    column: Number(column),
  }))

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
