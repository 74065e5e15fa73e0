// The phone in a real browser: pages render, react, navigate, fail and recover.

import type { Browser } from 'playwright-core'
import { launchBrowser, type OpenPhone, openPhone } from '../support/browser'
import { copySample, type SampleProject } from '../support/preview-sample'
import { type Answer, type PreviewServer, servePreview } from '../support/preview-server'

let browser: Browser
let sample: SampleProject
let server: PreviewServer
let phone: OpenPhone
let answer: Answer

beforeAll(async () => {
  browser = await launchBrowser()
})
beforeEach(async () => {
  answer = () => undefined
  sample = copySample()
  server = await servePreview(sample.folder, (request) => answer(request))
  phone = await openPhone(browser, server.url)
})
afterEach(async () => {
  await phone.context.close()
  await server.close()
  sample.remove()
})
afterAll(() => browser.close())

const text = (selector: string) => phone.screen.locator(selector).first().textContent()
const seen = (words: string) => phone.screen.getByText(words, { exact: true }).waitFor()
const tap = (words: string) => phone.screen.getByText(words, { exact: true }).click()

/** Asks again until the answer is the wanted one; the test's own time limit ends it. */
const eventually = async <T>(ask: () => Promise<T>, wanted: T): Promise<void> => {
  while ((await ask()) !== wanted) await phone.page.evaluate(() => new Promise(requestAnimationFrame))
}

describe('a page', () => {
  it('renders data, loops, templates and wxs', async () => {
    expect(await text('[id$="--greeting"]')).toBe('你好，世界 1')
    expect(await text('.value')).toBe('¥12.50')
    expect(phone.errors).toEqual([])
  })

  it('reacts to taps with setData on a path', async () => {
    await tap('再来一个')
    await seen('2. 梨')
    await tap('2. 梨')
    await seen('选中 n1')
  })

  it('hears a component, whose own classes stay its own', async () => {
    await phone.screen.getByText('★标签').click()
    await seen('选中 标签')
    const decoration = (selector: string) =>
      phone.screen
        .locator(selector)
        .first()
        .evaluate((it) => getComputedStyle(it).textDecorationLine)
    expect(await decoration('.title')).toBe('none')
    expect(await decoration('wx-tag-card wx-view')).toBe('underline')
  })

  it('wears the theme it is told', async () => {
    const background = () => phone.screen.locator('wx-page').evaluate((it) => getComputedStyle(it).backgroundColor)
    expect(await background()).toBe('rgb(245, 246, 248)')
    await phone.context.close()
    phone = await openPhone(browser, server.url, { theme: 'dark', width: 320, height: 568 })
    expect(await background()).toBe('rgb(14, 17, 22)')
  })

  it('changes its theme while it is open', async () => {
    server.preview.notice({ type: 'theme', theme: 'dark' })
    await phone.screen.locator('html[data-theme="dark"]').waitFor()
    expect(await phone.page.locator('.top').evaluate((it) => getComputedStyle(it).backgroundColor)).toBe(
      'rgb(14, 17, 22)',
    )
  })

  it('lives in the time it is told', async () => {
    const now = () => phone.screen.locator('body').evaluate(() => Date.now())
    const before = await now()
    server.preview.notice({ type: 'clock', offset: 31 * 86_400_000 })
    await eventually(async () => (await now()) - before >= 31 * 86_400_000, true)
  })

  it('finds no network when the radio is off', async () => {
    server.preview.notice({ type: 'online', online: false })
    const type = () =>
      phone.screen.locator('body').evaluate(async () => {
        const { networkType } = await (Reflect.get(globalThis, 'wx') as WechatMiniprogram.Wx).getNetworkType()
        return networkType
      })
    await eventually(type, 'none')
  })

  it('is told of no tap on a disabled button', async () => {
    await phone.screen.getByText('不可用').click({ force: true })
    await tap('再来一个')
    await seen('2. 梨')
    expect(await phone.screen.getByText('3. 梨').count()).toBe(0)
  })

  it('keeps what it stored across a reload', async () => {
    await phone.page.reload()
    await seen('你好，世界 2')
  })
})

describe('the phone', () => {
  it('shows a toast, answers a modal and a sheet', async () => {
    await tap('再来一个')
    await phone.page.locator('.toast', { hasText: '已添加' }).waitFor()
    await tap('弹窗')
    await phone.page.getByText('确定', { exact: true }).click()
    await seen('选中 继续')
    await tap('菜单')
    await phone.page.getByText('二', { exact: true }).click()
    await seen('选中 第 1')
  })

  it('tells a cancelled sheet to fail', async () => {
    await tap('菜单')
    await phone.page.getByText('取消', { exact: true }).click()
    await seen('选中 showActionSheet:fail cancel')
  })

  it('opens a page over the tab, and goes back', async () => {
    await tap('详情')
    await seen('home 2')
    expect(await phone.page.locator('.title').textContent()).toBe('详情')
    expect(await phone.page.locator('.tabs').isHidden()).toBe(true)
    await phone.page.getByLabel('返回').click()
    await seen('1. 苹果')
    expect(await phone.page.locator('.title').textContent()).toBe('首页')
  })

  it('lets everyone live in the order of WeChat', async () => {
    await tap('详情')
    await tap('过程')
    const steps = (await text('.steps'))?.split(', ')
    expect(steps).toEqual([
      'app launch',
      'app show',
      'component attached',
      'home load',
      'component page show',
      'home show',
      'component ready',
      'home ready',
      'component page hide',
      'home hide',
      'detail load',
    ])
  })
})

describe('a form', () => {
  beforeEach(async () => {
    await phone.page.locator('.tab', { hasText: '资料' }).click()
    await seen('保存')
  })

  it('collects its named fields at submit', async () => {
    await phone.screen.getByPlaceholder('起个名字').fill('小禾')
    await seen('小禾')
    await phone.screen.getByPlaceholder('年龄').fill('3x2')
    await tap('订阅')
    await tap('保存')
    expect(JSON.parse((await text('.sent')) ?? '')).toEqual({ nickname: '小禾', age: '32', news: true })
  })

  it('hands over what the emulator says to a button of an open-type, consent first', async () => {
    answer = ({ op }) =>
      op === 'button.getPhoneNumber' ? { ok: true, value: { errMsg: 'getPhoneNumber:ok', code: 'c' } } : undefined
    await tap('手机号')
    await seen('{"errMsg":"getPhoneNumber:ok","code":"c"}')
    await seen('已同意')
    const asked = server.requests.map(({ op }) => op).filter((op) => op.startsWith('button.'))
    expect(asked).toEqual(['button.agreePrivacyAuthorization', 'button.getPhoneNumber'])
  })
})

describe('what is wrong', () => {
  const problem = (words: string) => phone.page.locator('.faults', { hasText: words }).waitFor()
  const recovered = () => phone.page.locator('.faults').waitFor({ state: 'hidden' })

  it.each([
    ['a broken template', 'pages/home/home.wxml', '<view class="card">', '<view class="card"', 'home.wxml:4:'],
    [
      'an unknown tag',
      'pages/home/home.wxml',
      '<view class="title"',
      '<marquee class="title"',
      'pages/home/home.wxml:4:3',
    ],
    ['a missing handler', 'pages/home/home.wxml', 'bindtap="more"', 'bindtap="nobody"', 'pages/home/home.wxml:9:27'],
    [
      'a handler that is no method',
      'pages/home/home.wxml',
      'bindtap="more"',
      'bindtap="items"',
      'pages/home/home.wxml:9:27',
    ],
    [
      'a throw in onLoad',
      'pages/home/home.ts',
      "app.steps.push('home load')",
      "throw new Error('early')",
      'pages/home/home.ts:11:',
    ],
    [
      'an unknown API',
      'pages/home/home.ts',
      "app.steps.push('home load')",
      'Reflect.get(wx, "nothing")()',
      'pages/home/home.ts:11:',
    ],
    [
      'a browser global',
      'pages/home/home.ts',
      "app.steps.push('home load')",
      'localStorage.clear()',
      'pages/home/home.ts:11:',
    ],
  ])('%s shows with its place, and goes at the next good save', async (_, file, piece, by, place) => {
    const good = sample.read(file)
    sample.edit(file, piece, by)
    await problem(place)
    sample.write(file, good)
    await recovered()
    await seen('1. 苹果')
  })

  it('shows a handler that rejects after a while', async () => {
    sample.edit(
      'pages/home/home.ts',
      'more() {',
      "async more() {\n    await wx.getStorage({ key: 'none' })\n    throw new Error('late')",
    )
    await phone.page.locator('.phone[data-build="2"][data-ready="true"]').waitFor()
    await tap('再来一个')
    await phone.page.locator('.faults').waitFor()
  })
})

describe('the frame', () => {
  it('keeps the page away from the phone, its key and the network', async () => {
    const frame = phone.page.frames()[1]
    const tried = await frame?.evaluate(async (url) => {
      const attempt = async (what: () => unknown): Promise<string> => {
        try {
          await what()
          return 'reached'
        } catch {
          return 'refused'
        }
      }
      return {
        origin: location.origin === 'null' ? self.origin : location.origin,
        document: await attempt(() => window.parent.document.body),
        storage: await attempt(() => window.localStorage.length),
        state: await attempt(() => fetch(`${url}/__emulator/state`)),
        shell: await attempt(() => fetch(`${url}/`)),
      }
    }, server.url)
    expect(tried).toEqual({
      origin: 'null',
      document: 'refused',
      storage: 'refused',
      state: 'refused',
      shell: 'refused',
    })
  })
})
