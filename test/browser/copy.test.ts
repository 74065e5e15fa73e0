// docs/copy.md, followed to the letter in a mini-program that has never heard of us.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser, openPhone } from '../support/browser'
import { runScript, temporaryFolder } from '../support/processes'

const ROOT = join(__dirname, '../..')
const DOCS = ['copy.md', 'copy.zh-CN.md']

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const put = (file: string, text: string) => {
  const path = join(folder.path, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** What WeChat DevTools' TypeScript template makes, as far as it matters. */
const makeTemplate = () => {
  const config = {
    miniprogramRoot: 'miniprogram/',
    compileType: 'miniprogram',
    setting: { useCompilerPlugins: ['typescript'], es6: true, enhance: true },
    appid: 'wx0123456789abcdef',
  }
  put('your-app/project.config.json', JSON.stringify(config, undefined, 2))
  put('your-app/package.json', '{ "name": "your-app", "version": "1.0.0" }')
  put('your-app/typings/index.d.ts', 'interface IAppOption { globalData: Record<string, never> }\n')
  put('your-app/miniprogram/app.json', '{ "pages": ["pages/index/index"], "sitemapLocation": "sitemap.json" }')
  put('your-app/miniprogram/app.ts', 'App({})\n')
  put('your-app/miniprogram/sitemap.json', '{ "rules": [{ "action": "allow", "page": "*" }] }')
  put('your-app/miniprogram/pages/index/index.json', '{}')
}

/** The code of one language in the six steps, without the indentation of the list. */
const blocksOf = (doc: string, language: string): string[] => {
  const steps = readFileSync(join(ROOT, 'docs', doc), 'utf8').split('\n### ')[0] ?? ''
  return [...steps.matchAll(new RegExp(`^ {3}\`\`\`${language}\\n([\\s\\S]*?)^ {3}\`\`\`$`, 'gm'))].map(([, code]) =>
    (code ?? '').replaceAll(/^ {3}/gm, ''),
  )
}

const shell = (commands: string, cwd: string) => {
  const { status, stderr } = spawnSync('sh', ['-e', '-c', commands], { cwd: join(folder.path, cwd), encoding: 'utf8' })
  if (status !== 0) throw new Error(`${commands}\n${stderr}`)
}

/** Every block that names its file in its first line becomes that file. */
const writeFiles = (blocks: string[]) => {
  for (const block of blocks) {
    const file = /miniprogram\/\S+/.exec(block.split('\n')[0] ?? '')?.[0]
    if (file === undefined) throw new Error(`no file is named in ${block}`)
    put(`your-app/${file}`, block)
  }
}

test('whoever follows the six steps ends with a signed-in user', async () => {
  const [copy = '', build = '', start = ''] = blocksOf('copy.md', 'sh')
  const [configLine = ''] = blocksOf('copy.md', 'json')
  makeTemplate()
  symlinkSync(ROOT, join(folder.path, 'weixin-sign-in'))

  shell(copy, '.')
  // In place of npm's registry: what the line installs is installed here.
  expect(build).toMatch(/^npm install .*\n/)
  symlinkSync(join(ROOT, 'node_modules'), join(folder.path, 'your-app/node_modules'))
  shell(build.replace(/^npm install .*\n/, ''), 'your-app')
  const config = readFileSync(join(folder.path, 'your-app/project.config.json'), 'utf8')
  put('your-app/project.config.json', config.replace('{', `{\n  ${configLine}`))
  writeFiles([...blocksOf('copy.md', 'ts'), ...blocksOf('copy.md', 'html')])

  expect(start.trim()).toBe('cd weixin-sign-in && npm start -- --project ../your-app')
  const started = runScript('start', ['--project', join(folder.path, 'your-app'), '--port', '0'])
  const { screen, errors } = await openPhone(browser, await started.firstLine)
  await screen.getByText('Sign in').click()

  await screen.getByText(/^[0-9a-f]{32}$/).waitFor()
  expect(errors).toEqual([])
})

test('what it installs are the versions that stand here', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const line = /npm install --save-dev (.*)/.exec(blocksOf('copy.md', 'sh').join('\n'))?.[1] ?? ''
  const wanted = line.split(' ').map((it) => it.split(/(?<=.)@/))

  expect(wanted.map(([name]) => name)).toContain('esbuild')
  for (const [name = '', version = ''] of wanted) expect(`${devDependencies[name]}.`).toContain(`${version}.`)
})

test('both languages hold the same commands and the same code', () => {
  const [en, zh] = DOCS.map((doc) => ['sh', 'json', 'ts', 'html'].map((language) => blocksOf(doc, language)))
  const withoutComments = (blocks: string[][] | undefined) =>
    blocks?.map((some) => some.map((block) => block.replaceAll(/ \/\/ .*$/gm, '')))

  expect(en?.flat()).toHaveLength(8)
  expect(withoutComments(zh)).toEqual(withoutComments(en))
})
