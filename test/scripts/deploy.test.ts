// What a deployment needs, what it hands to miniprogram-ci, and that its key is never shown.

import { generateKeyPairSync } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CiProjectOptions } from '../../scripts/deploy/ci'
import { deliver } from '../../scripts/deploy/deliver'
import type { Done } from '../../scripts/deploy/order'
import { prepare, type Wishes } from '../../scripts/deploy/prepare'
import { send } from '../../scripts/deploy/send'
import { firstTime, stepsOf } from '../../scripts/deploy/words'
import { openProject } from '../../scripts/doctor/project'
import { createFakeCi } from '../support/fake-ci'
import { runScript, temporaryFolder } from '../support/processes'

const ROOT = join(__dirname, '../..')
const APPID = 'wx0123456789abcdef'
const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString()

let folder: ReturnType<typeof temporaryFolder>
const pathOf = (file: string) => join(folder.path, file)
const projectFolder = () => pathOf('project')
const keyFile = () => pathOf(`private.${APPID}.key`)

const edit = (file: string, from: string, to: string) => {
  const path = join(projectFolder(), file)
  const before = readFileSync(path, 'utf8')
  if (!before.includes(from)) throw new Error(`${file} does not hold ${from}`)
  writeFileSync(path, before.replace(from, to))
}
const ready = (wishes: Wishes = {}) =>
  prepare(openProject(projectFolder()), { key: keyFile(), env: 'prod-1a2b3c', ...wishes }, pathOf('tools'))

beforeEach(() => {
  folder = temporaryFolder()
  for (const part of ['project.config.json', 'miniprogram', 'cloudfunctions']) {
    cpSync(join(ROOT, part), join(projectFolder(), part), { recursive: true })
  }
  edit('project.config.json', '"appid": "touristappid"', `"appid": "${APPID}"`)
  writeFileSync(keyFile(), KEY)
})
afterEach(() => folder.remove())

test('a fresh clone is told of the AppID, the key and the environment, each with where to get it', () => {
  const { missing } = prepare(openProject(ROOT), {}, 'tools')

  expect(missing.map(({ what }) => what)).toEqual([
    expect.stringContaining('AppID'),
    expect.stringContaining('upload key'),
    expect.stringContaining('cloud environment'),
  ])
  for (const { fix } of missing) expect(fix).toContain('→')
})

test('on a fresh clone the dry run explains every step and succeeds', async () => {
  const { code, stdout } = await runScript('deploy', ['--dry-run']).ended

  expect(code).toBe(0)
  for (const words of ['npm run build', 'npm run doctor', 'miniprogram-ci', 'upload index.js', 'QR code', 'missing']) {
    expect(stdout).toContain(words)
  }
})

test('without a key nothing is done, and what is missing is named', async () => {
  const { code, stdout, stderr } = await runScript('deploy').ended

  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('missing the upload key')
})

test('what is missing is asked for only where it is needed: the client alone has no environment', () => {
  expect(ready({ env: undefined, functions: 'none' }).missing).toEqual([])
})

test('the functions are those of the product: no push, and https when the calls go over https', () => {
  const names = () => ready().order.functions.map(({ name }) => name)

  expect(names()).toEqual(['auth', 'housekeeping'])
  edit('miniprogram/config.ts', "'https' = 'cloud'", "'https' = 'https'")
  expect(names()).toEqual(['auth', 'housekeeping', 'https'])
})

test('the steps name the settings, the timer, the version and the once-only work', () => {
  const project = openProject(projectFolder())
  const { order } = ready({ upload: '1.2.3', robot: '7' })

  expect(stepsOf(order).join('\n')).toMatch(/timer of housekeeping: 0 \*\/10[\s\S]*robot 7[\s\S]*version 1\.2\.3/)
  expect(firstTime(project, order).join('\n')).toMatch(/SEALING_KEYS[\s\S]*by-user-and-device/)
})

const MISTAKES: [string, () => Wishes, RegExp][] = [
  ['a key that is not there', () => ({ key: pathOf('none.key') }), /there is no key at/],
  ['a key that is no key', () => ({ key: pathOf('project/project.config.json') }), /is not a private key/],
  [
    'a key that would be uploaded',
    () => {
      writeFileSync(pathOf('project/miniprogram/private.key'), KEY)
      return { key: pathOf('project/miniprogram/private.key') }
    },
    /which is uploaded/,
  ],
  [
    'the key of another mini-program',
    () => {
      writeFileSync(pathOf('private.wxffffffffffffffff.key'), KEY)
      return { key: pathOf('private.wxffffffffffffffff.key') }
    },
    /the one of wxffffffffffffffff/,
  ],
  ['an unknown function', () => ({ functions: 'auth,autn' }), /no function "autn"; there are: auth/],
  ['a robot too many', () => ({ robot: '31' }), /from 1 to 30/],
  ['a version that is none', () => ({ upload: 'one two' }), /is not a version/],
  ['an environment that is a name', () => ({ env: '我的环境' }), /cannot be the id/],
]
test.each(MISTAKES)('refuses %s', (_name, wish, says) => {
  expect(() => ready(wish())).toThrow(says)
})

test('refuses an AppID that is none', () => {
  edit('project.config.json', APPID, 'wx123')
  expect(() => ready()).toThrow(/is not an AppID/)
})

const delivered = async (wishes: Wishes, fake = createFakeCi()) => {
  const done: Done[] = []
  await deliver(fake.ci, ready(wishes).order, (one) => void done.push(one))
  return { fake, done }
}

test('hands over the project as files: the client and its configuration, the key by its path, nothing else', async () => {
  writeFileSync(join(projectFolder(), 'project.private.config.json'), '{}')
  let seen: { options: CiProjectOptions; files: string[] } | undefined
  const onProject = (options: CiProjectOptions) => {
    seen = { options, files: readdirSync(options.projectPath).sort() }
  }
  const { done } = await delivered({}, createFakeCi({ onProject }))

  expect(seen?.files).toEqual(['miniprogram', 'project.config.json'])
  expect(seen?.options).toMatchObject({ appid: APPID, type: 'miniProgram', privateKeyPath: keyFile() })
  expect(existsSync(seen?.options.projectPath ?? '')).toBe(false)
  expect(done.map(({ step }) => step)).toEqual(['function', 'function', 'timer', 'preview'])
})

test('hands over each function with its built folder, installing in the cloud, and the timer of housekeeping', async () => {
  const { fake } = await delivered({})

  expect(fake.of('uploadFunction')).toEqual(
    ['auth', 'housekeeping'].map((name) => ({
      project: expect.any(Object),
      env: 'prod-1a2b3c',
      name,
      path: join(projectFolder(), 'dist/cloudfunctions', name),
      remoteNpmInstall: true,
    })),
  )
  expect(fake.of('createTimeTrigger')).toEqual([
    {
      project: expect.any(Object),
      envId: 'prod-1a2b3c',
      functionName: 'housekeeping',
      triggersConfig: [{ name: 'every-ten-minutes', type: 'timer', config: '0 */10 * * * * *' }],
    },
  ])
})

test('a version goes up with its number, its words, its robot and the settings of the gate', async () => {
  const { fake, done } = await delivered({ upload: '1.2.3', desc: 'first', robot: '7', functions: 'none' })

  expect(fake.of('preview')).toEqual([])
  expect(fake.of('upload')).toEqual([
    {
      project: expect.any(Object),
      version: '1.2.3',
      desc: 'first',
      robot: 7,
      setting: { es6: true, es7: true, minify: true, autoPrefixWXSS: true },
      onProgressUpdate: expect.any(Function),
    },
  ])
  expect(done).toEqual([{ step: 'version', version: '1.2.3', bytes: 46_080 }])
})

test('a preview writes its QR code where it was asked to', async () => {
  const { fake } = await delivered({ functions: 'none', qr: pathOf('new/qr.jpg') })

  expect(fake.of('preview')).toEqual([
    expect.objectContaining({ qrcodeFormat: 'image', qrcodeOutputDest: pathOf('new/qr.jpg'), robot: 1 }),
  ])
  expect(existsSync(pathOf('new'))).toBe(true)
})

test('a function that fails stops the client behind it', async () => {
  const fail = (call: string) => {
    if (call === 'uploadFunction') throw new Error('env not found')
  }
  const { fake, done } = await delivered({}, createFakeCi({ fail }))

  expect(done).toEqual([
    { step: 'failed', what: 'function auth', why: { message: 'env not found', code: '', path: '' } },
  ])
  expect(fake.of('preview')).toEqual([])
})

test('a function that is not there is not made with Node.js 8.9', async () => {
  const made: string[] = []
  const fail = (call: string) => {
    if (call !== 'uploadFunction') return
    console.log('[info]', 'will create cloudfunction')
    made.push(call)
  }
  const { done } = await delivered({}, createFakeCi({ fail }))

  expect(made).toEqual([])
  expect(done).toMatchObject([{ step: 'failed', why: { message: expect.stringContaining('does not exist') } }])
})

test('a timer that WeChat did not take is a failure, although its tool resolves', async () => {
  const { fake, done } = await delivered({}, createFakeCi({ said: '请检查传入的 triggersConfig 是否符合格式' }))

  expect(done.at(-1)).toMatchObject({ step: 'failed', what: 'the timer of housekeeping' })
  expect(fake.of('preview')).toEqual([])
})

const installFake = (body: string) => {
  const module = pathOf('tools/node_modules/miniprogram-ci')
  mkdirSync(module, { recursive: true })
  writeFileSync(pathOf('tools/package.json'), '{}')
  writeFileSync(join(module, 'package.json'), '{ "main": "index.js" }')
  writeFileSync(join(module, 'index.js'), body)
}

test('the tool runs in a process of its own, and what it did comes back', async () => {
  installFake(`
    exports.Project = class {}
    exports.cloud = { uploadFunction: async () => ({ filesCount: 3, packSize: 9 }),
                      createTimeTrigger: async () => '创建定时触发器成功' }
    exports.preview = async () => { throw Object.assign(new Error('Error: {"errCode":-1}'), { code: 20003 }) }
    setInterval(() => {}, 1000)`)
  const done: Done[] = []
  await send(ready().order, (one) => void done.push(one))

  expect(done.map(({ step }) => step)).toEqual(['function', 'function', 'timer', 'failed'])
  expect(done.at(-1)).toMatchObject({ what: 'the preview', why: { code: '20003' } })
})

test('a tool that dies is an error with its last words, and no piece of the key in them', async () => {
  installFake(`
    const fs = require('node:fs')
    exports.Project = class { constructor(it) { console.log(fs.readFileSync(it.privateKeyPath, 'utf8')); console.log('out of luck'); process.exit(3) } }`)
  const said = await send(ready().order, () => undefined).catch((error: Error) => error.message)

  expect(said).toMatch(/ended \(3\)[\s\S]*out of luck/)
  for (const line of KEY.split('\n').filter((it) => it.length > 20 && !it.startsWith('---'))) {
    expect(said).not.toContain(line)
  }
})
