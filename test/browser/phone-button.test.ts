// The phone button and the privacy dialog as a person sees them: on the phone, with the whole emulator behind it.

import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { createEmulator } from '../../emulator/index'
import type { Emulator } from '../../emulator/types'
import { launchBrowser, type OpenPhone, openPhone } from '../support/browser'
import { copySample, type SampleProject } from '../support/preview-sample'

let browser: Browser
let sample: SampleProject
let emulator: Emulator
let phone: OpenPhone

beforeAll(async () => {
  browser = await launchBrowser()
  sample = copySample()
  const config = { appid: 'touristappid', miniprogramRoot: 'miniprogram/', cloudfunctionRoot: 'functions/' }
  sample.write('../project.config.json', JSON.stringify(config))
  const page = 'pages/form/form'
  sample.edit(
    `${page}.wxml`,
    '<text class="sent">',
    [
      '<button open-type="getPhoneNumber" bindgetphonenumber="phone" class="primary">快速验证</button>',
      '<button open-type="getPhoneNumber" bindgetphonenumber="phone" class="primary" phone-number-no-quota-toast="{{false}}">不提示</button>',
      '<button open-type="getRealtimePhoneNumber" bindgetrealtimephonenumber="phone" class="primary">实时验证</button>',
      '<text class="sent">',
    ].join(''),
  )
  sample.edit(
    `${page}.ts`,
    'this.setData({ sent: JSON.stringify(event.detail) })',
    'this.setData({ sent: shown(event.detail) })',
  )
  sample.write(
    `${page}.ts`,
    `${sample.read(`${page}.ts`)}\nconst shown = (detail: object) => JSON.stringify({ ...detail, keys: Object.keys(detail).sort().join(' ') })\n`,
  )
  emulator = await createEmulator({ project: sample.folder, functions: [path.resolve('test/emulator/functions')] })
})
beforeEach(async () => {
  await emulator.reset()
  await open()
})
afterEach(() => phone.context.close())
afterAll(async () => {
  await emulator.close()
  await browser.close()
  sample.remove()
})

const open = async (lib?: string) => {
  phone = await openPhone(browser, emulator.url, { page: 'pages/form/form', ...(lib === undefined ? {} : { lib }) })
}
const tap = (words: string) => phone.screen.getByText(words, { exact: true }).click()
/** In WeChat's own dialogs, over the page. */
const press = (words: string) => phone.page.locator('.dialogs').getByText(words, { exact: true }).click()
const dialog = (kind: '.phone-sheet' | '.modal') => phone.page.locator(`.dialogs ${kind}`)
/** What the page was given. */
const detail = async (has: string): Promise<{ errMsg: string; errno?: number; code?: string; keys: string }> => {
  const shown = phone.screen.locator('.sent', { hasText: has })
  await shown.waitFor()
  return JSON.parse((await shown.textContent()) ?? '')
}
const agreed = () => emulator.weixin.agreePrivacy('v1')

test('the bound number is offered masked, and taking it gives a code', async () => {
  agreed()
  await tap('快速验证')
  await press('120****0001')

  expect(await detail('getPhoneNumber:ok')).toMatchObject({ code: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(emulator.weixin.phoneQuota()).toBe(999)
})

test('another number is added in the dialog, refused when it is none, and taken', async () => {
  agreed()
  await tap('快速验证')
  await press('使用其他号码')
  await phone.page.getByLabel('手机号码').fill('12')
  await press('添加')
  await dialog('.phone-sheet').locator('.wrong').waitFor()
  await phone.page.getByLabel('手机号码').fill('13800000000')
  await press('添加')
  await press('138****0000')

  expect((await detail('getPhoneNumber:ok')).code).toBeDefined()
})

test('a no is a no, and costs nothing', async () => {
  agreed()
  await tap('快速验证')
  await press('不允许')

  expect(await detail('fail')).toMatchObject({ errMsg: 'getPhoneNumber:fail user deny' })
  expect(emulator.weixin.phoneQuota()).toBe(1000)
})

test('in real time there is only a code', async () => {
  agreed()
  await tap('实时验证')
  await press('120****0001')

  expect(await detail('getRealtimePhoneNumber:ok')).toMatchObject({ keys: 'code errMsg' })
})

test('without quota nobody is asked, and WeChat says so unless the page wants it quiet', async () => {
  agreed()
  emulator.weixin.setPhoneQuota(0)
  await tap('不提示')
  expect(await detail('fail')).toMatchObject({ errno: 1400001 })
  expect(await dialog('.modal').count()).toBe(0)

  await tap('快速验证')

  await press('确定')
  expect(await dialog('.phone-sheet').count()).toBe(0)
})

test("WeChat's own dialog asks for consent first, shows the guideline, and a refusal lasts ten seconds", async () => {
  await tap('快速验证')
  await press(`《${emulator.apps[0]?.name}隐私保护指引》`)
  await phone.page.locator('.own-screen .back').click()
  await press('拒绝')
  expect(await detail('fail')).toMatchObject({ errno: 104 })

  await tap('快速验证')
  await detail('in gap')
  await emulator.clock.advance(10_000)
  await tap('快速验证')
  await press('同意')
  await press('120****0001')

  expect((await detail('getPhoneNumber:ok')).code).toBeDefined()
})

test('the combined button agrees by itself', async () => {
  await tap('手机号')
  await press('120****0001')

  expect((await detail('getPhoneNumber:ok')).code).toBeDefined()
  expect(await dialog('.modal').count()).toBe(0)
})

test('an outcome chosen beforehand needs no dialog', async () => {
  agreed()
  emulator.weixin.setPhoneOutcome('allow')
  await tap('快速验证')

  expect((await detail('getPhoneNumber:ok')).code).toBeDefined()
  emulator.weixin.setPhoneOutcome('notEntitled')
  await tap('快速验证')
  await detail('no permission')
})

test('an old base library gives sealed data, and its real-time and combined buttons do nothing', async () => {
  await phone.context.close()
  await open('2.20.0')
  await tap('实时验证')
  await tap('手机号')
  await tap('快速验证')
  await press('120****0001')

  expect(await detail('getPhoneNumber:ok')).toMatchObject({ keys: 'encryptedData errMsg iv' })
  expect(emulator.trace.count('button.*')).toBe(1)
})

test('the page never learns a number, nor does the trace', async () => {
  agreed()
  await tap('快速验证')
  await press('120****0001')
  await detail('getPhoneNumber:ok')

  const html = await contentOf(phone.page)
  expect(html.join()).not.toContain('12066600001')
  expect(JSON.stringify(emulator.trace.hops)).not.toContain('12066600001')
})

const contentOf = (page: Page) =>
  Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.content()),
  )
