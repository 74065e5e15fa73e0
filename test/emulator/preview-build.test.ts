// The preview's build: a good project makes a bundle, every mistake has its file, line and column.

import { type Builder, type BuildResult, createBuilder } from '../../emulator/preview-build/build'
import { mapPlaces } from '../../emulator/preview-build/stack'
import { copySample, type SampleProject } from '../support/preview-sample'

let sample: SampleProject
let builder: Builder

beforeEach(() => {
  sample = copySample()
  builder = createBuilder(sample.folder)
})
afterEach(async () => {
  await builder.close()
  sample.remove()
})

/** `pages/home/home.wxml:4:3` of every problem, without the folder. */
const places = ({ problems }: BuildResult): string[] =>
  problems.map(({ file, line, column }) => `${file.replace('miniprogram/', '')}:${line}:${column}`)

it('makes one bundle of a good project', async () => {
  const { problems, bundle } = await builder.build()
  expect(problems).toEqual([])
  expect(bundle?.code).toContain('pages/detail/detail')
})

it('sees at the next build what was saved', async () => {
  await builder.build()
  sample.edit('pages/home/words.ts', '世界', '大家')
  const { id, bundle } = await builder.build()
  expect(id).toBe(2)
  expect(bundle?.code).toContain('大家')
})

describe('a mistake has its place', () => {
  const HOME = 'pages/home/home'
  it.each([
    ['an unknown tag', `${HOME}.wxml`, '<view class="title"', '<marquee class="title"', `${HOME}.wxml:4:3`, 'marquee'],
    ['a tag left open', `${HOME}.wxml`, '</view>\n  <template', '\n  <template', `${HOME}.wxml:3:2`, 'end tag'],
    ['a broken expression', `${HOME}.wxml`, '{{name}}', '{{name +}}', `${HOME}.wxml:4:`, ''],
    ['an unknown attribute', `${HOME}.wxml`, 'disabled', 'diabled', `${HOME}.wxml:12:27`, 'diabled'],
    [
      'an open-type that is not emulated',
      `${HOME}.wxml`,
      'disabled',
      'open-type="contact"',
      `${HOME}.wxml:12:27`,
      'contact',
    ],
    ['a handler that nobody wrote', `${HOME}.wxml`, 'bindtap="ask"', 'bindtap="askk"', `${HOME}.wxml:10:27`, 'askk'],
    ['a template that is missing', `${HOME}.wxml`, 'shared/line.wxml', 'shared/lime.wxml', `${HOME}.wxml:1:`, 'lime'],
    ['a wxs that is missing', `${HOME}.wxml`, 'marks.wxs', 'mark.wxs', `${HOME}.wxml:2:`, 'mark'],
    ['a sheet that is missing', `${HOME}.wxss`, 'line.wxss', 'lime.wxss', `${HOME}.wxss:1:1`, 'lime'],
    [
      'broken wxss',
      `${HOME}.wxss`,
      'color: rgb(0, 90, 0);\n}',
      'color: rgb(0, 90, 0);',
      `${HOME}.wxss:8:1`,
      'Unclosed',
    ],
    [
      'a local picture in wxss',
      `${HOME}.wxss`,
      'color: rgb',
      'background: url(/images/home.png); color: rgb',
      `${HOME}.wxss:9:3`,
      'local file',
    ],
    ['a syntax error', `${HOME}.ts`, 'const app =', 'const app ==', `${HOME}.ts:6:11`, ''],
    ['an import from outside', `${HOME}.ts`, "'./words'", "'../../../words'", `${HOME}.ts:4:23`, 'outside'],
    [
      'an import of a folder',
      `${HOME}.ts`,
      "'./words'",
      "'../../shared'",
      `${HOME}.ts:4:23`,
      'wants "../../shared/index"',
    ],
    [
      'an import that is not built for npm',
      `${HOME}.ts`,
      "'./words'",
      "'lodash'",
      `${HOME}.ts:4:23`,
      'miniprogram_npm',
    ],
    ['a missing component', 'app.json', 'tag-card/tag-card', 'tag-card/card', 'app.json:31:24', 'tag-card'],
    [
      'a component that does not say so',
      'components/tag-card/tag-card.json',
      'true',
      'false',
      'components/tag-card/tag-card.json:1:1',
      '"component": true',
    ],
    ['a missing page', 'app.json', '"pages/form/form"', '"pages/form/from"', 'app.json:2:', 'from'],
    ['a colour that theme.json does not know', 'app.json', '"@text"', '"@txet"', 'app.json:9:31', 'txet'],
    [
      'a tab that is no page',
      'app.json',
      '"pagePath": "pages/form/form"',
      '"pagePath": "pages/form/f"',
      'app.json:24:21',
      'pages/form/f',
    ],
    ['JSON that is none', 'theme.json', '"#f5f6f8",', '"#f5f6f8"', 'theme.json:2:', 'JSON'],
  ])('%s', async (_, file, piece, by, place, words) => {
    sample.edit(file, piece, by)
    const result = await builder.build()
    expect(places(result)).toContainEqual(expect.stringContaining(place))
    expect(result.problems.map(({ message }) => message).join('\n')).toContain(words)
    expect(result.bundle).toBeUndefined()
  })

  it('and a missing app.ts is one', async () => {
    sample.delete('app.ts')
    expect(places(await builder.build())).toEqual(['app.ts:1:1'])
  })
})

it('recovers when the mistake is gone', async () => {
  const good = sample.read('pages/home/home.wxml')
  sample.write('pages/home/home.wxml', '<oops>')
  expect((await builder.build()).bundle).toBeUndefined()
  sample.write('pages/home/home.wxml', good)
  expect((await builder.build()).problems).toEqual([])
})

it('watches also what is not there yet', async () => {
  sample.edit('app.json', '"pages/detail/detail"', '"pages/detail/detail", "pages/new/new"')
  const { watched } = await builder.build()
  expect(watched.some((file) => file.endsWith('pages/new/new.ts'))).toBe(true)
})

it('a page cannot dress another page', async () => {
  const { bundle } = await builder.build()
  expect(bundle?.code).toContain(':where([data-path="pages/home/home"]) .title')
})

it('leaves a name of the browser to whoever declares it', async () => {
  sample.edit('pages/home/words.ts', "=> '世界'", "=> { const top = '天'; return top + typeof document }")
  const { bundle } = await builder.build()
  expect(bundle?.code).toContain('return top + typeof document_does_not_exist_in_a_mini_program')
})

it('maps a place of the bundle to the source', async () => {
  const { bundle, root } = await builder.build()
  const lines = bundle?.code.split('\n') ?? []
  const line = lines.findIndex((text) => text.includes('home load'))
  const place = { line: line + 1, column: (lines[line] ?? '').indexOf('app.steps') + 1 }
  const found = mapPlaces(bundle?.map ?? '', { project: sample.folder, root }, [place])
  expect(found).toEqual([
    { file: 'miniprogram/pages/home/home.ts', line: 11, column: 5, text: "    app.steps.push('home load')" },
  ])
})
