// A port with the preview alone on it, and a device whose answers a test decides.

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DeviceAnswer } from '../../emulator/device/port'
import type { DeviceRequest } from '../../emulator/preview/bridge'
import { createPreview, type Preview } from '../../emulator/preview-build/index'

export interface PreviewServer {
  url: string
  key: string
  preview: Preview
  /** Every request of the device, in order. */
  requests: DeviceRequest[]
  close(): Promise<void>
}

/** What the panel asks of a first day on which nothing happened. */
const QUIET: Readonly<Record<string, unknown>> = {
  trace: [],
  faults: [],
  state: { accounts: [] },
  clock: { now: Date.now() },
  'phone-outcome': { outcome: 'ask', quota: 1000 },
  'open-platform': { appid: 'wx0000000000000000', bound: true },
  'content-service': { text: 'check', picture: 'check', delayMs: 2000 },
  'profile-service': { avatar: 'ask', nickname: 'check', userInfo: 'anonymous' },
  'accounts/v1': { id: 'v1', sessionKey: 'none' },
}

export type Answer = (request: DeviceRequest) => DeviceAnswer | undefined

/** `answer` comes first; what it leaves open is an empty success. */
export const servePreview = async (project: string, answer: Answer = () => undefined): Promise<PreviewServer> => {
  const key = randomBytes(8).toString('hex')
  const preview = createPreview({ project, key })
  const requests: DeviceRequest[] = []
  const storage = new Map<string, unknown>()

  const device = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as DeviceRequest
    requests.push(asked)
    const value = asked.op === 'device.open' ? openedBy(asked, storage) : keep(asked, storage)
    const isMine = request.headers['x-emulator-key'] === key
    response.writeHead(isMine ? 200 : 403, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer(asked) ?? { ok: true, value }))
  }

  const server = createServer((request, response) => {
    if (preview.handle(request, response)) return
    if (request.url === '/__emulator/device') void device(request, response)
    else {
      const known = QUIET[request.url?.split(/__emulator\/|\?/)[1] ?? '']
      response.writeHead(known === undefined ? 404 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(known))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    key,
    preview,
    requests,
    async close() {
      await preview.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const keep = ({ op, args }: DeviceRequest, storage: Map<string, unknown>): unknown => {
  // This person has agreed to everything.
  if (op === 'privacy.standing') return { standing: 'agreed' }
  // And a name that nobody could object to.
  if (op === 'input.reviewNickname') return 'pass'
  // Nobody is asked for a number: the test decides what the button gives.
  if (op === 'phone.offer') return { chosen: 'bound' }
  if (op === 'storage.set' || op === 'storage.setSync') {
    const { key, entry } = args as { key: string; entry: unknown }
    storage.set(key, entry)
  }
  return {}
}

const openedBy = ({ account, device, args }: DeviceRequest, storage: Map<string, unknown>): object => {
  const { language = 'zh_CN', theme = 'light', libVersion = '3.17.0' } = args as Record<string, string>
  const handset = { model: 'iPhone 15', platform: 'ios', envVersion: 'develop', appid: 'wx0000000000000000' }
  return {
    profile: { account, device, language, theme, libVersion, ...handset },
    storage: [...storage],
    clockOffset: 0,
  }
}
