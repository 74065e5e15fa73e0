// Home, driven as a user drives it: the real app.ts and the real library over a scripted `wx`.
import type { CallEvent, Envelope } from '../../typings/contract'
import { grant, ok, refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { knows, nobody, open, relaunch, signedIn, xiaohe } from '../support/page-home'

usePages()

describe('at launch', () => {
  test('a stranger is asked nothing and no account is made', async () => {
    const { page, device } = await open()
    expect(page.text()).toContain('还没有登录')
    expect(device.logins()).toBe(0)
    expect(device.sent).toEqual([])
    expect(device.sheets).toEqual([])
  })

  test('a ghost of the card stands there until the device remembers', async () => {
    const { page } = await open({ storageMs: 500 })
    expect(page.has('.ghost')).toBe(true)
    expect(page.has('.hero-action')).toBe(false)
    await settle(500)
    expect(page.has('.ghost')).toBe(false)
    expect(page.has('.hero-action')).toBe(true)
  })

  test('a device that does not say what it remembers gets a 重试 that makes no account', async () => {
    const { page, device } = await open({ storageMs: 4_000 })
    await settle(3_000)
    expect(page.text()).toContain('没有等到回应')
    await page.tap('.hero-action')
    expect(page.textOf('.hero-action')).toBe('正在重试…')
    await settle(10_000)
    expect(device.logins()).toBe(0)
    expect(page.textOf('.hero-action')).toBe('重试')
  })

  test('somebody known is shown again without wx.login', async () => {
    const { device } = await signedIn()
    const next = await relaunch(device)
    expect(next.page.text()).toContain('小禾')
    expect(next.device.logins()).toBe(0)
  })

  test('the profile is read again, and only what is new is drawn', async () => {
    const { device } = await signedIn()
    const next = await relaunch(device, { server: knows({ ...xiaohe, nickname: '小禾苗' }) })
    expect(next.page.textOf('.person-name')).toBe('小禾苗')
    expect(next.device.sentCalls('profile')).toHaveLength(1)
  })

  test('a session that expired is renewed without a word', async () => {
    const { device } = await signedIn()
    let refusals = 0
    const server = (event: CallEvent): Envelope => {
      if (event.token === 't-1') {
        refusals += 1
        return refuse('SESSION_EXPIRED')
      }
      return event.code ? ok({ user: xiaohe }, grant('t-2', xiaohe)) : ok({ user: xiaohe })
    }
    const next = await relaunch(device, { server })
    expect(refusals).toBe(1)
    expect(next.page.text()).toContain('小禾')
    expect(next.page.has('.block')).toBe(false)
  })

  test('an account that ended elsewhere says so and waits for a tap', async () => {
    const { device } = await signedIn()
    const server = ({ code }: CallEvent) => refuse(code ? 'USER_CHANGED' : 'SESSION_EXPIRED')
    const next = await relaunch(device, { server })
    expect(next.page.text()).toContain('这台设备已退出登录')
    expect(next.page.textOf('.hero-action')).toBe('一键登录')
  })
})

describe('signing in', () => {
  test('one tap shows the name and the short id', async () => {
    const { page, device } = await signedIn()
    expect(page.textOf('.person-name')).toBe('小禾')
    expect(page.textOf('.person-id')).toBe('ID 7F3K·2QXM')
    expect(page.textOf('.face-of-person', '.letter')).toBe('小')
    expect(device.logins()).toBe(1)
    expect(page.text()).not.toContain('一键登录')
  })

  test('somebody without a name gets a friendly one', async () => {
    const { page } = await signedIn({ server: knows(nobody) })
    expect(page.textOf('.person-name')).toBe('新朋友')
    expect(page.textOf('.person-id')).toBe('ID 00FF·AA11')
    expect(page.has('.face-of-person', '.smile')).toBe(true)
  })

  test('the button says what it does meanwhile, and a second tap does nothing', async () => {
    const { page, device } = await open()
    page.press('.hero-action')
    page.press('.hero-action')
    await settle(0)
    expect(page.textOf('.hero-action')).toBe('正在登录…')
    expect(page.isDisabled('.hero-action')).toBe(true)
    await settle()
    expect(device.logins()).toBe(1)
  })

  test('the phone number has an entry, which says whether one is linked', async () => {
    const { page, device } = await signedIn()
    expect(page.textOf('.entry')).toContain('未绑定')
    await page.tap('.entry')
    expect(device.opened).toEqual(['/pages/phone/phone'])
    const known = await signedIn({ server: knows({ ...xiaohe, phone: { masked: '120****0005', countryCode: '86' } }) })
    expect(known.page.textOf('.entry')).toContain('120****0005')
  })
})

describe('agreement and privacy guideline', () => {
  test('are one tap away before and after signing in', async () => {
    const { page, device } = await open()
    await page.tap('.agreement')
    await page.tap('.privacy')
    await page.tap('.hero-action')
    await page.tap('.agreement')
    await page.tap('.privacy')
    expect(device.opened).toEqual(['/pages/agreement/agreement', '/pages/agreement/agreement'])
    expect(device.privacyOpened()).toBe(2)
  })

  test.each(['missing', 'fails'] as const)(
    'a guideline view that %s gives way to our own page',
    async (privacyContract) => {
      const { page, device } = await open({ privacyContract })
      await page.tap('.privacy')
      expect(device.opened).toEqual(['/pages/privacy/privacy'])
    },
  )
})

describe('the page itself', () => {
  test('speaks English on an English phone', async () => {
    const { page, device } = await open({ language: 'en', server: knows(nobody) })
    expect(device.titles).toEqual(['Me'])
    expect(page.text()).toContain('Not signed in')
    await page.tap('.hero-action')
    expect(page.text()).toContain('New friend')
    expect(page.text()).not.toMatch(/[\u3400-\u9fff]/)
  })

  test('speaks Chinese on a phone set to traditional Chinese', async () => {
    const { device } = await open({ language: 'zh_TW' })
    expect(device.titles).toEqual(['我的'])
  })

  test('hears nothing any more once it is closed', async () => {
    const { page, device } = await open()
    page.close()
    const before = page.renders()
    const { auth } = (page.app['globalData'] ?? {}) as { auth: { signIn(): Promise<void> } }
    const signingIn = auth.signIn()
    await settle()
    await signingIn
    device.setConnected(false)
    expect(page.renders()).toBe(before)
  })
})
