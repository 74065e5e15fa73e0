// The phone button's chips in the panel: what is chosen there is what the button on the phone ends with.

import { useStage, type Visitor } from '../support/stage'

const stage = useStage()

const button = (visitor: Visitor) => visitor.screen.locator('.number .ask:not(.action-off)')
const open = (visitor: Visitor) => visitor.panel.locator('.group-tab[data-group="phone"]').click()
const quota = (visitor: Visitor, left: string) => visitor.panel.locator('.quota', { hasText: left }).waitFor()

/** Signed in, on the page of the phone number, with the panel's chips for it open. */
const ready = async (): Promise<Visitor> => {
  const visitor = await stage.visit()
  await visitor.signIn()
  await visitor.screen.locator('.entry').first().click()
  await button(visitor).waitFor()
  await open(visitor)
  return visitor
}
const agreed = (): Promise<Visitor> => {
  stage.emulator.weixin.agreePrivacy('v1')
  return ready()
}
const choose = async (visitor: Visitor, deed: string): Promise<void> => {
  await visitor.chip(deed).click()
  await visitor.lit(deed, true)
}

test('allow: the tap binds without a dialog, and the counter says that it cost one', async () => {
  const visitor = await agreed()
  await quota(visitor, '1000')
  await choose(visitor, 'phone-allow')
  await button(visitor).click()

  expect(await visitor.screen.locator('.masked').textContent()).toBe('120****0001')
  await quota(visitor, '999')
})

test.each([
  ['phone-deny', '你没有提供手机号'],
  ['phone-noQuota', '暂时不能获取手机号'],
  ['phone-undeclared', '手机号功能还不能用'],
  ['phone-privacyRefused', '你没有同意隐私保护指引'],
  ['phone-notEntitled', '手机号功能还没有开通'],
  ['phone-offline', '网络不通'],
])('%s: the tap ends with "%s", and nothing is spent', async (deed, sentence) => {
  const visitor = await agreed()
  await choose(visitor, deed)
  await button(visitor).click()

  await visitor.sees(sentence)
  expect(stage.emulator.weixin.phoneQuota()).toBe(1000)
})

test('one outcome is lit at a time, and a lit one that is tapped again asks the person as before', async () => {
  const visitor = await agreed()
  await visitor.lit('phone-ask', true)
  await choose(visitor, 'phone-deny')
  await choose(visitor, 'phone-offline')
  expect(await visitor.panel.locator('#group-phone .chip[aria-pressed="true"]').count()).toBe(1)

  await visitor.chip('phone-offline').click()
  await visitor.lit('phone-ask', true)
  await button(visitor).click()

  await visitor.page.locator('.phone-sheet').waitFor()
})

test('an emptied quota ends the tap with no quota; refilled, the person is asked', async () => {
  const visitor = await agreed()
  await choose(visitor, 'quota-empty')
  await quota(visitor, '0')
  await button(visitor).click()
  await visitor.sees('暂时不能获取手机号')

  await visitor.chip('quota-refill').click()
  await quota(visitor, '1000')
  await button(visitor).click()

  await visitor.page.locator('.phone-sheet').waitFor()
})

test('a forgotten consent is asked for again', async () => {
  const visitor = await agreed()
  const forgotten = visitor.page.waitForResponse((response) => response.url().endsWith('/v1/forget-consent'))
  await visitor.chip('consent-forget').click()
  expect((await forgotten).status()).toBe(200)

  await button(visitor).click()

  await visitor.sees('接下来会用到你的手机号')
})

test('a rotated session_key is another one; before the first sign-in there is none to rotate', async () => {
  const visitor = await stage.visit()
  await open(visitor)
  expect(await visitor.chip('key-rotate').isDisabled()).toBe(true)
  await visitor.signIn()
  const before = stage.emulator.weixin.sessionKey('v1')
  const rotated = visitor.page.waitForResponse((response) => response.url().endsWith('/v1/rotate-session-key'))
  await visitor.chip('key-rotate').click()
  await rotated

  expect(before).toBeDefined()
  expect(stage.emulator.weixin.sessionKey('v1')).not.toBe(before)
})

test('the folded group keeps its place, tells by a mark what is armed in it, and stays chosen after a reload', async () => {
  const visitor = await stage.visit()
  const places = () =>
    visitor.panel
      .locator('.says, .who, .story')
      .evaluateAll((them) => them.map((it) => [it.getBoundingClientRect().top, it.getBoundingClientRect().height]))
  // Some widths give one group more lines than the other.
  for (const width of [1024, 1060, 1100, 1140, 1180, 1220, 1280]) {
    await visitor.page.setViewportSize({ width, height: 900 })
    await visitor.panel.locator('.group-tab[data-group="signIn"]').click()
    const before = await places()
    await open(visitor)
    expect(await places()).toEqual(before)
  }
  expect(await visitor.chip('blocked').isVisible()).toBe(false)

  await choose(visitor, 'phone-deny')
  await visitor.panel.locator('.group-tab[data-group="signIn"]').click()
  await visitor.panel.locator('.group-tab.armed[data-group="phone"]').waitFor()
  expect(await visitor.chip('phone-deny').isVisible()).toBe(false)

  await open(visitor)
  await visitor.reload()
  await visitor.lit('phone-deny', true)
  expect(await visitor.chip('phone-deny').isVisible()).toBe(true)
})

test.each([
  [1280, 900],
  [1024, 768],
])(
  'at %d×%d the panel overlaps no phone, nothing is wider than it, and no sentence moves what is below',
  async (width, height) => {
    const visitor = await stage.visit()
    await visitor.page.setViewportSize({ width, height })
    await open(visitor)
    for (const language of ['中文', 'English']) {
      // Until the fonts are there, a row of chips may be one line shorter than it will be.
      await visitor.page.evaluate(() => document.fonts.ready.then(() => undefined))
      const phone = await visitor.page.locator('.phone').boundingBox()
      const panel = await visitor.panel.boundingBox()
      expect(panel?.x).toBeGreaterThan((phone?.x ?? 0) + (phone?.width ?? 0))
      const wide = await visitor.panel.evaluate((it) => it.scrollWidth - it.clientWidth)
      const says = await visitor.panel.locator('.says').boundingBox()
      for (const chip of await visitor.panel.locator('#group-phone .chip').all()) {
        await chip.evaluate((it) => it.dispatchEvent(new Event('pointerenter')))
        expect([language, await chip.textContent(), await visitor.panel.locator('.says').boundingBox()]).toEqual([
          language,
          await chip.textContent(),
          says,
        ])
      }
      expect(wide).toBeLessThanOrEqual(0)
      if (language === '中文') await visitor.page.locator('.tool.language').click()
    }
  },
)
