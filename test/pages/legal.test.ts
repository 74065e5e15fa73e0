// The agreement and the privacy guideline as pages of our own.
import { openPage, usePages } from '../support/page'
import { createPageDevice } from '../support/page-device'

usePages()

const open = async (path: string, language = 'zh_CN') => {
  const device = createPageDevice({ server: () => 'offline', language })
  return { device, page: await openPage(path, device) }
}

test.each([
  ['pages/agreement/agreement', '用户协议', '不登录也可以浏览'],
  ['pages/privacy/privacy', '隐私保护指引', '收集什么'],
])('%s can be read, and nothing is asked for it', async (path, title, sentence) => {
  const { page, device } = await open(path)
  expect(device.titles).toEqual([title])
  expect(page.textOf('.block', '.title')).toBe(title)
  expect(page.text()).toContain(sentence)
  expect(device.sent).toEqual([])
})

test('both are in English on an English phone', async () => {
  for (const path of ['pages/agreement/agreement', 'pages/privacy/privacy']) {
    const { page } = await open(path, 'en')
    expect(page.text()).toContain('support@example.com')
    expect(page.text()).not.toMatch(/[\u3400-\u9fff]/)
  }
})
