// What the panel breaks, and what the person then sees: every sentence and button asserted in Chinese.

import { useStage } from '../support/stage'

const stage = useStage()
const title = (text: string) => ({ hasText: text })

test('session_key expired: the next launch signs in silently, as the same user', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()
  const counted = stage.counting('wx.login', 'jscode2session')

  await visitor.chip('sessionKey').click()
  await visitor.lit('sessionKey', true)
  await visitor.relaunch()
  await stage.emulator.trace.until('jscode2session', 2)

  expect(await visitor.shownId()).toBe(id)
  await visitor.lit('sessionKey', false)
  expect(counted()).toEqual([1, 1])
  await visitor.panel.locator('h2', title('静默登录')).waitFor()
})

test('session expired: the call is refused, renewed and replayed, and the person sees nothing', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()
  const counted = stage.counting('wx.login')

  await visitor.chip('session').click()
  await visitor.lit('session', true)
  await visitor.relaunch()
  await visitor.panel.locator('h2', title('会话过期，静默续上并重放')).waitFor()

  expect(await visitor.shownId()).toBe(id)
  await visitor.lit('session', false)
  expect(counted()).toEqual([1])
  expect(await visitor.panel.locator('.hop.answer .trouble').allTextContents()).toEqual(['SESSION_EXPIRED'])
})

test.each([
  ['busy', '微信有点忙', '不是你的网络问题，过一会儿再试', '重试'],
  ['blocked', '微信限制了这个账号登录', '请先在微信里查看账号状态，仍有疑问可以联系我们', '复制以上信息'],
  ['tooOften', '操作太频繁了', '秒后再试', '稍后再试'],
  ['secret', '登录服务还没有准备好', '不是你的问题，请联系我们', '复制以上信息'],
])('code2Session fails by the chip %s: %s', async (deed, heading, lead, button) => {
  const visitor = await stage.visit()
  await visitor.sees('一键登录')

  await visitor.chip(deed).click()
  await visitor.lit(deed, true)
  await visitor.tap('一键登录')

  await visitor.sees(heading)
  await visitor.sees(lead)
  expect(await visitor.screen.locator('.hero-action').textContent()).toBe(button)
  await visitor.lit(deed, false)
  expect(stage.emulator.database.find('users', {})).toEqual([])
})

test('WeChat is busy no more: 重试 signs in', async () => {
  const visitor = await stage.visit()
  await visitor.chip('busy').click()
  await visitor.lit('busy', true)
  await visitor.tap('一键登录')

  await visitor.tap('重试')

  expect(await visitor.shownId()).toMatch(/^[0-9A-F]{8}$/)
})

test('one 40029 costs a second code, and the person sees nothing of it', async () => {
  const visitor = await stage.visit()
  await visitor.chip('code').click()
  await visitor.lit('code', true)

  expect(await visitor.signIn()).toMatch(/^[0-9A-F]{8}$/)
  expect(stage.emulator.trace.count('wx.login')).toBe(2)
})

test('a lit chip that is tapped again is disarmed', async () => {
  const visitor = await stage.visit()
  await visitor.chip('blocked').click()
  await visitor.lit('blocked', true)

  await visitor.chip('blocked').click()
  await visitor.lit('blocked', false)

  expect(stage.emulator.faults.list()).toEqual([])
  expect(await visitor.signIn()).toMatch(/^[0-9A-F]{8}$/)
})

test('a fault is for one person: the other browser neither shows nor meets it', async () => {
  const [one, two] = await Promise.all([stage.visit({ account: 'v1' }), stage.visit({ account: 'v2' })])

  await one.chip('blocked').click()
  await one.lit('blocked', true)

  expect(await two.signIn()).toMatch(/^[0-9A-F]{8}$/)
  expect(await two.chip('blocked').getAttribute('aria-pressed')).toBe('false')
  await one.tap('一键登录')
  await one.sees('微信限制了这个账号登录')
})

test('offline keeps the person on the page and says so; back, it recovers without a reload', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()
  await visitor.chip('offline').click()
  await visitor.sees('网络不通，显示的是上次的资料')
  expect(await visitor.shownId()).toBe(id)
  await visitor.page.locator('.status', title('无服务')).waitFor()

  await visitor.chip('offline').click()

  await visitor.screen.getByText('网络不通').waitFor({ state: 'detached' })
  await visitor.page.locator('.status', title('5G')).waitFor()
  expect(await visitor.shownId()).toBe(id)
})

test('offline with nobody signed in: the tap says so, and the way back is one tap', async () => {
  const visitor = await stage.visit()
  await visitor.chip('offline').click()
  await visitor.lit('offline', true)
  await visitor.tap('一键登录')
  await visitor.sees('检查网络后再试一次')
  expect(await visitor.screen.locator('.hero-action').textContent()).toBe('重试')

  await visitor.chip('offline').click()
  await visitor.sees('一键登录')

  expect(await visitor.signIn()).toMatch(/^[0-9A-F]{8}$/)
})

test('the clock moves the pause after 45011 along', async () => {
  const visitor = await stage.visit()
  await visitor.chip('tooOften').click()
  await visitor.lit('tooOften', true)
  await visitor.tap('一键登录')
  await visitor.sees('稍后再试')

  await visitor.chip('day').click()

  await visitor.sees('现在可以再试一次')
})

test('after 31 days the session is over: the next launch renews it, as the same user', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()
  const before = stage.emulator.clock.now()
  const counted = stage.counting('wx.login')

  await visitor.chip('month').click()
  await visitor.lit('session', true)
  expect(stage.emulator.clock.now() - before).toBeGreaterThanOrEqual(31 * 86_400_000)
  await visitor.relaunch()
  await visitor.lit('session', false)

  expect(await visitor.shownId()).toBe(id)
  expect(counted()).toEqual([1])
})

test('a forgotten device is as new; the account on the server is the old one', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()

  await visitor.chip('forget').click()
  await visitor.sees('还没有登录')

  expect(await visitor.signIn()).toBe(id)
})

test('a reset is the first day: another user comes of the same tap', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()

  await visitor.chip('reset').click()
  await visitor.sees('还没有登录')

  expect(stage.emulator.database.find('users', {})).toEqual([])
  expect(await visitor.signIn()).not.toBe(id)
})
