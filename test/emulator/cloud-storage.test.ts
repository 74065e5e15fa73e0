// The cloud storage as the real wx-server-sdk uses it: upload, addresses, download, deletion, and every refusal.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eraseData } from '../../emulator/data/erase'
import { createEmulator } from '../../emulator/index'
import { ask } from '../support/emulator'
import { useEmulator } from '../support/journey'

const OPTIONS = {
  project: path.resolve('test/emulator/project'),
  functions: [path.resolve('test/emulator/functions')],
}
const world = useEmulator(OPTIONS)
/** wx-server-sdk 4.0.2 loses the code of what fails as a whole, whatever the cloud said. */
const LOST = -1
const HOUR = 3_600_000
const BYTES = Buffer.from([0, 1, 2, 250, 251, 252, 253, 254, 255])
const FOREIGN = 'cloud://another-env.6162-another-env-1300000000/a.png'

interface Item {
  fileID: string
  status: number
  errMsg: string
  tempFileURL: string
  maxAge: number
}
type Told = Partial<Record<'fileID' | 'errMsg' | 'base64', string>> & { errCode?: number; fileList?: Item[] }
const run = (event: object, emulator = world.emulator) =>
  emulator.functions.invoke('storage', event, { account: 'v1' }) as Promise<Told>
const upload = async (to: string, bytes = BYTES, emulator = world.emulator): Promise<string> => {
  const told = await run({ deed: 'upload', path: to, base64: bytes.toString('base64') }, emulator)
  return told.fileID ?? JSON.stringify(told)
}
const urlOf = async (fileID: string, maxAge?: number): Promise<string> => {
  const { fileList } = await run({ deed: 'urls', fileList: [maxAge === undefined ? fileID : { fileID, maxAge }] })
  return fileList?.[0]?.tempFileURL ?? 'no address'
}
const isThere = () => world.emulator.storage.list().map((file) => file.path)

describe('uploadFile', () => {
  test('stores the bytes under the fileID it gives, nobody’s own', async () => {
    const fileID = await upload('avatars/猫 1.png')

    expect(fileID).toMatch(/^cloud:\/\/emulated-env\.[\w-]+\/avatars\/猫 1\.png$/)
    expect(world.emulator.storage.get('avatars/猫 1.png')).toEqual(BYTES)
    expect(world.emulator.storage.list()).toMatchObject([{ fileID, type: 'image/png', size: 9 }])
    expect(world.emulator.storage.list()[0]).not.toHaveProperty('owner')
  })

  test('overwrites what lies there', async () => {
    await upload('a.txt', Buffer.from('old'))
    await upload('a.txt', Buffer.from('new'))

    expect(world.emulator.storage.everything()).toEqual({ 'a.txt': Buffer.from('new') })
  })

  test.each(['/a', 'a//b', 'a/', '../a', 'a/../../b', 'a?b', 'a#b', 'a%41', 'a\\b', 'a\nb', 'x'.repeat(851)])(
    'refuses the path %j',
    async (to) => {
      expect(await run({ deed: 'upload', path: to, base64: 'AA==' })).toMatchObject({ errCode: LOST })
      expect(isThere()).toEqual([])
    },
  )

  test('is refused by the object store when a fault says so, and what was there stays', async () => {
    await upload('a.txt', Buffer.from('old'))
    world.emulator.faults.add({ at: 'storage.put', answer: { errcode: -503001 } })

    expect(await run({ deed: 'upload', path: 'a.txt', base64: 'AA==' })).toMatchObject({
      errCode: LOST,
      errMsg: expect.stringContaining('ServiceUnavailable'),
    })
    expect(world.emulator.storage.get('a.txt')).toEqual(Buffer.from('old'))
  })

  test('is two hops to the storage, without the bytes or the permission', async () => {
    await upload('a.txt', Buffer.from('what nobody should read'))

    const hops = world.emulator.trace.hops.filter(({ to }) => to === 'storage')
    expect(hops).toMatchObject([
      { op: 'storage.getUploadMetadata', account: 'v1', request: { path: 'a.txt' } },
      { op: 'storage.put', account: 'v1', reply: { size: 23 } },
    ])
    expect(new Set(hops.map(({ invocation }) => invocation)).size).toBe(1)
    expect(JSON.stringify(hops)).not.toMatch(/q-sign|should read/)
  })
})

describe('bytes sent past the SDK', () => {
  const put = (to: string, headers: Record<string, string> = {}, body = 'anything') =>
    ask(`${world.emulator.url}/cos/${to}`, { method: 'PUT', headers, body })
  /** Headers that a function was given for this path, on the wire of the SDK. */
  const permission = async (to: string): Promise<Record<string, string>> => {
    const invocation = world.emulator.functions.open('storage', {}, { account: 'v1' })
    const wxCloudApiToken = invocation.environment['WX_API_TOKEN']
    const asked = { action: 'storage.getUploadMetadata', path: to, method: 'put', envName: '', wxCloudApiToken }
    const headers = { 'content-type': 'application/json' }
    const { text } = await ask(`${world.emulator.url}/admin`, { method: 'POST', headers, body: JSON.stringify(asked) })
    invocation.end()
    const { authorization, token } = (JSON.parse(text) as { data: Record<'authorization' | 'token', string> }).data
    return { authorization, 'x-cos-security-token': token }
  }

  test('are refused without a permission', async () => {
    const { status, text } = await put('a.txt', { authorization: 'q-sign-algorithm=sha1&q-signature=made-up' })

    expect(status).toBe(403)
    expect(text).toContain('<Code>SignatureDoesNotMatch</Code>')
    expect(isThere()).toEqual([])
  })

  test('are taken with the permission for this path, and refused on any other', async () => {
    const headers = await permission('a.txt')

    expect([(await put('b.txt', headers)).status, (await put('a.txt', headers)).status]).toEqual([403, 200])
    expect(isThere()).toEqual(['a.txt'])
  })

  test('are refused fifteen minutes after the permission', async () => {
    const headers = await permission('a.txt')
    await world.emulator.clock.advance(15 * 60_000)

    expect((await put('a.txt', headers)).status).toBe(403)
  })

  test('are refused beyond 50 MB, and nothing of them stays', async () => {
    const { status, text } = await put('a.txt', await permission('a.txt'), 'x'.repeat(50 * 1024 * 1024 + 1))

    expect([status, /<Code>(\w+)</.exec(text)?.[1]]).toEqual([400, 'EntityTooLarge'])
    expect(isThere()).toEqual([])
  })
})

describe('getTempFileURL', () => {
  test('gives an address that serves the bytes, or the range that is asked for', async () => {
    const url = await urlOf(await upload('a.png'))

    const whole = await fetch(url)
    expect([whole.status, Buffer.from(await whole.arrayBuffer())]).toEqual([200, BYTES])
    const part = await fetch(url, { headers: { range: 'bytes=0-3' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 0-3/9'])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(BYTES.subarray(0, 4))
  })

  test('gives an address that ends after two hours, or when it was asked to', async () => {
    const { clock } = world.emulator
    const fileID = await upload('a.png')
    const [usual, short] = [await urlOf(fileID), await urlOf(fileID, 60)]

    await clock.advance(61_000)
    expect([(await fetch(usual)).status, (await fetch(short)).status]).toEqual([200, 403])
    await clock.advance(2 * HOUR)
    expect((await fetch(usual)).status).toBe(403)
  })

  test('tells of each file what became of it', async () => {
    const fileID = await upload('a.png')
    const missing = fileID.replace('a.png', 'b.png')

    expect(await run({ deed: 'urls', fileList: [missing, FOREIGN, 'made-up', fileID] })).toMatchObject({
      fileList: [
        { fileID: missing, status: -503003, tempFileURL: '' },
        { fileID: FOREIGN, status: -501005, tempFileURL: '' },
        { fileID: 'made-up', status: -501007, tempFileURL: '' },
        { fileID, status: 0, errMsg: 'ok' },
      ],
    })
  })

  test('of more than fifty files is refused', async () => {
    const fileList = Array.from({ length: 51 }, (_, index) => `${FOREIGN}${index}`)

    expect(await run({ deed: 'urls', fileList })).toMatchObject({
      errCode: LOST,
      errMsg: expect.stringContaining('more than 50 files'),
    })
  })

  test('is no way to read what was deleted since', async () => {
    const fileID = await upload('a.png')
    const url = await urlOf(fileID)
    await run({ deed: 'delete', fileList: [fileID] })

    expect((await fetch(url)).status).toBe(404)
  })
})

describe('downloadFile', () => {
  test('gives the bytes of a file with any name', async () => {
    const fileID = await upload('avatars/猫 1.png')

    expect(await run({ deed: 'download', fileID })).toEqual({ statusCode: 200, base64: BYTES.toString('base64') })
  })

  test('of a file that is not there fails', async () => {
    expect(await run({ deed: 'download', fileID: `${await upload('a.png')}x` })).toMatchObject({ errCode: LOST })
  })
})

describe('deleteFile', () => {
  test('erases the file, and tells of each what became of it', async () => {
    const fileID = await upload('a.png')

    expect(await run({ deed: 'delete', fileList: [fileID, fileID, FOREIGN] })).toMatchObject({
      fileList: [{ fileID, status: 0 }, { status: -503003 }, { status: -501005 }],
    })
    expect(isThere()).toEqual([])
  })

  test('fails for all when a fault says so', async () => {
    const fileID = await upload('a.png')
    world.emulator.faults.add({ at: 'storage.batchDeleteFile', answer: { errcode: -503001 } })

    expect(await run({ deed: 'delete', fileList: [fileID] })).toMatchObject({
      errCode: LOST,
      errMsg: expect.stringContaining('refused with -503001'),
    })
    expect(isThere()).toEqual(['a.png'])
  })
})

test('files outlive a restart under names that nobody chose, and a reset erases them', async () => {
  const data = mkdtempSync(path.join(tmpdir(), 'storage-'))
  const first = await createEmulator({ ...OPTIONS, data })
  await upload('avatars/chosen.png', BYTES, first)
  await first.close()

  expect(readdirSync(path.join(data, 'files'))).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
  const second = await createEmulator({ ...OPTIONS, data })
  expect(second.storage.everything()).toEqual({ 'avatars/chosen.png': BYTES })
  await second.reset()
  expect([second.storage.list(), readdirSync(path.join(data, 'files'))]).toEqual([[], []])
  await second.close()
  rmSync(data, { recursive: true })
})

test('a data folder that is erased holds no file any more', async () => {
  const data = mkdtempSync(path.join(tmpdir(), 'storage-'))
  const emulator = await createEmulator({ ...OPTIONS, data })
  await upload('avatars/chosen.png', BYTES, emulator)
  await emulator.close()
  expect(readdirSync(data)).toContain('files')

  eraseData(data)
  expect(readdirSync(data)).toEqual([])
  rmSync(data, { recursive: true })
})
