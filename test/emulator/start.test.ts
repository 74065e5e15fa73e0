// `npm start` as a user meets it: the address first, and one clear line when something is wrong.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { ask, backDoor } from '../support/emulator'
import { doorOf, type Ended, runScript, temporaryFolder } from '../support/processes'

const ROOT = resolve(__dirname, '..', '..')
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())
jest.setTimeout(30_000)

const oneLine = ({ code, stdout, stderr }: Ended) => {
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  return stderr
}

test('prints its address first, answers there, and ends cleanly when told', async () => {
  const running = runScript('start', ['--port', '0', '--data', folder.path])
  const { url } = await doorOf(running, folder.path)

  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await ask(url)).text).toContain('<html')
  running.child.kill('SIGINT')
  const { code, stderr } = await running.ended
  expect([code, stderr]).toEqual([0, ''])
})

test('--reset forgets what was kept', async () => {
  const args = ['--port', '0', '--data', folder.path]
  const first = runScript('start', args)
  await backDoor(await doorOf(first, folder.path), 'accounts', { nickname: '新人' })
  first.child.kill('SIGTERM')
  await first.ended

  const second = runScript('start', [...args, '--reset'])
  const { accounts } = (await backDoor(await doorOf(second, folder.path), 'state')) as { accounts: unknown[] }
  second.child.kill('SIGTERM')
  await second.ended

  expect(accounts).toHaveLength(24)
})

test('a busy port is one clear line', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => busy.once('listening', ready))
  const { port } = busy.address() as AddressInfo

  const ended = await runScript('start', ['--data', folder.path], { env: { PORT: String(port) } }).ended
  busy.close()

  expect(oneLine(ended)).toContain(`port ${port} is busy`)
})

test.each([
  ['no project file', undefined, 'project.config.json'],
  ['a project file that is no JSON', '{', 'is not JSON'],
  ['a project file without a function folder', '{"appid":"touristappid"}', 'cloudfunctionRoot'],
  [
    'functions that are not built',
    '{"appid":"touristappid","cloudfunctionRoot":"dist/cloudfunctions/"}',
    'npm run build',
  ],
])('%s is one clear line', async (_, text, said) => {
  if (text !== undefined) writeFileSync(join(folder.path, 'project.config.json'), text)

  const args = ['--port', '0', '--data', join(folder.path, 'data')]
  expect(oneLine(await runScript('start', args, { cwd: folder.path }).ended)).toContain(said)
})

test.each([['--port', 'x'], ['--port', '70000'], ['--nonsense'], ['stray']])(
  '%s %s is refused in one line',
  async (...args) => {
    oneLine(
      await runScript(
        'start',
        args.filter((arg) => arg !== undefined),
      ).ended,
    )
  },
)

test('--help explains itself and starts nothing', async () => {
  const { code, stdout } = await runScript('start', ['--help']).ended

  expect(code).toBe(0)
  for (const option of ['--port', '--data', '--reset']) expect(stdout).toContain(option)
})

test('another project is served from its own folder', async () => {
  mkdirSync(join(folder.path, 'dist'), { recursive: true })
  cpSync(join(ROOT, 'project.config.json'), join(folder.path, 'project.config.json'))
  cpSync(join(ROOT, 'dist', 'cloudfunctions'), join(folder.path, 'dist', 'cloudfunctions'), { recursive: true })

  const running = runScript('start', ['--port', '0'], { cwd: folder.path })
  const { accounts } = (await backDoor(await doorOf(running, join(folder.path, '.emulator')), 'state')) as {
    accounts: unknown[]
  }
  running.child.kill('SIGTERM')
  await running.ended

  expect(accounts).toHaveLength(24)
})
