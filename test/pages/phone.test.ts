// The page of the phone number, driven as a user drives it: the real app.ts and library over a scripted `wx`.
import { settle, usePages } from '../support/page'
import { xiaohe } from '../support/page-home'
import { createNumbers, masked, openPhone } from '../support/page-phone'

usePages()

const bound = { ...xiaohe, phone: masked }

describe('asking', () => {
  test('nothing is asked by itself, and "not now" leads back', async () => {
    const { page, device, sent } = await openPhone()
    expect(page.text()).toContain('只用于通知与找回账号')
    expect([device.sheets, device.modals, sent()]).toEqual([[], [], []])
    await page.tap('.back')
    expect(device.wentBack()).toBe(1)
  })

  test('"not now" leads home when the page was opened by a link', async () => {
    const { page, device } = await openPhone({ isFirstPage: true })
    await page.tap('.back')
    expect(device.opened).toEqual(['/pages/home/home'])
  })

  test('one tap binds, and the masked number stands there', async () => {
    const { page, allow, sent, notice } = await openPhone()
    await allow()
    expect(page.textOf('.masked')).toBe('120****0005')
    expect(page.has('.number')).toBe(false)
    expect([sent(), notice()]).toEqual([[{ code: 'phone-code-1' }], ''])
  })

  test('the page before the button neither looks nor speaks like WeChat', async () => {
    for (const language of ['zh_CN', 'en']) {
      const { page } = await openPhone({ language })
      expect(page.text()).not.toMatch(/微信|WeChat/i)
    }
  })

  test('a number from abroad shows its country', async () => {
    const { page } = await openPhone({ user: { ...xiaohe, phone: { masked: '91****67', countryCode: '852' } } })
    expect(page.textOf('.masked')).toBe('+852 91****67')
  })

  test('who bound a number on another device meanwhile is not asked again', async () => {
    const numbers = createNumbers(bound)
    const { page } = await openPhone({ user: xiaohe, numbers })
    expect(page.textOf('.masked')).toBe('120****0005')
  })

  test('English is spoken on an English phone', async () => {
    const { page, device, allow } = await openPhone({ language: 'en' })
    expect(device.titles).toEqual(['Phone'])
    await allow()
    expect(page.text()).not.toMatch(/[\u3400-\u9fff]/)
  })
})

describe('nobody signed in', () => {
  test('no account is made by looking, and signing in leads on to the button', async () => {
    const { page, device } = await openPhone({ stored: new Map() })
    expect(device.logins()).toBe(0)
    expect(page.has('.number')).toBe(false)
    await page.tap('.main')
    expect(page.has('.number', '.ask')).toBe(true)
  })

  test('a sign-in that fails says why and can be tried again', async () => {
    const { page, numbers, notice } = await openPhone({ stored: new Map() })
    numbers.isOffline = true
    await page.tap('.main')
    await settle(5_000)
    expect(notice()).toContain('网络不通')
    numbers.isOffline = false
    await page.tap('.main')
    expect([page.has('.number', '.ask'), notice()]).toEqual([true, ''])
  })

  test('signing out elsewhere in the app takes the number off the page', async () => {
    const { page } = await openPhone({ user: bound })
    const { auth } = page.app['globalData'] as { auth: { signOut(): Promise<void> } }
    const leaving = auth.signOut()
    await settle()
    await leaving
    expect(page.text()).toContain('先登录')
    expect(page.text()).not.toContain('120****0005')
  })
})

describe('real-time verification', () => {
  test('is one row away and binds', async () => {
    const { page, allowNow, sent } = await openPhone()
    await page.tap('.strict')
    await allowNow('now-1')
    expect(page.textOf('.masked')).toBe('120****0005')
    expect(sent()).toEqual([{ code: 'now-1' }])
  })

  test('its refusals are told as well, and the way back is open', async () => {
    const { page, notice, NOW, QUICK } = await openPhone()
    await page.tap('.strict')
    await page.fire('getRealtimePhoneNumber', { errMsg: 'getRealtimePhoneNumber:fail user deny' }, ...NOW)
    expect(notice()).toContain('你没有提供手机号')
    await page.tap('.back')
    expect([page.has(...QUICK), notice()]).toEqual([true, ''])
  })

  test('is not offered below base library 2.24.4', async () => {
    const { page } = await openPhone({ lib: '2.24.3' })
    expect(page.has('.strict')).toBe(false)
  })
})
