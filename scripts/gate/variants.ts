// Broken mini-programs: each is ours with one thing wrong, and says who must refuse it and where.

import { randomBytes } from 'node:crypto'
import type { Check } from './finding'
import type { ProjectCopy } from './project-copy'

export interface Refusal {
  check: Check
  /** From miniprogramRoot. */
  file: string
  /** A piece of text that stands on the line that must be named; absent: the first line. */
  at?: string
}

export interface Variant {
  name: string
  /** `own` needs no tools, `templates` wcc and wcsc, `compiler` all of it. */
  by: 'own' | 'templates' | 'compiler'
  break(copy: ProjectCopy): void
  refused: readonly Refusal[]
}

const append = (file: string, line: string) => (copy: ProjectCopy) => copy.edit(file, (text) => `${text}\n${line}\n`)

const HOME = 'pages/home/home'

const OWN: readonly Variant[] = [
  {
    name: 'a key of app.json that is misspelt',
    by: 'own',
    break: (copy) => copy.editJson('app.json', (json) => ({ ...json, lazyCodeLoadings: 'requiredComponents' })),
    refused: [{ check: 'json-keys', file: 'app.json', at: '"lazyCodeLoadings"' }],
  },
  {
    name: 'a key of window that is misspelt',
    by: 'own',
    break: (copy) => copy.editJson('app.json', (json) => ({ ...json, window: { navigationBarTitle: '我的' } })),
    refused: [{ check: 'json-keys', file: 'app.json', at: '"navigationBarTitle"' }],
  },
  {
    name: 'a key of a page that only app.json knows',
    by: 'own',
    break: (copy) => copy.editJson(`${HOME}.json`, (json) => ({ ...json, lazyCodeLoading: 'requiredComponents' })),
    refused: [{ check: 'json-keys', file: `${HOME}.json`, at: '"lazyCodeLoading"' }],
  },
  {
    name: 'a key of a component that only a page knows',
    by: 'own',
    break: (copy) =>
      copy.editJson('components/user-avatar/user-avatar.json', (json) => ({ ...json, disableScroll: true })),
    refused: [{ check: 'json-keys', file: 'components/user-avatar/user-avatar.json', at: '"disableScroll"' }],
  },
  {
    name: 'a sitemap that is not there',
    by: 'own',
    break: (copy) => copy.remove('sitemap.json'),
    refused: [{ check: 'json-keys', file: 'app.json', at: '"sitemapLocation"' }],
  },
  {
    name: 'a page that is not there',
    by: 'own',
    break: (copy) => copy.edit('app.json', (text) => text.replace(`"${HOME}"`, `"${HOME}", "pages/none/none"`)),
    refused: [{ check: 'project', file: 'app.json', at: 'pages/none/none' }],
  },
  {
    name: 'a component that does not say it is one',
    by: 'own',
    break: (copy) => copy.editJson('components/user-avatar/user-avatar.json', () => ({ usingComponents: {} })),
    refused: [{ check: 'project', file: 'components/user-avatar/user-avatar.json' }],
  },
  {
    name: 'JSON with a comma too many',
    by: 'own',
    break: (copy) => copy.edit(`${HOME}.json`, (text) => text.replace(',', ',,')),
    refused: [{ check: 'project', file: `${HOME}.json`, at: ',,' }],
  },
  {
    name: 'a tag that is nothing',
    by: 'own',
    break: append(`${HOME}.wxml`, '<user-avatarr></user-avatarr>'),
    refused: [{ check: 'tags', file: `${HOME}.wxml`, at: '<user-avatarr>' }],
  },
  {
    name: 'a handler that the page does not have',
    by: 'own',
    break: append(`${HOME}.wxml`, '<view bindtap="onNowhere"></view>'),
    refused: [{ check: 'handlers', file: `${HOME}.wxml`, at: 'onNowhere' }],
  },
  {
    name: 'a handler whose name stands in the script, but is no method',
    by: 'own',
    break: (copy) => {
      append(`${HOME}.wxml`, '<view catch:tap="onlyWords"></view>')(copy)
      append(`${HOME}.ts`, "export const onlyWords = 'onlyWords'")(copy)
    },
    refused: [{ check: 'handlers', file: `${HOME}.wxml`, at: 'onlyWords' }],
  },
  {
    name: 'a handler that the component does not have',
    by: 'own',
    break: append('components/user-avatar/user-avatar.wxml', '<view capture-bind:tap="onNowhere"></view>'),
    refused: [{ check: 'handlers', file: 'components/user-avatar/user-avatar.wxml', at: 'onNowhere' }],
  },
  {
    name: 'a value imported from outside of miniprogramRoot',
    by: 'own',
    break: append('app.ts', "import { build } from '../scripts/build'\nvoid build"),
    refused: [{ check: 'imports', file: 'app.ts', at: '../scripts/build' }],
  },
  {
    name: 'an import of a bare folder',
    by: 'own',
    break: append('app.ts', "export { createAuth } from './auth'"),
    refused: [{ check: 'imports', file: 'app.ts', at: "'./auth'" }],
  },
  {
    name: 'an import of nothing',
    by: 'own',
    break: append('config.ts', "import './nowhere'"),
    refused: [{ check: 'imports', file: 'config.ts', at: './nowhere' }],
  },
  {
    name: 'a package that nobody built into miniprogram_npm',
    by: 'own',
    break: append('config.ts', "export const day: unknown = require('dayjs')"),
    refused: [{ check: 'imports', file: 'config.ts', at: 'dayjs' }],
  },
]

const TEMPLATES: readonly Variant[] = [
  {
    name: 'an element that is not closed',
    by: 'templates',
    break: append(`${HOME}.wxml`, '<view><text>a</text>'),
    refused: [{ check: 'wcc', file: `${HOME}.wxml`, at: '<view><text>a' }],
  },
  {
    name: 'an expression that is none',
    by: 'templates',
    break: append(`${HOME}.wxml`, '<view id="{{ a + }}"></view>'),
    refused: [{ check: 'wcc', file: `${HOME}.wxml`, at: '{{ a + }}' }],
  },
  {
    name: 'an else without an if',
    by: 'templates',
    break: append(`${HOME}.wxml`, '<view></view><view wx:else></view>'),
    refused: [{ check: 'wcc', file: `${HOME}.wxml`, at: 'wx:else></view>' }],
  },
  {
    name: 'WXS in the JavaScript of today',
    by: 'templates',
    break: (copy) => {
      copy.write('pages/home/marks.wxs', 'var one = 1\nvar two = (x) => x\n')
      append(`${HOME}.wxml`, '<wxs src="./marks.wxs" module="marks"/>')(copy)
    },
    refused: [{ check: 'wcc', file: 'pages/home/marks.wxs', at: '=>' }],
  },
  {
    name: 'WXS that is not there',
    by: 'templates',
    break: append(`${HOME}.wxml`, '<wxs src="./none.wxs" module="none"/>'),
    refused: [{ check: 'wcc', file: `${HOME}.wxml`, at: './none.wxs' }],
  },
  {
    name: 'a style sheet with a brace too many',
    by: 'templates',
    break: append(`${HOME}.wxss`, '.broken { color: red; }}'),
    refused: [{ check: 'wcsc', file: `${HOME}.wxss`, at: '.broken' }],
  },
  {
    name: 'a style sheet that imports nothing',
    by: 'templates',
    break: (copy) => copy.edit(`${HOME}.wxss`, (text) => `@import "./none.wxss";\n${text}`),
    refused: [{ check: 'wcsc', file: `${HOME}.wxss`, at: './none.wxss' }],
  },
]

const COMPILER: readonly Variant[] = [
  {
    name: 'TypeScript that is none',
    by: 'compiler',
    break: append('config.ts', 'export const broken = = 1'),
    refused: [{ check: 'compiler', file: 'config.ts', at: '= = 1' }],
  },
  {
    name: 'a field with `declare`, which WeChat’s Babel refuses',
    by: 'compiler',
    break: append('config.ts', 'export class Held {\n  declare held: string\n}'),
    refused: [{ check: 'compiler', file: 'config.ts', at: 'declare held' }],
  },
  {
    name: 'a page without a template',
    by: 'compiler',
    break: (copy) => copy.remove(`${HOME}.wxml`),
    refused: [{ check: 'compiler', file: 'app.json', at: `"${HOME}"` }],
  },
  {
    name: 'app.json with a value of the wrong kind',
    by: 'compiler',
    break: (copy) => copy.editJson('app.json', (json) => ({ ...json, darkmode: 'yes' })),
    refused: [{ check: 'compiler', file: 'app.json', at: '"darkmode"' }],
  },
  {
    name: 'a colour that is none',
    by: 'compiler',
    break: (copy) => copy.editJson('app.json', (json) => ({ ...json, window: { backgroundColor: 'greenish' } })),
    refused: [{ check: 'compiler', file: 'app.json', at: 'greenish' }],
  },
  {
    name: 'a component that is not there',
    by: 'compiler',
    break: (copy) => copy.editJson(`${HOME}.json`, (json) => ({ ...json, usingComponents: { nobody: './nobody' } })),
    refused: [{ check: 'compiler', file: `${HOME}.json`, at: '"nobody"' }],
  },
  {
    name: 'a style sheet that is not closed',
    by: 'compiler',
    break: append(`${HOME}.wxss`, '.broken { color: red;'),
    refused: [{ check: 'compiler', file: `${HOME}.wxss`, at: '.broken' }],
  },
  {
    name: 'imports of nothing in what is compiled, and a package that is too heavy',
    by: 'compiler',
    break: (copy) => {
      append('app.ts', "import './nowhere'")(copy)
      append(`${HOME}.wxml`, '<import src="./nothing.wxml"/>')(copy)
      // What cannot be compressed: random bytes, in words.
      copy.write('heavy.ts', `export const HEAVY = '${randomBytes(160 * 1024).toString('base64')}'\n`)
      append('config.ts', "export { HEAVY } from './heavy'")(copy)
    },
    refused: [
      { check: 'analysis', file: 'app.ts', at: './nowhere' },
      { check: 'analysis', file: `${HOME}.wxml`, at: './nothing.wxml' },
      { check: 'size', file: 'app.json' },
    ],
  },
]

export const VARIANTS: readonly Variant[] = [...OWN, ...TEMPLATES, ...COMPILER]
