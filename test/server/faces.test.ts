// Faces at WeChat's servers: whose addresses are asked, and whose never.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDeadline } from '../../cloudfunctions/core/deadline'
import { keepFace } from '../../cloudfunctions/core/faces'
import { createFaces } from '../../cloudfunctions/platform/faces'
import { pictureOf } from '../support/pictures'
import { createTestServer } from '../support/server'

const FACE = pictureOf('jpeg', 500)
const asked: string[] = []
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
  if (request.url === '/moved') return response.writeHead(302, { location: '/mmopen/vi_32/x/132' }).end()
  return request.url?.startsWith('/mmopen/') ? response.end(FACE) : response.writeHead(404).end('no')
})
let faceAt: (address: string, maxBytes?: number) => Promise<Buffer | undefined>

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const faces = createFaces({ environment: { apiBase: () => base, isEmulated: () => true } })
  faceAt = (address, maxBytes = 1000) => faces(address, { maxBytes, signal: AbortSignal.timeout(5000) })
})
beforeEach(() => {
  asked.length = 0
})
afterAll(() => server.close())

it.each([
  ['https', 'https://thirdwx.qlogo.cn/mmopen/vi_32/x/132'],
  ['http, as old addresses are', 'http://wx.qlogo.cn/mmopen/vi_32/x/0'],
  ['the other host', 'https://mmbiz.qpic.cn/mmopen/x'],
])('an address of WeChat’s is asked: %s', async (_what, address) => {
  expect(await faceAt(address)).toEqual(FACE)
})

it.each([
  ['a foreign host', 'https://evil.example/mmopen/x'],
  ['a host that begins like one', 'https://wx.qlogo.cn.evil.example/mmopen/x'],
  ['a host that ends almost like one', 'https://evilqlogo.cn/mmopen/x'],
  ['a name deeper down', 'https://a.b.qlogo.cn/mmopen/x'],
  ['somebody before the host', 'https://wx.qlogo.cn@evil.example/mmopen/x'],
  ['a user of the host', 'https://user:pass@wx.qlogo.cn/mmopen/x'],
  ['a port', 'https://wx.qlogo.cn:8443/mmopen/x'],
  ['this machine', 'http://127.0.0.1/mmopen/x'],
  ['the cloud’s own address', 'http://169.254.0.23/latest/meta-data'],
  ['a file', 'file:///etc/passwd'],
  ['a script', 'javascript:alert(1)'],
  ['data', 'data:image/png;base64,AAAA'],
  ['no address', 'wx.qlogo.cn/mmopen/x'],
  ['nothing', ''],
])('%s is never asked', async (_what, address) => {
  expect(await faceAt(address)).toBeUndefined()
  expect(asked).toEqual([])
})

it('what is not there, or moved elsewhere, is none', async () => {
  expect(await faceAt('https://wx.qlogo.cn/gone')).toBeUndefined()
  expect(await faceAt('https://wx.qlogo.cn/moved')).toBeUndefined()
  expect(asked).toEqual(['/gone', '/moved'])
})

it('what is too large is not taken', async () => {
  await expect(faceAt('https://wx.qlogo.cn/mmopen/x', 100)).rejects.toEqual(
    expect.objectContaining({ code: 'WECHAT_BUSY' }),
  )
})

it('a server that hangs costs the face and not the name: it is waited for no longer than two fifths of the time', async () => {
  const server = createTestServer()
  const { clock, memory, storage } = server
  const deadline = createDeadline({ clock }, 2600)
  const face = () => new Promise<Buffer | undefined>(() => undefined)
  const kept = keepFace(
    { clock, random: { bytes: randomBytes }, stores: memory, storage, deadline, face },
    'user-1',
    'https://wx.qlogo.cn/mmopen/x',
  )
  clock.advance(1040)
  expect(await kept).toBeUndefined()
  expect(memory.all().uploads).toEqual([])
})
