// The doctor names what is wrong with a project, and leaves a good one in peace.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from '../../scripts/build'
import { examine } from '../../scripts/doctor/examine'
import type { Finding } from '../../scripts/doctor/finding'
import { runScript, temporaryFolder } from '../support/processes'

const ROOT = join(__dirname, '../..')
const PARTS = ['project.config.json', '.gitignore', 'package.json', 'miniprogram', 'cloudfunctions', 'typings']

let folder: ReturnType<typeof temporaryFolder>
const pathOf = (file: string) => join(folder.path, file)
const put = (file: string, text: string) => {
  mkdirSync(dirname(pathOf(file)), { recursive: true })
  writeFileSync(pathOf(file), text)
}
/** An edit that changes nothing would plant nothing. */
const edit = (file: string, from: string | RegExp, to: string) => {
  const before = readFileSync(pathOf(file), 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} does not hold ${String(from)}`)
  put(file, after)
}
const wrongs = async (): Promise<Finding[]> => (await examine(folder.path)).filter(({ level }) => level === 'wrong')

beforeEach(async () => {
  folder = temporaryFolder()
  for (const part of PARTS) cpSync(join(ROOT, part), pathOf(part), { recursive: true })
  await build(folder.path)
})
afterEach(() => folder.remove())

test('a fresh clone has nothing wrong, and is told the AppID and the secret as the things to do', async () => {
  const findings = await examine(folder.path)
  const todos = findings.filter(({ level }) => level === 'todo')

  expect(findings.filter(({ level }) => level === 'wrong')).toEqual([])
  expect(todos[0]).toMatchObject({ id: 'appid', what: expect.stringContaining('placeholder') })
  expect(todos.filter(({ id }) => id === 'variables').map(({ what }) => what)).toContainEqual(
    expect.stringContaining('function auth needs WEIXIN_APP_SECRET'),
  )
})

test('with an AppID, the AppID is fine', async () => {
  edit('project.config.json', '"appid": "touristappid"', '"appid": "wx0123456789abcdef"')

  expect((await examine(folder.path))[0]).toEqual({ id: 'appid', level: 'ok', what: expect.any(String) })
})

interface Mistake {
  mistake: string
  plant(): void
  id: string
  says: RegExp
}

const MISTAKES: Mistake[] = [
  {
    mistake: 'an AppID that is none',
    plant: () => edit('project.config.json', '"appid": "touristappid"', '"appid": "wx123"'),
    id: 'appid',
    says: /"wx123" is not an AppID/,
  },
  {
    mistake: 'the name of an environment where its id belongs',
    plant: () => edit('miniprogram/config.ts', "CLOUD_ENV = ''", "CLOUD_ENV = '我的环境'"),
    id: 'cloud-environment',
    says: /"我的环境" cannot be the id/,
  },
  {
    mistake: 'a cloud that is never opened',
    plant: () => edit('miniprogram/app.ts', /wx\.cloud\??\.init\(/, 'wx.cloud?.exit('),
    id: 'cloud-environment',
    says: /never calls wx\.cloud\.init/,
  },
  {
    mistake: 'a function that is not built',
    plant: () => rmSync(pathOf('dist/cloudfunctions/auth'), { recursive: true }),
    id: 'functions',
    says: /function auth is not built/,
  },
  {
    mistake: 'a function that is older than its sources',
    plant: () =>
      edit('cloudfunctions/platform/environment.ts', 'DEFAULT_SESSION_DAYS = 30', 'DEFAULT_SESSION_DAYS = 31'),
    id: 'functions',
    says: /function auth is older than its sources \(index\.js\)/,
  },
  {
    mistake: 'functions that are uploaded as TypeScript',
    plant: () => edit('project.config.json', 'dist/cloudfunctions/', 'cloudfunctions/'),
    id: 'functions',
    says: /cloudfunctionRoot is "cloudfunctions"/,
  },
  {
    mistake: 'a client that calls a function nobody has',
    plant: () => edit('miniprogram/config.ts', "AUTH_FUNCTION = 'auth'", "AUTH_FUNCTION = 'login'"),
    id: 'functions',
    says: /AUTH_FUNCTION is "login"/,
  },
  {
    mistake: 'an SDK of any version',
    plant: () => edit('cloudfunctions/auth/package.json', '"wx-server-sdk": "', '"wx-server-sdk": "^'),
    id: 'sdk',
    says: /takes wx-server-sdk \^/,
  },
  {
    mistake: 'an SDK nobody tested',
    plant: () => edit('cloudfunctions/auth/package.json', /"wx-server-sdk": "[^"]+"/, '"wx-server-sdk": "2.6.3"'),
    id: 'sdk',
    says: /takes wx-server-sdk 2\.6\.3, tested is/,
  },
  {
    mistake: 'an open interface that is called and not declared',
    plant: () => put('cloudfunctions/auth/config.json', '{ "permissions": { "openapi": [] } }'),
    id: 'permissions',
    says: /calls phonenumber\.getPhoneNumber and does not declare it/,
  },
  {
    mistake: 'an index without fields',
    plant: () =>
      put('cloudfunctions/database.json', '{ "collections": { "users": { "indexes": [{ "name": "a" }] } } }'),
    id: 'collections',
    says: /index 1 of users/,
  },
  {
    mistake: 'a collection that the functions use and nobody makes',
    plant: () => edit('cloudfunctions/database.json', '"sessions"', '"sittings"'),
    id: 'collections',
    says: /use the collection sessions/,
  },
  {
    mistake: 'an address in clear',
    plant: () => {
      edit('miniprogram/config.ts', /(TRANSPORT[^=]*= )'cloud'/, "$1'https'")
      edit('miniprogram/config.ts', /(BASE_URL[^=]*= )'[^']*'/, "$1'http://example.com/api'")
    },
    id: 'transport',
    says: /BASE_URL "http:\/\/example\.com\/api" is not an https address/,
  },
  {
    mistake: 'a place that is asked for and not named',
    plant: () => edit('miniprogram/config.ts', /$/, '\nexport const where = () => wx.getLocation({})\n'),
    id: 'privacy',
    says: /wx\.getLocation is called, and app\.json does not name it/,
  },
  {
    mistake: 'a base library that does not know the phone button',
    plant: () => edit('project.config.json', /"libVersion": "[^"]+"/, '"libVersion": "2.20.0"'),
    id: 'base-library',
    says: /does not know getRealtimePhoneNumber/,
  },
  {
    mistake: 'the settings of one machine in the repository',
    plant: () => edit('.gitignore', 'project.private.config.json', ''),
    id: 'private-config',
    says: /not in \.gitignore/,
  },
  {
    mistake: 'settings of one machine that move the functions',
    plant: () => put('project.private.config.json', '{ "cloudfunctionRoot": "functions/" }'),
    id: 'private-config',
    says: /another cloudfunctionRoot/,
  },
  {
    mistake: 'an AppSecret in the client',
    plant: () => edit('miniprogram/config.ts', /$/, "\nexport const APP_SECRET = '0123456789abcdef0123456789abcdef'\n"),
    id: 'secrets',
    says: /miniprogram\/config\.ts:\d+ holds an AppSecret/,
  },
  {
    mistake: 'a variable nobody describes',
    plant: () => edit('cloudfunctions/platform/environment.ts', "need('INDEX_KEY')", "need('MYSTERY')"),
    id: 'variables',
    says: /read MYSTERY/,
  },
]

test.each(MISTAKES)('$mistake is named', async ({ plant, id, says }) => {
  plant()
  const found = await wrongs()

  expect(found).toContainEqual({ id, level: 'wrong', what: expect.stringMatching(says), fix: expect.any(String) })
})

test('a secret that was found is not shown', async () => {
  const secret = '0123456789abcdef0123456789abcdef'
  edit('miniprogram/config.ts', /$/, `\nexport const APP_SECRET = '${secret}'\n`)

  expect(JSON.stringify(await examine(folder.path))).not.toContain(secret)
})

test('what a comment mentions needs no declaration', async () => {
  edit('miniprogram/config.ts', /$/, '\n// never wx.chooseMedia here\n')

  expect((await examine(folder.path)).map(({ what }) => what).join()).not.toContain('照片')
})

test('the functions that ask WeChat for an access token are told to have a fixed address, and no others', async () => {
  const findings = await examine(folder.path)

  expect(findings.filter(({ id }) => id === 'access-token')).toEqual([
    expect.objectContaining({ level: 'todo', what: expect.stringMatching(/^auth, housekeeping, https: ask WeChat/) }),
  ])
})

test('over https the domain is a thing to do', async () => {
  edit('miniprogram/config.ts', /(TRANSPORT[^=]*= )'cloud'/, "$1'https'")
  edit('miniprogram/config.ts', /(BASE_URL[^=]*= )'[^']*'/, "$1'https://api.example.com/http'")
  const transport = (await examine(folder.path)).find(({ id }) => id === 'transport')

  expect(transport).toMatchObject({
    level: 'todo',
    fix: expect.stringContaining('https://api.example.com under request'),
  })
})

test('the doctor speaks JSON and answers 0 or 1, and --help explains it', async () => {
  const json = await runScript('doctor', ['--json']).ended
  const findings = JSON.parse(json.stdout) as Finding[]
  const help = await runScript('doctor', ['--help']).ended

  expect(json.code).toBe(findings.some(({ level }) => level === 'wrong') ? 1 : 0)
  expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('npm run doctor') })
})
