// The guarded port: who gets in, and that nobody else learns or changes anything.
import { ask, type Sent } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()

/** Something worth stealing, and every way to it. */
const DOORS: [path: string, method: string][] = [
  ['__emulator/state', 'GET'],
  ['__emulator/trace', 'GET'],
  ['__emulator/accounts/v1/login-code', 'POST'],
  ['__emulator/reset', 'POST'],
  ['admin', 'POST'],
  ['', 'GET'],
  ['sns/jscode2session', 'GET'],
]
const open = (path: string, sent: Sent) =>
  ask(`${world.emulator.url}/${path}`, {
    ...sent,
    ...(sent.method === 'POST' ? { body: '{}' } : {}),
    headers: { 'content-type': 'application/json', 'x-emulator-key': world.emulator.key, ...sent.headers },
  })
const secret = () => world.emulator.apps[0]?.secret ?? 'no app'

describe.each(DOORS)('/%s by %s', (path, method) => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.evil.example', '[::1]'])(
    'is not there for the host %s',
    async (host) => {
      const { status, text } = await open(path, { method, headers: { host } })

      expect(status).toBe(421)
      expect(text).not.toContain(secret())
      expect(world.emulator.trace.hops).toHaveLength(0)
    },
  )

  test.each(['https://evil.example', 'http://127.0.0.1', 'http://localhost:1', 'null', 'file://'])(
    'is not there for a page of %s',
    async (origin) => {
      const { status, text, headers } = await open(path, { method, headers: { origin } })

      expect(status).toBe(403)
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(text).not.toContain(secret())
      expect(world.emulator.trace.hops).toHaveLength(0)
    },
  )

  test('cannot be asked about by a preflight', async () => {
    const { status, headers } = await open(path, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })

    expect(status).toBe(403)
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe.each(DOORS.filter(([path]) => path.startsWith('__emulator')))('the back door /%s', (path, method) => {
  test.each([{ 'x-emulator-key': '' }, { 'x-emulator-key': 'f'.repeat(48) }, { 'x-emulator-key': 'é' }])(
    'is shut without the key (%j)',
    async (headers) => {
      const { status, text } = await open(path, { method, headers })

      expect(status).toBe(403)
      expect(text).not.toContain(secret())
      expect(text).not.toContain(world.emulator.key)
    },
  )

  test('is shut for another method', async () => {
    const { status, headers } = await open(path, { method: 'PUT' })

    expect([status, headers['allow']]).toEqual([405, method])
  })
})

test('without the key nobody learns which back doors there are', async () => {
  const answers = await Promise.all(['state', 'nothing'].map((path) => ask(`${world.emulator.url}/__emulator/${path}`)))

  expect(answers.map(({ status }) => status)).toEqual([403, 403])
  expect(answers[0]?.text).toBe(answers[1]?.text)
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
  'a back door takes no %j, which a form could send',
  async (type) => {
    const code = await open('__emulator/accounts/v1/login-code', { method: 'POST', headers: { 'content-type': type } })

    expect(code.status).toBe(415)
    expect(code.text).not.toContain('"code":"0')
  },
)

test.each(['{', '[]', '"text"', '{"advance":"1"}', '{"advance":-1}', '{"advance":1,"more":1}'])(
  'the malformed body %s changes nothing',
  async (body) => {
    const before = world.emulator.clock.now()
    const headers = { 'content-type': 'application/json', 'x-emulator-key': world.emulator.key }
    const { status } = await ask(`${world.emulator.url}/__emulator/clock`, { method: 'POST', headers, body })

    expect(status).toBe(400)
    expect(world.emulator.clock.now() - before).toBeLessThan(30_000)
  },
)

test('a body of three megabytes is refused', async () => {
  const headers = { 'content-type': 'application/json', 'x-emulator-key': world.emulator.key }
  const body = JSON.stringify({ collection: 'x'.repeat(3 * 1024 * 1024) })
  const { status } = await ask(`${world.emulator.url}/__emulator/database`, { method: 'POST', headers, body })

  expect(status).toBe(413)
})

test('/admin without a live invocation is refused, and writes nothing', async () => {
  const before = world.emulator.database.everything()
  const { text } = await open('admin', { method: 'POST' })

  expect(JSON.parse(text)).toHaveProperty('code')
  expect(world.emulator.database.everything()).toEqual(before)
})

test('the page is there for this machine, with the key of this start, in no frame', async () => {
  const port = new URL(world.emulator.url).port
  const { status, text, headers } = await ask(world.emulator.url, { headers: { host: `localhost:${port}` } })

  expect(status).toBe(200)
  expect(text).toContain(world.emulator.key)
  expect(text).not.toContain(secret())
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
})

test('nothing lives elsewhere', async () => {
  const answers = await Promise.all(['nothing', '__emulator/nothing', 'admin/x'].map((path) => open(path, {})))

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
})
