// The panel beside the phone: what it draws, what it hides, in both languages; and what the page cannot reach of it.

import { useStage, type Visitor } from '../support/stage'

const stage = useStage()
const ops = (visitor: Visitor) =>
  visitor.panel.locator('.hop').evaluateAll((hops) => hops.map((hop) => hop.getAttribute('data-op')))

const FIRST_SIGN_IN = ['wx.checkSession', 'wx.login', 'callFunction', 'jscode2session', 'identities.get']

test('a first sign-in is drawn hop by hop, the launch before it is not', async () => {
  const visitor = await stage.visit()
  await visitor.signIn()

  await visitor.panel.locator('h2', { hasText: '第一次登录' }).waitFor()

  const drawn = await ops(visitor)
  expect(drawn.slice(0, 5)).toEqual(FIRST_SIGN_IN)
  expect(drawn.filter((op) => op === 'callFunction')).toHaveLength(2) // there, and back
  expect(drawn.at(-1)).toBe('callFunction')
  expect(drawn.filter((op) => op?.startsWith('storage.'))).toEqual([])
  expect(await visitor.panel.locator('.rule').textContent()).toContain('自上次点按以来')
})

test('storage is drawn when asked for', async () => {
  const visitor = await stage.visit()
  await visitor.signIn()
  await visitor.panel.locator('h2', { hasText: '第一次登录' }).waitFor()

  await visitor.page.getByText('显示存储').click()

  expect(await ops(visitor)).toContain('storage.set')
})

test('a hop that is tapped shows its payload, and no secret in it', async () => {
  const visitor = await stage.visit()
  await visitor.signIn()
  const hops = () => visitor.panel.locator('.hop[data-op="jscode2session"], .hop[data-op="callFunction"]')
  await hops().nth(2).waitFor()
  const { emulator } = stage
  const secrets = [emulator.weixin.sessionKey('v1') ?? '', emulator.apps[0]?.secret ?? '', emulator.weixin.openid('v1')]

  for (const index of [0, 1]) {
    await hops().nth(index).click()
    const payload = await visitor.panel.locator('.payload').innerText()
    expect(payload).toContain('•••')
    for (const secret of secrets) expect(payload).not.toContain(secret)
  }
  await visitor.page.keyboard.press('Tab')
  await visitor.panel.locator('.payload .close').click()
  await visitor.panel.locator('.payload').waitFor({ state: 'hidden' })
})

test('a call that nobody answers yet is drawn as waiting', async () => {
  const fault = stage.emulator.faults.add({ at: 'jscode2session', answer: 'hold' })
  const visitor = await stage.visit()
  await visitor.screen.locator('.hero-action').click()

  await visitor.panel.locator('.hop.waiting', { hasText: 'auth.login' }).waitFor()
  await fault.held()
  fault.release()

  await visitor.panel.locator('h2', { hasText: '第一次登录' }).waitFor()
  expect(await visitor.panel.locator('.hop.waiting').count()).toBe(0)
})

test('a refusal is drawn in red with its number', async () => {
  const visitor = await stage.visit()
  await visitor.chip('blocked').click()
  await visitor.lit('blocked', true)
  await visitor.tap('一键登录')

  await visitor.panel.locator('.hop.bad[data-op="jscode2session"]', { hasText: '40226' }).waitFor()
  await visitor.panel.locator('h2', { hasText: '没有成功' }).waitFor()
})

test('the picture stands still while nothing happens', async () => {
  const visitor = await stage.visit()
  await visitor.signIn()
  await visitor.panel.locator('h2', { hasText: '第一次登录' }).waitFor()
  const marked = await visitor.panel.locator('.picture').evaluateHandle((picture) => picture.firstElementChild)
  let polls = 0
  visitor.page.on('response', (response) => {
    if (response.url().includes('/trace')) polls += 1
  })
  while (polls < 3) await visitor.page.evaluate(() => new Promise(requestAnimationFrame))

  expect(await marked.evaluate((element) => element?.isConnected)).toBe(true)
})

test('every chip says what WeChat would be doing', async () => {
  const visitor = await stage.visit()
  for (const chip of await visitor.panel.locator('.chip').all()) {
    const says = (await chip.getAttribute('title')) ?? ''
    expect(says.length).toBeGreaterThan(10)
    await chip.evaluate((element) => element.dispatchEvent(new Event('pointerenter')))
    expect(await visitor.panel.locator('.says').textContent()).toBe(says)
  }
})

test('the panel is Chinese, and English on request, wholly', async () => {
  const visitor = await stage.visit()
  await visitor.panel.getByText('让它出错').waitFor()
  /** Without the way to the other language and the names of people. */
  const words = async () => {
    const text = await visitor.panel.evaluate((panel) => {
      const copy = panel.cloneNode(true) as HTMLElement
      for (const own of copy.querySelectorAll('.tool.language, option')) own.remove()
      const titles = [...copy.querySelectorAll<HTMLElement>('[title]')].map((it) => it.title)
      return [copy.textContent, ...titles].join('\n')
    })
    return text
  }
  expect(await words()).toMatch(/谁在用/)

  await visitor.page.getByText('English', { exact: true }).first().click()
  await visitor.panel.getByText('Break it').waitFor()

  expect(await words()).not.toMatch(/\p{Script=Han}/u)
})

test('numbers of people are masked', async () => {
  const visitor = await stage.visit()
  await visitor.panel.locator('option', { hasText: 'v24' }).waitFor({ state: 'attached' })

  const options = await visitor.panel.locator('select[name="account"] option').allTextContents()

  expect(options).toHaveLength(24)
  expect(options[0]).toBe('v1 · 小满 · 120****0001')
})

test('the panel stands beside the phone from 1024 px, below it under that', async () => {
  const visitor = await stage.visit()
  const isBeside = async () => {
    const [phone, panel] = await Promise.all([
      visitor.page.locator('.phone').boundingBox(),
      visitor.panel.boundingBox(),
    ])
    return (panel?.x ?? 0) >= (phone?.x ?? 0) + (phone?.width ?? 0)
  }
  await visitor.page.setViewportSize({ width: 1024, height: 800 })
  expect(await isBeside()).toBe(true)
  expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024)

  await visitor.page.setViewportSize({ width: 1023, height: 800 })
  expect(await isBeside()).toBe(false)
})

test('another theme is worn at once; another base library and language relaunch', async () => {
  const visitor = await stage.visit()
  await visitor.page.locator('select[name="theme"]').selectOption('dark')
  await visitor.screen.locator('html[data-theme="dark"]').waitFor()

  await visitor.choose('lib', '2.10.3')
  await visitor.choose('lang', 'en')

  await visitor.sees('Not signed in')
  const version = await visitor.screen
    .locator('body')
    .evaluate(() => (Reflect.get(globalThis, 'wx') as WechatMiniprogram.Wx).getSystemInfoSync().SDKVersion)
  expect(version).toBe('2.10.3')
})

test('the page holds no key and no secret, and reaches no back door, not even through the phone', async () => {
  const { emulator } = stage
  const visitor = await stage.visit()
  await visitor.signIn()
  const frame = visitor.page.frames().find((it) => it.parentFrame() !== null)

  const found = await frame?.evaluate(async (url) => {
    const attempt = (what: () => unknown): Promise<string> =>
      Promise.resolve()
        .then(what)
        .then(
          () => 'reached',
          () => 'refused',
        )
    /** What the phone answers to a call it should not know. */
    const ask = (op: string): Promise<unknown> =>
      new Promise((resolve) => {
        window.addEventListener('message', ({ data }) => data.id === op && resolve(data.answer))
        window.parent.postMessage({ kind: 'call', id: op, op, args: { account: 'v2' } }, '*')
      })
    const globals = Object.getOwnPropertyNames(globalThis).map((name) => {
      try {
        return JSON.stringify(Reflect.get(globalThis, name))
      } catch {
        return ''
      }
    })
    return {
      text: document.documentElement.outerHTML + globals.join(),
      parent: await attempt(() => window.parent.document),
      parentStorage: await attempt(() => window.parent.localStorage),
      trace: await attempt(() => fetch(`${url}/__emulator/trace`)),
      state: await attempt(() => fetch(`${url}/__emulator/state`, { mode: 'no-cors' })),
      shell: await attempt(() => fetch(`${url}/`)),
      socket: await attempt(
        () =>
          new Promise((resolve, reject) => {
            const source = new EventSource(`${url}/__preview/events`)
            source.onopen = resolve
            source.onerror = reject
          }),
      ),
      asked: await Promise.all(['state', 'trace', 'reset', 'faults'].map(ask)),
    }
  }, emulator.url)

  const { text = '', asked = [], ...tried } = found ?? {}
  expect(tried).toEqual({
    parent: 'refused',
    parentStorage: 'refused',
    trace: 'refused',
    state: 'refused',
    shell: 'refused',
    socket: 'refused',
  })
  for (const secret of [emulator.key, emulator.apps[0]?.secret, emulator.weixin.sessionKey('v1')])
    expect(text).not.toContain(secret)
  expect(text.length).toBeGreaterThan(10_000)
  expect(asked.map((answer) => (answer as { ok: boolean }).ok)).toEqual([false, false, false, false])
})
