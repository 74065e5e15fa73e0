// The preview's addresses: what they serve, to whom, and what they keep.

import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { copySample, type SampleProject } from '../support/preview-sample'
import { type PreviewServer, servePreview } from '../support/preview-server'

let sample: SampleProject
let server: PreviewServer

beforeAll(async () => {
  sample = copySample()
  server = await servePreview(sample.folder)
})
afterAll(async () => {
  await server.close()
  sample.remove()
})

const get = (path: string, init: RequestInit = {}) => fetch(server.url + path, init)
const policy = (response: Response) => response.headers.get('cross-origin-resource-policy')

it('serves the page with the key as data, framed by nobody', async () => {
  const response = await get('/')
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(await response.text()).toMatch(/<script type="application\/json" id="emulator">\{"key":"[0-9a-f]{16}"\}/)
})

it.each([
  '/__preview/shell.js',
  '/__preview/runtime.js',
  '/__preview/shell.css',
  '/__preview/bundle?build=1',
  '/__preview/build',
])('keeps %s from other origins, and the key out of it', async (path) => {
  await server.preview.current()
  await get('/__preview/build')
  const response = await get(path)
  expect(response.status).toBe(200)
  expect(policy(response)).toBe('same-origin')
  expect(await response.text()).not.toContain(server.key)
})

it('serves a face of the font to the frame, which has no origin', async () => {
  const css = await (await get('/__preview/fonts.css')).text()
  const face = /url\(http:\/\/127\.0\.0\.1:\d+(\/__preview\/font\/[\w-]+\.woff2)\)/.exec(css)?.[1] ?? ''
  const response = await get(face, { headers: { origin: 'null' } })
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('content-type')).toBe('font/woff2')
})

it('serves pictures of the package and nothing else of the disk', async () => {
  symlinkSync('/etc/hostname', join(sample.folder, 'miniprogram/images/out.png'))
  const status = async (path: string) => (await get(`/__preview/file/${path}`)).status
  expect(await status('images/home.png')).toBe(200)
  expect(await status('app.json')).toBe(404)
  expect(await status('..%2Fproject.config.json')).toBe(404)
  expect(await status('images/out.png')).toBe(404)
  expect(await status('images/none.png')).toBe(404)
})

it.each(['/__preview/font/..%2Findex.css', '/__preview/nothing', '/__preview/bundle?build=99'])(
  'knows no %s',
  async (path) => {
    expect((await get(path)).status).toBe(404)
  },
)

it('answers GET only', async () => {
  expect((await get('/__preview/build', { method: 'POST' })).status).toBe(405)
})

it('tells open phones of the next build and of notices', async () => {
  const response = await get('/__preview/events')
  const reader = response.body?.getReader()
  const next = async (): Promise<unknown> => {
    const chunk = await reader?.read()
    return JSON.parse(new TextDecoder().decode(chunk?.value).replace('data: ', ''))
  }
  expect(await next()).toMatchObject({ type: 'built', build: { id: 1, good: true, problems: [] } })
  sample.edit('pages/home/words.ts', '世界', '大家')
  expect(await next()).toMatchObject({ type: 'built', build: { id: 2, good: true } })
  server.preview.notice({ type: 'clock', offset: 5 })
  expect(await next()).toEqual({ type: 'notice', notice: { type: 'clock', offset: 5 } })
  await reader?.cancel()
})
