// The phone number as a person sees it: the real mini-program, the built function, the emulator, real browsers.

import type { PhoneOutcome } from '../../emulator/types'
import { useStage, type Visitor } from '../support/stage'

const stage = useStage()

const bindings = () => stage.emulator.database.find('phones', {}).length
const number = (visitor: Visitor) => visitor.screen.locator('.masked').textContent()
const button = (visitor: Visitor) => visitor.screen.locator('.number .ask:not(.action-off)')
/** In WeChat's own dialogs, over the page. */
const press = (visitor: Visitor, words: string) =>
  visitor.page.locator('.dialogs').getByText(words, { exact: true }).click()

/** Signed in, on the page of the phone number, with the button ready. */
const ask = async (options: Parameters<typeof stage.visit>[0] = {}): Promise<Visitor> => {
  const visitor = await stage.visit(options)
  await visitor.signIn()
  const calls = stage.emulator.trace.count('callFunction')
  await visitor.screen.locator('.entry').first().click()
  await button(visitor).waitFor()
  await stage.emulator.trace.until('callFunction', calls + 1) // the page looks whether a number was bound elsewhere
  return visitor
}
const agreed = async (options: Parameters<typeof stage.visit>[0] = {}): Promise<Visitor> => {
  stage.emulator.weixin.agreePrivacy(options.account ?? 'v1')
  return ask(options)
}
const outcome = (is: PhoneOutcome) => stage.emulator.weixin.setPhoneOutcome(is)

test('yes to the guideline, yes to the number: it stands there masked, here and on home', async () => {
  const visitor = await ask()
  await button(visitor).click()
  await visitor.sees('接下来会用到你的手机号')
  await visitor.tap('同意')
  await press(visitor, '120****0001')

  expect(await number(visitor)).toBe('120****0001')
  expect(bindings()).toBe(1)
  await visitor.page.getByLabel('返回').click()
  await visitor.screen.locator('.entry', { hasText: '120****0001' }).waitFor()
  expect(visitor.errors).toEqual([])
})

test('no to the guideline is said, nothing is asked for ten seconds, and then the button asks again', async () => {
  const visitor = await ask()
  await button(visitor).click()
  await visitor.tap('暂不同意')
  await visitor.sees('你没有同意隐私保护指引')
  expect(await button(visitor).count()).toBe(0)

  await stage.emulator.clock.advance(10_000)
  await button(visitor).click()

  await visitor.tap('同意')
  await press(visitor, '120****0001')
  expect(await number(visitor)).toBe('120****0001')
})

test('leaving the page while the guideline is asked for is a no, and nobody waits for ever', async () => {
  const visitor = await ask()
  await button(visitor).click()
  await visitor.sees('接下来会用到你的手机号')
  const refusals = stage.emulator.trace.count('privacy.refuse')
  await visitor.page.getByLabel('返回').click()
  await stage.emulator.trace.until('privacy.refuse', refusals + 1)
  await stage.emulator.clock.advance(10_000)

  await visitor.screen.locator('.entry').first().click()
  await button(visitor).click()
  await visitor.sees('接下来会用到你的手机号')
})

test('reading the guideline from the question is no answer to it', async () => {
  const visitor = await ask()
  await button(visitor).click()
  await visitor.tap('查看隐私保护指引')
  await visitor.page.locator('.dialogs').getByLabel('返回').click()

  await visitor.tap('同意')
  await press(visitor, '120****0001')
  expect(await number(visitor)).toBe('120****0001')
})

test('no to the number is said, costs nothing, and the next tap works', async () => {
  const visitor = await agreed()
  await button(visitor).click()
  await press(visitor, '不允许')
  await visitor.sees('你没有提供手机号')
  expect(stage.emulator.weixin.phoneQuota()).toBe(1000)

  await button(visitor).click()
  await press(visitor, '120****0001')

  expect(await number(visitor)).toBe('120****0001')
})

test.each([
  ['noQuota', '暂时不能获取手机号'],
  ['undeclared', '手机号功能还不能用'],
  ['notEntitled', '手机号功能还没有开通'],
  ['offline', '网络不通'],
] as const)('%s is said as "%s", and the button works again when it is over', async (is, sentence) => {
  const visitor = await agreed()
  outcome(is)
  await button(visitor).click()
  await visitor.sees(sentence)
  expect(bindings()).toBe(0)

  outcome('allow')
  await button(visitor).click()

  expect(await number(visitor)).toBe('120****0001')
})

test('an answer lost after the bind still ends bound: one tap, one redemption', async () => {
  const visitor = await agreed()
  outcome('allow')
  const counted = stage.counting('getuserphonenumber', 'phonenumber.getPhoneNumber', 'wx.login')
  stage.emulator.faults.add({ at: 'callFunction', answer: 'lost' })
  await button(visitor).click()

  expect(await number(visitor)).toBe('120****0001')
  const [byToken = 0, byCloud = 0, logins] = counted()
  expect([byToken + byCloud, bindings(), logins, stage.emulator.weixin.phoneQuota()]).toEqual([1, 1, 0, 999])
})

test('a number that could not be handed over is kept, and a plain tap finishes without paying again', async () => {
  const visitor = await agreed()
  outcome('allow')
  stage.emulator.faults.add({ at: 'callFunction', answer: 'cut', times: 10 })
  await button(visitor).click()
  await visitor.sees('不用再次授权')

  stage.emulator.faults.clear()
  await visitor.tap('重试')

  expect(await number(visitor)).toBe('120****0001')
  expect(stage.emulator.weixin.phoneQuota()).toBe(999)
})

test('real-time verification is one row away, and binds', async () => {
  const visitor = await agreed()
  await visitor.tap('更严格的实时验证')
  await visitor.tap('实时验证并绑定')
  await press(visitor, '120****0001')

  expect(await number(visitor)).toBe('120****0001')
})

test('a bound number is changed in real time, and removed', async () => {
  stage.emulator.weixin.addNumber('v1', '13800000000')
  const visitor = await agreed()
  outcome('allow')
  await button(visitor).click()
  await visitor.sees('已绑定手机号')
  outcome('ask')
  await visitor.tap('换一个号码')
  await visitor.tap('实时验证并绑定')
  await press(visitor, '138****0000')
  await visitor.screen.locator('.masked', { hasText: '138****0000' }).waitFor()
  await visitor.tap('解除绑定')
  await visitor.page.locator('.dialogs').getByText('解除绑定', { exact: true }).click()

  await button(visitor).waitFor()
  expect(stage.emulator.database.find('users', {}).some((user) => 'phone' in user && user['phone'] !== null)).toBe(
    false,
  )
})

test('base library 2.20.0 goes by sealed data, with the same page', async () => {
  const visitor = await agreed({ lib: '2.20.0' })
  expect(await visitor.screen.locator('.strict').count()).toBe(0)
  outcome('allow')
  await button(visitor).click()

  expect(await number(visitor)).toBe('120****0001')
  expect(
    stage.emulator.trace.count('getuserphonenumber') + stage.emulator.trace.count('phonenumber.getPhoneNumber'),
  ).toBe(0)
})

test('a key that was rotated elsewhere is told, and the second tap works', async () => {
  const visitor = await agreed({ lib: '2.20.0' })
  outcome('allow')
  stage.emulator.weixin.rotateSessionKey('v1')
  stage.emulator.weixin.rotateSessionKey('v1')
  await button(visitor).click()
  await visitor.sees('这次授权已经失效')

  await button(visitor).click()

  expect(await number(visitor)).toBe('120****0001')
})

test('two people, one number: it moves after a real-time verification and a second yes', async () => {
  outcome('allow')
  stage.emulator.weixin.addNumber('v2', '12066600001')
  const first = await agreed()
  await button(first).click()
  await first.sees('已绑定手机号')
  outcome('ask')

  const second = await agreed({ account: 'v2' })
  await button(second).click()
  await press(second, '120****0001')
  await second.sees('这个号码绑定了其他账号')
  await second.tap('实时验证这个号码')
  await press(second, '120****0001')
  await second.tap('移到现在的账号')
  await press(second, '移过来')

  expect(await number(second)).toBe('120****0001')
  await first.page.getByLabel('返回').click()
  await first.screen.locator('.entry', { hasText: '未绑定' }).waitFor()
})

test.each(['zh', 'en'] as const)(
  'on a small phone in %s nothing overflows, and a finger hits every target',
  async (lang) => {
    const visitor = await ask({ width: 320, height: 568, lang })
    const measured = () =>
      visitor.screen.locator('wx-page:visible').evaluate((page) => {
        const targets = [...page.querySelectorAll('wx-button, [role="button"], [role="link"]')]
        const heights = targets.map((target) => target.getBoundingClientRect().height).filter((height) => height > 0)
        return {
          small: heights.filter((height) => height < 44),
          some: heights.length > 0,
          wide: page.scrollWidth - 320,
        }
      })
    const fits = { small: [], some: true, wide: 0 }

    expect(await measured()).toEqual(fits)
    await button(visitor).click()
    await visitor.screen.locator('.guideline').waitFor()
    expect(await measured()).toEqual(fits)
    await visitor.screen.locator('.refuse').click()
    await visitor.screen.locator('.notice [role="button"]').waitFor()
    expect(await measured()).toEqual(fits)
  },
)
