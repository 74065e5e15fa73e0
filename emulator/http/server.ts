// The one port: guards every request, finds the room behind its path, sends the answer.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EmulatorError } from '../errors'
import { guardAddress, guardBackDoor, guardMethod, HttpRefusal } from '../guard'
import type { OpenApi } from '../open-api'
import { isConnectionLost } from '../stage'
import { FILES_PATH } from '../state/file-links'
import type { BackDoors } from './back-doors'
import { parseObject, readBody } from './body'
import { type HttpAccess, MAX_BINARY_BYTES } from './http-access'
import { type Reply, refusalReply, send } from './reply'
import { MAX_FILE_BYTES, type UploadDoor } from './upload-door'

/** What the SDK's wire may carry at most: uploads do not come this way. */
const MAX_ADMIN_BYTES = 24 * 1024 * 1024
const MAX_BODY_BYTES = 2 * 1024 * 1024
/** A handset sends pictures of the tester's own, in base64. */
const MAX_DEVICE_BYTES = 24 * 1024 * 1024
const HTTP_ACCESS = '/http'

export interface ServerPorts {
  /** The phone in the browser: `/` and `/__preview/…`. */
  preview: { handle(request: IncomingMessage, response: ServerResponse): boolean }
  openApi: OpenApi
  backDoors: BackDoors
  /** The public internet's door to functions. */
  httpAccess: HttpAccess
  /** The cloud storage's temporary addresses. */
  file(path: string, range: string | undefined): Reply
  /** Where functions send the bytes of files. */
  uploads: UploadDoor
  /** WeChat's picture servers. */
  face(path: string): Reply
  /** The wire of wx-server-sdk; it checks the invocation's token itself. */
  cloud: { handle(request: { headers: IncomingMessage['headers']; body: Buffer; url: string }): Promise<Reply> }
}

export interface Server {
  readonly port: number
  close(): Promise<void>
}

/** Listens on 127.0.0.1; throws PORT_BUSY. `rooms` is asked per request, because the rooms need the port's address. */
export async function startServer(
  { rooms }: { rooms(): ServerPorts },
  { port, key }: { port: number; key: string },
): Promise<Server> {
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  const actualPort = () => (server.address() as AddressInfo).port

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const { pathname } = url
    if (pathname === '/admin') {
      guardMethod(request, ['POST'])
      const body = await readBody(request, MAX_ADMIN_BYTES)
      return rooms().cloud.handle({ headers: request.headers, body, url: request.url ?? '' })
    }
    if (pathname.startsWith('/__emulator/')) return backDoor(request, url)
    if (pathname.startsWith(`${HTTP_ACCESS}/`)) {
      return rooms().httpAccess.answer({
        method: request.method ?? 'GET',
        path: pathname.slice(HTTP_ACCESS.length),
        query: url.searchParams,
        headers: singleHeaders(request),
        body: await readBody(request, MAX_BINARY_BYTES),
        address: request.socket.remoteAddress ?? '127.0.0.1',
      })
    }
    if (pathname.startsWith(FILES_PATH) && request.method === 'PUT') {
      const body = () => readBody(request, MAX_FILE_BYTES)
      return rooms().uploads.put({ path: pathname, headers: singleHeaders(request), body })
    }
    if (pathname.startsWith(FILES_PATH)) {
      guardMethod(request, ['GET', 'HEAD', 'PUT'])
      return rooms().file(`${pathname}${url.search}`, request.headers.range)
    }
    if (pathname.startsWith('/mmopen/')) {
      guardMethod(request, ['GET', 'HEAD'])
      return rooms().face(`${pathname}${url.search}`)
    }
    if (/^\/(sns|cgi-bin|wxa|tcb)\//.test(pathname)) {
      const sent = await readBody(request, MAX_BODY_BYTES)
      const { status, contentType, body } = await rooms().openApi.answer({
        method: request.method ?? 'GET',
        path: pathname,
        query: new Map(url.searchParams),
        body: sent.toString('utf8'),
      })
      return { status, headers: { 'content-type': contentType }, body }
    }
    throw new HttpRefusal(404, 'NOT_FOUND', `nothing lives at ${pathname}`)
  }

  const backDoor = async (request: IncomingMessage, url: URL): Promise<Reply> => {
    // The key comes first: without it nobody learns which doors there are.
    guardBackDoor(request, key)
    const name = url.pathname.slice('/__emulator/'.length)
    const methods = rooms().backDoors.methods(name)
    if (methods === undefined) throw new HttpRefusal(404, 'NOT_FOUND', `no back door ${name}`)
    guardMethod(request, methods)
    const limit = name === 'device' ? MAX_DEVICE_BYTES : MAX_BODY_BYTES
    const body = request.method === 'POST' ? parseObject(await readBody(request, limit)) : {}
    return rooms().backDoors.open(request.method ?? '', name, url.searchParams, body)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      guardAddress(request, actualPort())
      if (rooms().preview.handle(request, response)) return
      const reply = await answer(request)
      // What was refused or not needed unread must not keep the connection waiting.
      request.resume()
      send(response, reply)
    } catch (error) {
      if (isConnectionLost(error)) {
        request.socket.destroy()
        return
      }
      request.resume()
      send(response, refusalReply(error))
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE'
      const why = busy
        ? `port ${port} is busy; choose another with --port`
        : `cannot listen on ${port}: ${error.message}`
      reject(new EmulatorError(busy ? 'PORT_BUSY' : 'BAD_REQUEST', why))
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: actualPort(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Each header once, as the gateway hands them on. */
const singleHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
