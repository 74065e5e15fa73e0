// The papers say what the code does, and the same in both languages.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { apiDocs } from '../../scripts/api-docs'
import { checkEnvironmentVariables } from '../../scripts/doctor/checks/environment-variables'
import { openProject } from '../../scripts/doctor/project'

const ROOT = join(__dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const PAIRS = [
  ['README.md', 'README.zh-CN.md'],
  ['docs/deploy.md', 'docs/deploy.zh-CN.md'],
  ['docs/copy.md', 'docs/copy.zh-CN.md'],
] as const
const TOP = readdirSync(ROOT).filter((file) => file.endsWith('.md'))
const PAPERS = [...TOP, 'emulator/README.md', ...readdirSync(join(ROOT, 'docs')).map((file) => `docs/${file}`)].filter(
  (file) => file.endsWith('.md'),
)

test('docs/api.md is what the docstrings say', () => {
  expect(read('docs/api.md')).toBe(apiDocs())
})

test('the API tells of every door of the library', () => {
  const api = read('docs/api.md')
  const doors = [...read('miniprogram/auth/index.ts').matchAll(/^export (?:const|interface) (\w+)/gm)].map(
    ([, it]) => it,
  )

  expect(doors.length).toBeGreaterThan(2)
  for (const door of doors) expect(api).toContain(`### \`${door}\``)
})

/** The bones of a paper: what is the same whatever the language. */
const bonesOf = (text: string) => ({
  headings: [...text.matchAll(/^(#+) /gm)].map(([, level]) => level),
  rows: [...text.matchAll(/^\|.*\|$/gm)].map(([row]) => row.split('|').length),
  items: [...text.matchAll(/^(?:\d\.|-) /gm)].length,
  code: [...text.matchAll(/^ *```\w+\n([\s\S]*?)^ *```$/gm)].map(([, block]) =>
    (block ?? '').replaceAll(/ *(?:#|\/\/) ?.*$/gm, '').trim(),
  ),
})
test.each(PAIRS)('%s and %s have the same chapters, tables, lists and commands', (english, chinese) => {
  const bones = bonesOf(read(english))

  expect(bones.code.length).toBeGreaterThan(0)
  expect(bonesOf(read(chinese))).toEqual(bones)
})

test.each(PAPERS)('every link in %s leads to a file', (paper) => {
  const text = read(paper).replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link ?? '')

  expect(links.filter((link) => !existsSync(join(ROOT, dirname(paper), link)))).toEqual([])
})

test.each(PAPERS)('every script in %s exists', (paper) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...read(paper).matchAll(/\bnpm run (\w+)/g)].map(([, name]) => name ?? '')

  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
})

/** The table of variables: a row per variable, ● and ○ per function. */
const variablesOf = (paper: string) =>
  [...read(paper).matchAll(/^\| `([A-Z_]+)` \|(.*)\|$/gm)].map(([, name = '', cells = '']) => {
    const marks = cells.split('|').map((cell) => cell.trim())
    return { name, auth: marks[0], https: marks[1], push: marks[2], housekeeping: marks[3] }
  })

test('the deployment names every variable that the functions read', () => {
  const source = read('cloudfunctions/platform/environment.ts')
  const used = [...source.matchAll(/(?:find|need)\('([A-Z][A-Z_]+)'\)/g)].map(([, name]) => name)

  expect(new Set(variablesOf('docs/deploy.md').map(({ name }) => name))).toEqual(new Set(used))
})

test('what it calls needed is what the doctor calls needed', () => {
  const table = variablesOf('docs/deploy.md')
  const lines = checkEnvironmentVariables(openProject(ROOT)).map(({ what }) => what)
  for (const name of ['auth', 'https', 'push', 'housekeeping'] as const) {
    const needed = table.filter((row) => row[name] === '●').map((row) => row.name)
    const said = lines.find((line) => line.startsWith(`function ${name} needs`)) ?? ''
    expect(new Set(said.match(/[A-Z]+_[A-Z_]+/g))).toEqual(new Set(needed))
    expect(needed.length).toBeGreaterThan(0)
  }
})

test('it names every collection', () => {
  const { collections } = JSON.parse(read('cloudfunctions/database.json')) as { collections: object }
  for (const name of Object.keys(collections)) expect(read('docs/deploy.md')).toContain(`\`${name}\``)
})
