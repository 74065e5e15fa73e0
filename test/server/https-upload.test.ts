// The upload of a picture over https: what may be stored where, once, and by whom it is not stored.
import { calls } from '../../cloudfunctions/calls/index'
import type { UploadRecord } from '../../cloudfunctions/core/records'
import type { Stores } from '../../cloudfunctions/core/stores'
import { createDoor } from '../../cloudfunctions/https/door'
import type { Envelope } from '../../typings/contract'
import { formOf, httpEvent } from '../support/http-events'
import { ALICE, APPID, createTestServer } from '../support/server'

const ID = '0123456789abcdef0123456789abcdef'
const PATH = `avatars/${ID}.png`
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100, 7)])
const MINUTE_MS = 60_000

const given = async ({
  record = {},
  around,
}: {
  record?: Partial<UploadRecord>
  around?: (stores: Stores) => Stores
} = {}) => {
  const server = createTestServer({ cloudCalls: false, ...(around && { around }) })
  const { user } = await server.signIn(ALICE)
  server.from({ appid: APPID, source: 'wx_http' })
  const now = server.clock.now()
  const issued: UploadRecord = {
    id: `upload:${ID}`,
    userId: user.id,
    path: PATH,
    type: 'png',
    state: 'issued',
    createdAt: now,
    expiresAt: now + 10 * MINUTE_MS,
    ...record,
  }
  await server.memory.uploads.add(issued)
  const main = createDoor(server.ports, { calls })
  const send = async (sent: ReturnType<typeof formOf>, address?: string) => {
    const { statusCode, body } = await main(httpEvent({ path: '/avatar', ...sent, ...(address && { address }) }), {})
    const envelope = JSON.parse(body) as Envelope
    return [statusCode, envelope.ok ? 'ok' : envelope.error.code]
  }
  const upload = (bytes: Buffer = PNG, path = PATH, address?: string) =>
    send(formOf({ name: 'path', value: path }, { name: 'file', value: bytes, filename: 'a.png' }), address)
  const stored = () => [...server.storage.files.keys()]
  return { server, send, upload, stored, user }
}

it('a picture is stored at the path that was issued, to the byte', async () => {
  const { upload, server } = await given()
  await expect(upload()).resolves.toEqual([200, 'ok'])
  expect(server.storage.files.get(PATH)).toEqual({ bytes: PNG, type: 'image/png' })
})

it('once: whoever comes second does not write over it, not even at the same time', async () => {
  const { upload, server } = await given()
  const outcomes = await Promise.all([upload(), upload(), upload()])
  expect(outcomes.filter(([status]) => status === 200)).toHaveLength(1)
  await expect(upload(Buffer.concat([PNG, PNG]))).resolves.toEqual([400, 'BAD_REQUEST'])
  expect(server.storage.files.get(PATH)?.bytes).toEqual(PNG)
})

it.each<[string, Partial<UploadRecord>]>([
  ['already saved', { state: 'saved' }],
  ['to be erased', { state: 'doomed' }],
  ['over', { expiresAt: 1 }],
  ['issued under another path', { path: `avatars/${ID}.gif` }],
])('nothing is stored at a path that is %s', async (_what, record) => {
  const { upload, stored } = await given({ record })
  await expect(upload()).resolves.toEqual([400, 'BAD_REQUEST'])
  expect(stored()).toEqual([])
})

it.each([
  ['nobody issued', `avatars/${'f'.repeat(32)}.png`],
  ['with a way up in it', `avatars/../${ID}.png`],
  ['of a fileID', `cloud://env.bucket/${PATH}`],
  ['of another folder', `other/${ID}.png`],
  ['of no name', ''],
])('nothing is stored at a path %s', async (_what, path) => {
  const { upload, stored } = await given()
  await expect(upload(PNG, path)).resolves.toEqual([400, 'BAD_REQUEST'])
  expect(stored()).toEqual([])
})

it.each<[string, Buffer]>([
  ['an empty file', Buffer.alloc(0)],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a page', Buffer.from('<html><script>1</script></html>')],
  ['a picture of another type', Buffer.from('GIF89a'.padEnd(50))],
  ['2 MB and a byte', Buffer.concat([PNG, Buffer.alloc(2 * 1024 * 1024 - PNG.length + 1)])],
])('%s is rejected, and the path stays free for the next try', async (_what, bytes) => {
  const { upload, stored } = await given()
  await expect(upload(bytes)).resolves.toEqual([422, 'AVATAR_REJECTED'])
  expect(stored()).toEqual([])
  await expect(upload()).resolves.toEqual([200, 'ok'])
})

it('2 MB to the byte are stored, 2.1 MB are not even read', async () => {
  const { upload } = await given()
  const big = (bytes: number) => Buffer.concat([PNG, Buffer.alloc(bytes - PNG.length)])
  await expect(upload(big(2_200_000))).resolves.toEqual([413, 'BAD_REQUEST'])
  await expect(upload(big(2 * 1024 * 1024))).resolves.toEqual([200, 'ok'])
})

it.each<[string, ReturnType<typeof formOf>]>([
  ['without a path', formOf({ name: 'file', value: PNG, filename: 'a.png' })],
  ['without a file', formOf({ name: 'path', value: PATH })],
  ['with two files', formOf(...['a', 'b'].map((filename) => ({ name: 'file', value: PNG, filename })))],
  [
    'with the path as a file',
    formOf({ name: 'path', value: PATH, filename: 'p' }, { name: 'file', value: PNG, filename: 'a' }),
  ],
  ['with the file as a field', formOf({ name: 'path', value: PATH }, { name: 'file', value: PNG })],
  [
    'with a field more',
    formOf({ name: 'path', value: PATH }, { name: 'file', value: PNG, filename: 'a' }, { name: 'x', value: '1' }),
  ],
  ['that is JSON', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: Buffer.from('{}') }],
])('a form %s stores nothing', async (_what, form) => {
  const { send, stored } = await given()
  await expect(send(form)).resolves.toEqual([400, 'BAD_REQUEST'])
  expect(stored()).toEqual([])
})

it('another content-type is no upload', async () => {
  const { send } = await given()
  await expect(send({ headers: { 'content-type': 'image/png' }, body: PNG })).resolves.toEqual([415, 'BAD_REQUEST'])
})

it('an account that is being deleted gets no file', async () => {
  let deleting = false
  const { upload, server, stored } = await given({
    around: (stores) => {
      const find = async (id: string) => (deleting ? { id, createdAt: 1, deletedAt: 2 } : stores.users.find(id))
      return { ...stores, users: { ...stores.users, find } }
    },
  })
  deleting = true
  await expect(upload()).resolves.toEqual([401, 'SESSION_EXPIRED'])
  expect([stored(), server.memory.all().uploads[0]?.filledAt]).toEqual([[], undefined])
})

it('a deletion that comes in between leaves no file behind', async () => {
  let memory: Stores | undefined
  const { upload, stored } = await given({
    around: (stores) => {
      memory = stores
      const fill = async (id: string, at: number) => {
        const filled = await stores.uploads.fill(id, at)
        await memory?.uploads.remove(id)
        return filled
      }
      return { ...stores, uploads: { ...stores.uploads, fill } }
    },
  })
  await expect(upload()).resolves.toEqual([400, 'BAD_REQUEST'])
  expect(stored()).toEqual([])
})

it('a save that comes in between keeps its picture', async () => {
  const { upload, stored } = await given({
    around: (stores) => {
      const fill = async (id: string, at: number) => {
        const filled = await stores.uploads.fill(id, at)
        await stores.uploads.move(id, 'issued', 'saved', at + MINUTE_MS)
        return filled
      }
      return { ...stores, uploads: { ...stores.uploads, fill } }
    },
  })
  await expect(upload()).resolves.toEqual([200, 'ok'])
  expect(stored()).toEqual([PATH])
})

it('is refused to clients, whatever the path', async () => {
  const { upload, server, stored } = await given()
  server.from({ appid: APPID, openid: ALICE, source: 'wx_client' })
  await expect(upload()).resolves.toEqual([403, 'NOT_PERMITTED'])
  expect(stored()).toEqual([])
})

it('is counted by user, from however many addresses', async () => {
  const { upload } = await given()
  for (let n = 0; n < 60; n++) await upload(Buffer.from('<svg/>'), PATH, `192.0.2.${n}`)
  await expect(upload(PNG, PATH, '198.51.100.1')).resolves.toEqual([429, 'RATE_LIMITED'])
})

it('leaves one line in the log, with neither path nor address', async () => {
  const { upload, server } = await given()
  server.lines.length = 0
  await upload()
  expect(server.lines).toHaveLength(1)
  expect(JSON.stringify(server.lines)).not.toMatch(/avatars|192\.0\.2/)
})
