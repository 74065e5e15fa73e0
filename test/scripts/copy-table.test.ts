// What docs/copy.md offers besides the library: each row, with what it says it needs, stands alone.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { temporaryFolder } from '../support/processes'

const ROOT = join(__dirname, '../..')

/** Paths under miniprogram/ that a row names, the offered one first. */
const rowsOf = (paper: string): string[][] =>
  [...readFileSync(join(ROOT, paper), 'utf8').matchAll(/^\| (`(?:components|pages)\/[^|]+)\|([^|]+)\|/gm)].map(
    ([, offered = '', needed = '']) => [...`${offered}${needed}`.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
  )
const ROWS = rowsOf('docs/copy.md')

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

test('both languages name the same', () => {
  expect(ROWS.length).toBeGreaterThan(2)
  expect(rowsOf('docs/copy.zh-CN.md')).toEqual(ROWS)
})

test.each(ROWS)('%s finds all that it imports and shows in what its row names', async (offered, ...needed) => {
  for (const path of ['auth', offered, ...needed]) {
    const to = join(folder.path, path)
    mkdirSync(dirname(to), { recursive: true })
    cpSync(join(ROOT, 'miniprogram', path), to, { recursive: true })
  }
  const files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' })
  const entryPoints = files.filter((file) => file.endsWith('.ts')).map((file) => join(folder.path, file))

  await expect(
    build({ entryPoints, bundle: true, write: false, outdir: folder.path, logLevel: 'silent' }),
  ).resolves.toMatchObject({ errors: [] })
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const { usingComponents = {} } = JSON.parse(readFileSync(join(folder.path, file), 'utf8'))
    for (const used of Object.values<string>(usingComponents)) {
      const at = used.startsWith('/') ? folder.path : join(folder.path, dirname(file))
      expect({ used, found: existsSync(join(at, `${used}.wxml`)) }).toEqual({ used, found: true })
    }
  }
})
