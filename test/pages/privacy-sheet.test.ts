// The privacy sheet on a page: asked for in plain words, answered always.
import { settle, usePages } from '../support/page'
import { openPhone } from '../support/page-phone'

usePages()

const SHEET = '.consent'
const agreed = { event: 'agree', buttonId: 'privacy-agree' }
const shown = { event: 'exposureAuthorization' }
const disagree = { event: 'disagree' }

const asked = async (referrer = 'button.getPhoneNumber', options: Parameters<typeof openPhone>[0] = {}) => {
  const opened = await openPhone(options)
  const answers = opened.device.askPrivacy(referrer)
  await settle()
  return { ...opened, answers }
}

test('nothing is asked before an interface needs it', async () => {
  const { page } = await openPhone()
  expect(page.has(SHEET, '.sheet')).toBe(false)
})

test.each([
  ['button.getPhoneNumber', 'zh_CN', '你的手机号'],
  ['button.getRealtimePhoneNumber', 'zh_CN', '你的手机号'],
  ['setClipboardData', 'zh_CN', '剪贴板'],
  ['somethingNew', 'zh_CN', '你的个人信息'],
  ['button.getPhoneNumber', 'en', 'your phone number'],
  ['', 'en', 'personal information'],
])('%s in %s is asked for as "%s", and its exposure reported', async (referrer, language, words) => {
  const { page, answers } = await asked(referrer, { language })
  expect(page.textOf(SHEET, '.ask')).toContain(words)
  expect(answers).toEqual([shown])
})

test('yes is the tap on the button whose id WeChat checks', async () => {
  const { page, answers } = await asked()
  expect(page.attr('id', SHEET, '.agree')).toBe('privacy-agree')
  await page.fire('agreePrivacyAuthorization', {}, SHEET, '.agree')
  expect(answers).toEqual([shown, agreed])
  expect(page.has(SHEET, '.sheet')).toBe(false)
})

test('not now is a no, and for ten seconds nobody is asked again', async () => {
  const { page, device, answers } = await asked()
  await page.tap(SHEET, '.refuse')
  expect(answers).toEqual([shown, disagree])
  expect(device.askPrivacy('button.getPhoneNumber')).toEqual([disagree])
  expect(page.has(SHEET, '.sheet')).toBe(false)
  await settle(10_000)
  device.askPrivacy('button.getPhoneNumber')
  await settle()
  expect(page.has(SHEET, '.sheet')).toBe(true)
})

test('leaving the page means no', async () => {
  const { page, answers } = await asked()
  await page.hide()
  expect(answers).toEqual([shown, disagree])
})

test('closing the page means no', async () => {
  const { page, answers } = await asked()
  await page.detach()
  expect(answers).toEqual([shown, disagree])
})

test('reading the guideline is no answer: the question waits until the user is back', async () => {
  const { page, device, answers } = await asked()
  await page.tap(SHEET, '.guideline')
  expect(device.privacyOpened()).toBe(1)
  await page.hideAndShow()
  expect(answers).toEqual([shown])
  await page.fire('agreePrivacyAuthorization', {}, SHEET, '.agree')
  expect(answers).toEqual([shown, agreed])
})

test('a guideline view that fails gives way to our own page', async () => {
  const { page, device } = await asked('button.getPhoneNumber', { privacyContract: 'fails' })
  await page.tap(SHEET, '.guideline')
  expect(device.opened).toEqual(['/pages/privacy/privacy'])
})

test('a page that comes back can be asked on again', async () => {
  const { page, device } = await openPhone()
  await page.hide()
  expect(device.askPrivacy('chooseAvatar')).toEqual([disagree])
  await page.show()
  device.askPrivacy('chooseAvatar')
  await settle()
  expect(page.has(SHEET, '.sheet')).toBe(true)
})

test('several questions are one sheet and one answer', async () => {
  const { page, device, answers } = await asked()
  const second = device.askPrivacy('setClipboardData')
  await page.fire('agreePrivacyAuthorization', {}, SHEET, '.agree')
  expect([answers.slice(-1), second]).toEqual([[agreed], [agreed]])
})

test('below 2.32.3 WeChat asks nothing, and neither do we', async () => {
  const { page, device } = await openPhone({ lib: '2.32.2' })
  expect(device.askPrivacy('button.getPhoneNumber')).toEqual([])
  expect(page.has(SHEET, '.sheet')).toBe(false)
})
