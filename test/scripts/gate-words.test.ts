// What WeChat's tools say, put at the line of the source it is about; and what is said when they cannot be had.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installTools } from '../../scripts/gate/install'
import { openMiniProgram } from '../../scripts/gate/mini-program'
import { placeOfRefusal, placeOfUnresolved } from '../../scripts/gate/official-places'
import { copyProject, type ProjectCopy } from '../../scripts/gate/project-copy'
import { temporaryFolder } from '../support/processes'

let copy: ProjectCopy
beforeEach(() => {
  copy = copyProject(join(__dirname, '../..'))
})
afterEach(() => copy.discard())

const refusal = (message: string, path = '', code = '10009') =>
  placeOfRefusal(openMiniProgram(copy.folder), { message, path, code })

test('Babel counts columns from 0, the gate from 1, and no folder of the machine is repeated', () => {
  const said = refusal(
    'file: config.ts\n /tmp/a/project/miniprogram/config.ts: Unexpected token (4:15)\n\n> 4 | a',
    '',
    '10045',
  )

  expect(said).toEqual({
    check: 'compiler',
    file: 'miniprogram/config.ts',
    line: 4,
    column: 16,
    message: 'Unexpected token (4:15) (10045)',
  })
})

test('a path through JSON is followed to its line', () => {
  copy.write('app.json', '{\n  "pages": [\n    "pages/home/home",\n    "pages/none/none"\n  ]\n}')
  const said = refusal('miniprogram/app.json: ["pages"][1] could not find the file', 'miniprogram/app.json', '10005')

  expect(said).toMatchObject({ file: 'miniprogram/app.json', line: 4, column: 5 })
})

test('words of a shape nobody knows are told all the same', () => {
  expect(refusal('the moon is in the wrong house')).toMatchObject({
    check: 'compiler',
    line: 1,
    message: expect.stringContaining('the moon is in the wrong house'),
  })
})

test('what the analyser misses in compiled JavaScript is shown in the TypeScript', () => {
  copy.write('config.ts', "export const a = 1\n\nimport './nowhere'\n")
  const said = placeOfUnresolved(openMiniProgram(copy.folder), {
    from: 'config.js',
    message: 'Couldn\'t resolve the Js file "./nowhere" relative to "/config.js:1:20"',
  })

  expect(said).toMatchObject({ check: 'analysis', file: 'miniprogram/config.ts', line: 3, column: 8 })
})

test('without a registry the gate says what it needs, and leaves nothing that looks installed', () => {
  const { path, remove } = temporaryFolder()
  try {
    mkdirSync(join(path, 'tools'))
    const put = (file: string, text: string) => writeFileSync(join(path, 'tools', file), text)
    const dependencies = { 'nobody-has-this': '1.0.0' }
    put('package.json', JSON.stringify({ name: 'tools', version: '1.0.0', dependencies }))
    const packages = {
      '': { name: 'tools', version: '1.0.0', dependencies },
      'node_modules/nobody-has-this': { version: '1.0.0', resolved: 'http://127.0.0.1:9/nobody-has-this-1.0.0.tgz' },
    }
    put('package-lock.json', JSON.stringify({ name: 'tools', version: '1.0.0', lockfileVersion: 3, packages }))
    put('.npmrc', 'registry=http://127.0.0.1:9/\nfetch-retries=0\n')
    const install = () => installTools(() => {}, join(path, 'tools'))

    expect(install).toThrow(/npm’s registry[\s\S]*npm ci/)
    expect(install).toThrow() // the second time as well
  } finally {
    remove()
  }
})
