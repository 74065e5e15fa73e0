// `npm run build`: what is deployable, whole, and nothing else.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../../scripts/build'
import { temporaryFolder } from '../support/processes'

let folder: ReturnType<typeof temporaryFolder>
const put = (path: string, text: string) => {
  mkdirSync(join(folder.path, path, '..'), { recursive: true })
  writeFileSync(join(folder.path, path), text)
}
const built = (path: string) => join(folder.path, 'dist', 'cloudfunctions', path)

beforeEach(() => {
  folder = temporaryFolder()
  put('cloudfunctions/core/answer.ts', "export const answer = (n: number): string => '第' + (n ?? 0)")
  put('cloudfunctions/one/package.json', '{"name":"one"}')
  put('cloudfunctions/one/config.json', '{}')
  put(
    'cloudfunctions/one/index.ts',
    "import { answer } from '../core/answer'\nexport const main = () => { void (() => require('wx-server-sdk')); return answer(1) }",
  )
})
afterEach(() => folder.remove())

test('a function becomes one readable CommonJS file beside copies of its two others', async () => {
  await expect(build(folder.path)).resolves.toEqual(['cloudfunctions/one'])

  const code = readFileSync(built('one/index.js'), 'utf8')
  expect(readdirSync(built('one')).sort()).toEqual(['config.json', 'index.js', 'package.json'])
  expect(readFileSync(built('one/package.json'), 'utf8')).toBe('{"name":"one"}')
  expect(code).toContain('require("wx-server-sdk")')
  expect(code).toContain('第')
  const { main } = require(built('one/index.js')) as { main: () => string }
  expect(main()).toBe('第1')
})

test('a room of a function is no function', async () => {
  await build(folder.path)

  expect(existsSync(built('core'))).toBe(false)
})

test('an example is built beside the functions, where nothing uploads it', async () => {
  for (const part of ['package.json', 'config.json']) put(`cloudfunctions/examples/mine/${part}`, '{}')
  put(
    'cloudfunctions/examples/mine/index.ts',
    "import { answer } from '../../core/answer'\nexport const main = () => answer(2)",
  )
  put('dist/examples/gone/index.js', '')

  await expect(build(folder.path)).resolves.toEqual(['cloudfunctions/one', 'examples/mine'])
  expect(readdirSync(built(''))).toEqual(['one'])
  expect(readdirSync(join(folder.path, 'dist', 'examples'))).toEqual(['mine'])
  const { main } = require(join(folder.path, 'dist/examples/mine/index.js')) as { main: () => string }
  expect(main()).toBe('第2')
})

test('what is no function any more goes away', async () => {
  put('dist/cloudfunctions/gone/index.js', '')
  await build(folder.path)

  expect(readdirSync(built(''))).toEqual(['one'])
})

test('an unchanged function keeps its file', async () => {
  await build(folder.path)
  const before = statSync(built('one/index.js'))
  await build(folder.path)

  expect(statSync(built('one/index.js')).ino).toBe(before.ino)
})

test('builds at once do not disturb each other, and no draft stays', async () => {
  await Promise.all([build(folder.path), build(folder.path), build(folder.path)])

  expect(readdirSync(built('one')).sort()).toEqual(['config.json', 'index.js', 'package.json'])
})

test('a mistake in a function is named, and the last good build stays', async () => {
  await build(folder.path)
  const good = readFileSync(built('one/index.js'), 'utf8')
  put('cloudfunctions/one/index.ts', 'export const main = (')

  await expect(build(folder.path)).rejects.toThrow(/one\/index\.ts:1:/)
  expect(readFileSync(built('one/index.js'), 'utf8')).toBe(good)
})

test('a project without functions is a mistake', async () => {
  put('empty/cloudfunctions/core/x.ts', '')

  await expect(build(join(folder.path, 'empty'))).rejects.toThrow('no folder with index.ts, package.json, config.json')
})

test('what is built for the cloud runs on its oldest Node: no syntax newer than 2021', async () => {
  put(
    'cloudfunctions/one/index.ts',
    'export class A { static { A.n = 1 } static n = 0; #x = 1; has(o: object) { return #x in o } }',
  )
  await build(folder.path)

  expect(readFileSync(built('one/index.js'), 'utf8')).not.toContain('#x in')
})
