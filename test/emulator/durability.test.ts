// What was acknowledged is there after a crash, and a data folder has one master.
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTables } from '../../emulator/data/tables'
import { createEmulator } from '../../emulator/index'
import type { Emulator } from '../../emulator/types'
import { backDoor, exchange } from '../support/emulator'
import { doorOf, runScript, temporaryFolder } from '../support/processes'

let folder: ReturnType<typeof temporaryFolder>
let open: Emulator[] = []
const start = async () => {
  const emulator = await createEmulator({ data: folder.path })
  open.push(emulator)
  return emulator
}

beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(async () => {
  await Promise.all(open.map((emulator) => emulator.close()))
  open = []
  folder.remove()
})

test('what a killed emulator acknowledged, the next one knows', async () => {
  const running = runScript('start', ['--port', '0', '--data', folder.path])
  const door = await doorOf(running, folder.path)
  const before = (await backDoor(door, 'state')) as { now: number; apps: { secret: string }[] }
  const { code } = (await backDoor(door, 'accounts/v1/login-code', {})) as { code: string }
  const added = (await backDoor(door, 'accounts', { nickname: '新人' })) as { id: string }
  await backDoor(door, 'clock', { advance: 200_000 })

  running.child.kill('SIGKILL')
  expect((await running.ended).signal).toBe('SIGKILL')
  const next = await start()

  expect(next.apps[0]?.secret).toBe(before.apps[0]?.secret)
  expect(next.accounts.find(({ id }) => id === added.id)?.nickname).toBe('新人')
  expect(next.clock.now()).toBeGreaterThanOrEqual(before.now + 200_000)
  const key = next.weixin.sessionKey('v1')
  expect(await exchange(next, { js_code: code })).toMatchObject({ session_key: key, openid: next.weixin.openid('v1') })
  expect(next.key).not.toBe(door.key)
}, 30_000)

test('a write that was torn by the crash is dropped, the ones before it stay', () => {
  const first = createTables(folder.path)
  first.table<string>('t').set('a', 'kept')
  first.close()
  appendFileSync(join(folder.path, 'journal.jsonl'), '["t","b","\\"tor')

  const next = createTables(folder.path)

  expect([...next.table<string>('t').entries()]).toEqual([['a', 'kept']])
  next.table<string>('t').set('c', 'new')
  next.close()
  const third = createTables(folder.path)
  expect([...third.table<string>('t').entries()]).toEqual([
    ['a', 'kept'],
    ['c', 'new'],
  ])
  third.close()
})

test('a journal that is damaged in the middle is refused by name, and not overwritten', () => {
  const file = join(folder.path, 'journal.jsonl')
  writeFileSync(file, '["t","a","1"]\nnonsense\n["t","b","2"]\n')

  expect(() => createTables(folder.path)).toThrow(expect.objectContaining({ code: 'DATA_DAMAGED' }))
  expect(readFileSync(file, 'utf8')).toContain('nonsense')
  expect(existsSync(join(folder.path, 'lock'))).toBe(false)
})

test('tables come back as they were left: set, deleted, dropped', () => {
  const first = createTables(folder.path)
  const [kept, dropped] = [first.table<object>('kept'), first.table<number>('dropped')]
  kept.set('a', { n: 1 })
  kept.set('a', { n: 2 })
  kept.set('b', { n: 3 })
  kept.delete('b')
  dropped.set('x', 1)
  first.drop('dropped')
  first.close()

  const next = createTables(folder.path)

  expect([...next.table('kept').entries()]).toEqual([['a', { n: 2 }]])
  expect(next.names('')).toEqual(['kept'])
  next.close()
})

test('starting makes the journal short again', () => {
  const first = createTables(folder.path)
  for (let n = 0; n < 1000; n += 1) first.table<number>('t').set('counter', n)
  first.close()
  const before = statSync(join(folder.path, 'journal.jsonl')).size

  createTables(folder.path).close()

  expect(readFileSync(join(folder.path, 'journal.jsonl'), 'utf8')).toBe('["t","counter","999"]\n')
  expect(before).toBeGreaterThan(1000)
})

test('a second emulator on the same folder is refused in one line', async () => {
  const running = runScript('start', ['--port', '0', '--data', folder.path])
  await running.firstLine

  const second = await runScript('start', ['--port', '0', '--data', folder.path]).ended
  running.child.kill('SIGTERM')

  expect(second.code).toBe(1)
  expect(second.stderr).toMatch(/^start: .* is in use by another emulator \(process \d+\).*\n$/)
  expect((await running.ended).code).toBe(0)
  expect(existsSync(join(folder.path, 'lock'))).toBe(false)
}, 30_000)

test('within one process, too', () => {
  const first = createTables(folder.path)

  expect(() => createTables(folder.path)).toThrow(expect.objectContaining({ code: 'DATA_IN_USE' }))
  first.close()
  createTables(folder.path).close()
})

test('a lock whose process is gone is taken over', async () => {
  const gone = runScript('start', ['--help'])
  await gone.ended
  writeFileSync(join(folder.path, 'lock'), String(gone.child.pid))

  createTables(folder.path).close()
}, 30_000)

test('storage of a handset outlives the emulator, sealed where it was sealed', async () => {
  const first = await start()
  const { wx } = first.device()
  await wx.setStorage({ key: 'sealed', data: 'my-secret', encrypt: true })
  wx.setStorageSync('open', 'note')
  await first.close()
  open = []

  const again = (await start()).device().wx

  await expect(again.getStorage({ key: 'sealed', encrypt: true })).resolves.toMatchObject({ data: 'my-secret' })
  expect(again.getStorageSync('open')).toBe('note')
  expect(readFileSync(join(folder.path, 'journal.jsonl'), 'utf8')).not.toContain('my-secret')
})

test('the key is for this user only', async () => {
  const emulator = await start()

  expect(readFileSync(join(folder.path, 'key'), 'utf8')).toBe(emulator.key)
  expect(statSync(join(folder.path, 'key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder.path, 'journal.jsonl')).mode & 0o777).toBe(0o600)
})
