// Which collections exist is what database.json says, now.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readCollections } from '../../emulator/cloud/collections'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'collections-'))
  file = path.join(folder, 'database.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (value: unknown, at = 1e12) => {
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  utimesSync(file, new Date(at), new Date(at))
}

test('no file, no collections', () => {
  expect([...readCollections(file)()]).toEqual([])
})

test('a changed file counts from the next operation on', () => {
  write({ collections: { users: { indexes: [] } } })
  const collections = readCollections(file)
  expect([...collections()]).toEqual(['users'])

  write({ collections: { users: {}, sessions: { indexes: [{ name: 'by-user', unique: false }] } } }, 2e12)
  expect([...collections()]).toEqual(['users', 'sessions'])
})

test.each<[string, unknown, RegExp]>([
  ['no JSON', '{', /database\.json: /],
  ['no collections', {}, /expected \{ "collections"/],
  ['a collection that is a list', { collections: { users: [] } }, /"users" must be/],
  [
    'a unique index',
    { collections: { users: { indexes: [{ unique: true }] } } },
    /unique index of "users" is not emulated/,
  ],
])('a file with %s is refused, and named', (_what, value, text) => {
  write(value)

  expect(readCollections(file)).toThrow(text)
})
