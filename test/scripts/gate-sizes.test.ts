// What the gate holds the packages to.

import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openMiniProgram } from '../../scripts/gate/mini-program'
import { copyProject, type ProjectCopy } from '../../scripts/gate/project-copy'
import {
  AUTH_LIMIT,
  checkSizes,
  MAIN_GZIP_LIMIT,
  MAIN_LIMIT,
  measureAuth,
  measurePackages,
} from '../../scripts/gate/sizes'

let copy: ProjectCopy
beforeEach(() => {
  copy = copyProject(join(__dirname, '../..'))
})
afterEach(() => copy.discard())

/** Writes what a compiler would have made; returns its sizes. */
const compiled = (files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) {
    const file = join(copy.folder, 'compiled', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.byteLength(text)]))
}
const measure = (files: Record<string, string>) =>
  measurePackages(openMiniProgram(copy.folder), compiled(files), join(copy.folder, 'compiled'))

test('each package is weighed for itself, and each folder in it', () => {
  copy.editJson('app.json', (json) => ({ ...json, subpackages: [{ root: 'more', pages: [] }] }))

  const packages = measure({ 'app.js': 'abc', 'pages/a.js': '12345', 'pages/b.js': '1', 'more/pages/c.js': '12' })

  expect(packages).toMatchObject([
    { root: '', files: 3, bytes: 9, folders: { '.': 3, pages: 6 } },
    { root: 'more/', files: 1, bytes: 2, folders: { pages: 2 } },
  ])
})

test('a package that is too heavy to download is refused with what is heavy in it', () => {
  const packages = measure({ 'heavy/a.js': randomBytes(MAIN_GZIP_LIMIT).toString('base64') })

  expect(checkSizes(openMiniProgram(copy.folder), { packages })).toMatchObject([
    { check: 'size', file: 'miniprogram/app.json', line: 1, message: expect.stringMatching(/gzipped.*heavy 80/) },
  ])
})

test('a package that is too heavy unpacked is refused though it packs well', () => {
  const packages = measure({ 'app.js': 'a'.repeat(MAIN_LIMIT + 1) })

  expect(checkSizes(openMiniProgram(copy.folder), { packages })).toMatchObject([{ check: 'size' }])
})

test('a library of one byte too many is refused', () => {
  const mini = openMiniProgram(copy.folder)

  expect(checkSizes(mini, { packages: [], auth: AUTH_LIMIT })).toEqual([])
  expect(checkSizes(mini, { packages: [], auth: AUTH_LIMIT + 1 })).toMatchObject([
    { check: 'size', file: 'miniprogram/auth/index.ts', line: 1 },
  ])
})

test('the library is weighed as it is shipped: what is added to it is seen', () => {
  const before = measureAuth(openMiniProgram(copy.folder)) ?? 0
  copy.edit('auth/index.ts', (text) => `${text}export const ballast = '${randomBytes(1_000).toString('base64')}'\n`)

  expect(before).toBeGreaterThan(1_000)
  expect(measureAuth(openMiniProgram(copy.folder))).toBeGreaterThan(before + 900)
})
