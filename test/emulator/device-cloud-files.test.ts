// wx.cloud's files on a handset: uploads with their progress and faults, who may write what, what an <image> can show.
import type { Device, DeviceOptions } from '../../emulator/types'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const CLOUD_PATH = 'avatars/0123456789abcdef0123456789abcdef.png'

const open = (options: DeviceOptions = {}): Device => {
  world.emulator.weixin.agreePrivacy(options.account ?? 'v1')
  const device = world.emulator.device(options)
  device.wx.cloud.init()
  return device
}
const picture = async (device: Device, choose: 'weixin' | 'camera' = 'weixin'): Promise<string> =>
  (await device.tapAvatar({ choose }))?.avatarUrl ?? 'no event'
const upload = async (device: Device, { cloudPath = CLOUD_PATH, choose = 'weixin' as 'weixin' | 'camera' } = {}) =>
  device.wx.cloud.uploadFile({ cloudPath, filePath: await picture(device, choose) })
const download = async (device: Device, fileID: string): Promise<number> => {
  const { tempFilePath } = await device.wx.cloud.downloadFile({ fileID })
  const info = await new Promise<{ size: number }>((success, fail) =>
    device.wx.getFileSystemManager().getFileInfo({ filePath: tempFilePath, success, fail }),
  )
  return info.size
}

describe('an upload', () => {
  test('answers with the fileID, and everybody can read the file', async () => {
    const { fileID, statusCode } = await upload(open())

    expect(fileID).toMatch(new RegExp(`^cloud://[^/]+/${CLOUD_PATH}$`))
    expect(statusCode).toBe(204)
    expect(await download(open({ account: 'v2' }), fileID)).toBeGreaterThan(100)
  })

  test('with a callback returns a task that tells the progress', async () => {
    const device = open()
    const filePath = await picture(device)
    const news: number[] = []
    await new Promise((success, fail) => {
      const task = device.wx.cloud.uploadFile({ cloudPath: CLOUD_PATH, filePath, success, fail })
      task.onProgressUpdate(({ progress }) => news.push(progress))
    })

    expect(news).toEqual([100])
  })

  test('that is aborted fails', async () => {
    const device = open()
    const filePath = await picture(device)
    const failed = await new Promise((fail) => {
      device.wx.cloud.uploadFile({ cloudPath: CLOUD_PATH, filePath, fail }).abort()
    })

    expect(failed).toEqual({ errMsg: 'cloud.uploadFile:fail abort' })
  })

  test('to the path of one’s own file overwrites it; to anybody else’s is refused', async () => {
    const device = open()
    const { fileID } = await upload(device)
    const before = await download(device, fileID)
    await upload(device, { choose: 'camera' })

    expect(await download(device, fileID)).not.toBe(before)
    await expect(upload(open({ account: 'v2' }))).rejects.toMatchObject({ errCode: -503002 })
  })

  test.each(['/leading', 'a//b', `${'x'.repeat(851)}.png`])('to the path %.20s is refused', async (cloudPath) => {
    await expect(upload(open(), { cloudPath })).rejects.toMatchObject({ errCode: -503001 })
  })

  test('of a file that is gone is refused', async () => {
    const filePath = await picture(open())
    const { wx } = open()

    await expect(wx.cloud.uploadFile({ cloudPath: CLOUD_PATH, filePath })).rejects.toMatchObject({ errCode: -1 })
  })

  test('before init is refused', async () => {
    const { wx } = world.emulator.device()

    await expect(wx.cloud.uploadFile({ cloudPath: CLOUD_PATH, filePath: 'wxfile://x' })).rejects.toMatchObject({
      errMsg: expect.stringContaining('please call wx.cloud.init first'),
    })
  })

  test('without a network fails at once', async () => {
    const device = open()
    const filePath = await picture(device)
    device.setOnline(false)

    await expect(device.wx.cloud.uploadFile({ cloudPath: CLOUD_PATH, filePath })).rejects.toMatchObject({
      errno: 600003,
    })
  })

  test.each([
    ['cut', false],
    ['lost', true],
  ] as const)('%s on the way fails, and the file is there: %s', async (answer, isThere) => {
    world.emulator.faults.add({ at: 'uploadFile', answer })
    const device = open()

    await expect(upload(device)).rejects.toMatchObject({ errno: 600003 })
    const { fileID } = await upload(device, { cloudPath: 'other.png' })
    const answered = download(device, fileID.replace('other.png', CLOUD_PATH))
    await (isThere
      ? expect(answered).resolves.toBeGreaterThan(100)
      : expect(answered).rejects.toMatchObject({ errCode: -503003 }))
  })

  test('by a fault fails with any text', async () => {
    const fail = { errMsg: 'cloud.uploadFile:fail disk', errno: 4 }
    world.emulator.faults.add({ at: 'uploadFile', answer: { fail } })

    await expect(upload(open())).rejects.toEqual(fail)
  })
})

describe('deleteFile', () => {
  test('erases one’s own file and nobody else’s', async () => {
    const device = open()
    const { fileID } = await upload(device)
    const others = await open({ account: 'v2' }).wx.cloud.deleteFile({ fileList: [fileID] })
    const mine = await device.wx.cloud.deleteFile({ fileList: [fileID, fileID] })

    expect(others.fileList).toMatchObject([{ fileID, status: -503002 }])
    expect(mine.fileList.map(({ status }) => status)).toEqual([0, -503003])
    await expect(download(device, fileID)).rejects.toMatchObject({ errCode: -503003 })
  })

  test.each([[[]], [Array.from({ length: 51 }, () => 'cloud://x')]])(
    'refuses a list of a wrong length',
    async (fileList) => {
      await expect(open().wx.cloud.deleteFile({ fileList })).rejects.toMatchObject({ errCode: -401002 })
    },
  )
})

test('a fileID of another environment and one that is none are refused', async () => {
  const { wx } = open()

  await expect(wx.cloud.downloadFile({ fileID: 'cloud://other.6f74-other-1/a.png' })).rejects.toMatchObject({
    errCode: -501005,
  })
  await expect(wx.cloud.downloadFile({ fileID: 'https://a.b/c.png' })).rejects.toMatchObject({ errCode: -501007 })
})

describe('getTempFileURL', () => {
  const link = async (device: Device, item: string | { fileID: string; maxAge: number }) => {
    const { fileList } = await Reflect.apply(device.wx.cloud.getTempFileURL, device.wx.cloud, [{ fileList: [item] }])
    return fileList[0] as { status: number; tempFileURL: string; maxAge: number }
  }

  test('gives an address that anybody can read, whole and in parts', async () => {
    const device = open()
    const { fileID } = await upload(device)
    const { tempFileURL, maxAge } = await link(device, fileID)
    const whole = await fetch(tempFileURL)
    const part = await fetch(tempFileURL, { headers: { range: 'bytes=1-3' } })

    expect([whole.status, whole.headers.get('content-type'), maxAge]).toEqual([200, 'image/png', 7200])
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      expect.stringMatching(/^bytes 1-3\/\d+$/),
      'PNG',
    ])
  })

  test('answers a range with no more than there is, by its end as well, and refuses one beyond it', async () => {
    const device = open()
    const { fileID } = await upload(device)
    const { tempFileURL } = await link(device, fileID)
    const size = (await (await fetch(tempFileURL)).arrayBuffer()).byteLength
    const part = async (range: string) => {
      const { status, headers } = await fetch(tempFileURL, { headers: { range } })
      return [status, headers.get('content-range')]
    }

    expect(await part('bytes=0-9999999')).toEqual([206, `bytes 0-${size - 1}/${size}`])
    expect(await part('bytes=-3')).toEqual([206, `bytes ${size - 3}-${size - 1}/${size}`])
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`])
    expect(await part('lines=1-2')).toEqual([200, null])
  })

  test('until its end, by the emulated clock, and no longer than the file lives', async () => {
    const device = open()
    const { fileID } = await upload(device)
    const [short, long] = [await link(device, { fileID, maxAge: 60 }), await link(device, fileID)]
    await world.emulator.clock.advance(61_000)

    expect([(await fetch(short.tempFileURL)).status, (await fetch(long.tempFileURL)).status]).toEqual([403, 200])
    await device.wx.cloud.deleteFile({ fileList: [fileID] })
    expect((await fetch(long.tempFileURL)).status).toBe(404)
  })

  test('and to no other file, and no later', async () => {
    const device = open()
    const { fileID } = await upload(device)
    await upload(device, { cloudPath: 'other.png' })
    const { tempFileURL } = await link(device, fileID)
    const later = tempFileURL.replace(/t=(\d+)/, (_, t: string) => `t=${Number(t) + 1}`)

    for (const forged of [
      tempFileURL.replace(CLOUD_PATH, 'other.png'),
      later,
      tempFileURL.replace(/sign=\w+/, 'sign='),
    ])
      expect((await fetch(forged)).status).toBe(403)
  })

  test('for a file that is not there it says so', async () => {
    const device = open()
    const { fileID } = await upload(device)

    expect(await link(device, fileID.replace('avatars', 'faces'))).toMatchObject({ status: -503003, tempFileURL: '' })
  })

  test('no address stands in the trace', async () => {
    const device = open()
    const { fileID } = await upload(device)
    const { tempFileURL } = await link(device, fileID)
    const sign = new URL(tempFileURL).searchParams.get('sign') ?? 'none'

    expect(JSON.stringify(world.emulator.trace.hops)).not.toContain(sign)
  })
})
