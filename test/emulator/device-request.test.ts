// wx.request and wx.uploadFile on a handset: what reaches a server, what comes back, what never leaves.
import path from 'node:path'
import type { Device, DeviceOptions } from '../../emulator/types'
import { useEmulator } from '../support/journey'

const world = useEmulator({ functions: [path.resolve('test/emulator/web')] })

interface Reached {
  path: string
  httpMethod: string
  headers: Record<string, string>
  queryStringParameters: Record<string, string>
  body: string
  appid: string
}
type Answer = WechatMiniprogram.RequestSuccessCallbackResult<Reached>
type RequestOption = WechatMiniprogram.RequestOption

const url = (rest: string) => `${world.emulator.url}/http${rest}`
const open = (options: DeviceOptions = {}): Device => world.emulator.device(options)
const request = ({ wx }: Device, rest: string, how: Partial<RequestOption> = {}): Promise<Answer> =>
  new Promise((resolve, fail) => {
    const success = (answer: unknown) => resolve(answer as Answer)
    wx.request({ url: rest.startsWith('http') ? rest : url(rest), ...how, success, fail })
  })

describe('what is sent', () => {
  test('JSON by default, with the headers of the mini-program and its referer', async () => {
    const data = { a: 1, text: '小满' }
    const answer = await request(open(), '/auth', {
      method: 'POST',
      data,
      header: { Authorization: 'Bearer x', Referer: 'mine' },
    })

    expect(JSON.parse(answer.data.body)).toEqual(data)
    expect(answer.data).toMatchObject({
      path: '/auth',
      httpMethod: 'POST',
      headers: {
        authorization: 'Bearer x',
        'content-type': 'application/json',
        referer: `https://servicewechat.com/${world.emulator.apps[0]?.appid}/devtools/page-frame.html`,
      },
    })
  })

  test('a GET carries its data in the address, a form is one by its content-type', async () => {
    const get = await request(open(), '/auth?b=2', { data: { q: 'a&b 小' } })
    const form = await request(open(), '/auth', {
      method: 'POST',
      data: { q: 'a&b', list: [1] },
      header: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })

    expect(get.data.queryStringParameters).toEqual({ b: '2', q: 'a&b 小' })
    expect(form.data.body).toBe('q=a%26b&list=%5B1%5D')
  })

  test('bytes arrive as bytes', async () => {
    const { data } = await request(open(), '/auth', {
      method: 'POST',
      data: new Uint8Array([0, 200, 65]).buffer,
      header: { 'content-type': 'application/octet-stream' },
    })

    expect([...Buffer.from(data.body, 'latin1')]).toEqual([0, 200, 65])
  })
})

describe('what comes back', () => {
  test.each([200, 401, 429, 503])('a status of %d is a success with its body and headers', async (status) => {
    const { statusCode, header, data } = await request(open(), `/auth?status=${status}`)

    expect({ statusCode, own: header['x-own'], path: data.path }).toEqual({
      statusCode: status,
      own: 'yes',
      path: '/auth',
    })
  })

  test('text that is no JSON stays text, and bytes come where they are asked for', async () => {
    const { data: text } = await request(open(), '/text')
    const { data: bytes } = await request(open(), '/bytes', { responseType: 'arraybuffer' })

    expect(text).toBe('<b>no JSON</b>')
    expect(Buffer.from(bytes as unknown as ArrayBuffer)).toEqual(Buffer.from([0, 255, 7]))
  })

  test('dataType other than json is not parsed', async () => {
    const { data } = await request(open(), '/auth', { dataType: '其他' })

    expect(typeof data).toBe('string')
  })
})

describe('what never leaves', () => {
  test.each(['https://example.com/x', 'http://127.0.0.1:1/http/auth'])(
    'a request to %s: it is not on the domain list',
    async (address) => {
      await expect(request(open(), address)).rejects.toMatchObject({
        errMsg: expect.stringMatching(/^request:fail url not in domain list/),
        errno: 600002,
      })
    },
  )

  test.each(['/', '/__emulator/state', '/sns/jscode2session', '/admin', '/http/../__emulator/state'])(
    'a request to the emulator’s own %s',
    async (rest) => {
      await expect(request(open(), `${world.emulator.url}${rest}`)).rejects.toMatchObject({ errno: 600002 })
    },
  )

  test('an address that is none', async () => {
    await expect(request(open(), 'http:///')).rejects.toMatchObject({ errno: 600009 })
  })

  test('anything without a network', async () => {
    const device = open()
    device.setOnline(false)

    await expect(request(device, '/auth')).rejects.toEqual({
      errMsg: 'request:fail network is disconnected',
      errno: 600003,
    })
    expect(world.emulator.trace.count('request')).toBe(0)
  })
})

describe('what goes wrong', () => {
  test.each(['cut', 'lost'] as const)('a connection that is %s', async (answer) => {
    world.emulator.faults.add({ at: 'request', answer })

    await expect(request(open(), '/auth')).rejects.toEqual({ errMsg: 'request:fail interrupted', errno: 600003 })
    expect(world.emulator.trace.count('http.https')).toBe(answer === 'cut' ? 0 : 1)
  })

  test('nobody answers in time, by the emulated clock', async () => {
    world.emulator.faults.add({ at: 'request', answer: 'silence' })
    const outcome = expect(request(open(), '/auth', { timeout: 3000 })).rejects.toEqual({
      errMsg: 'request:fail timeout',
      errno: 5,
    })
    await world.emulator.clock.advance(3001)

    await outcome
  })

  test('it is aborted', async () => {
    const failed = await new Promise((fail) => {
      open()
        .wx.request({ url: url('/auth'), fail })
        .abort()
    })

    expect(failed).toEqual({ errMsg: 'request:fail abort' })
  })

  test('without any callback it is quiet, and the task is there', async () => {
    const task = open().wx.request({ url: 'https://example.com/' })
    await world.emulator.trace.until('request')

    expect(typeof task.abort).toBe('function')
  })
})

describe('wx.uploadFile', () => {
  const picture = async (device: Device): Promise<string> => (await device.tapAvatar({ agrees: true }))?.avatarUrl ?? ''
  const upload = (device: Device, filePath: string) =>
    new Promise<WechatMiniprogram.UploadFileSuccessCallbackResult>((success, fail) =>
      device.wx.uploadFile({ url: url('/avatar'), filePath, name: 'file', formData: { path: 'a "b"' }, success, fail }),
    )

  test('sends the fields and then the bytes, as a form of many parts', async () => {
    const device = open()
    const filePath = await picture(device)
    const { statusCode, data } = await upload(device, filePath)
    const { headers, body } = JSON.parse(data) as Reached

    expect(statusCode).toBe(200)
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=\S+$/)
    expect(body).toContain('Content-Disposition: form-data; name="path"\r\n\r\na "b"\r\n')
    expect(body).toContain(
      `name="file"; filename="${filePath.replace('wxfile://', '')}"\r\nContent-Type: image/png\r\n\r\n`,
    )
    expect(body).toContain('\x89PNG\r\n\x1a\n')
  })

  test('tells the progress, and breaks as it is told', async () => {
    const device = open()
    const filePath = await picture(device)
    const news: number[] = []
    const sent = new Promise((success, fail) => {
      const task = device.wx.uploadFile({ url: url('/avatar'), filePath, name: 'file', success, fail })
      task.onProgressUpdate(({ totalBytesSent }) => news.push(totalBytesSent))
    })
    await sent
    world.emulator.faults.add({ at: 'uploadFile', answer: 'cut' })

    expect(news).toEqual([expect.any(Number)])
    await expect(upload(device, filePath)).rejects.toEqual({ errMsg: 'uploadFile:fail interrupted', errno: 600003 })
  })

  test('of a file that is gone fails', async () => {
    const filePath = await picture(open())

    await expect(upload(open(), filePath)).rejects.toMatchObject({
      errMsg: expect.stringContaining("file doesn't exist"),
    })
  })
})

test('the second mini-program reaches the functions of its own cloud', async () => {
  const { appid = '' } = world.emulator.apps[1] ?? {}
  const { data } = await request(open({ app: appid }), '/auth')

  expect(data.appid).toBe(appid)
})

test('the trace has the request of the handset and, within it, that of the gateway; no token in either', async () => {
  await request(open(), '/auth', {
    method: 'POST',
    data: { token: 'very-secret-token' },
    header: { Authorization: 'Bearer very-secret-token' },
  })

  const ops = world.emulator.trace.hops.map(({ op, from, to }) => [op, from, to])
  expect(ops).toEqual([
    ['http.https', 'wx', 'function'],
    ['request', 'mini-program', 'wx'],
  ])
  expect(JSON.stringify(world.emulator.trace.hops)).not.toContain('very-secret-token')
})
