// Home and the ways out: signing out, and not signing in.
import { refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { knows, open, RETRIED_MS, relaunch, signedIn } from '../support/page-home'

usePages()

describe('signing out', () => {
  test('asks once, and then lasts across launches', async () => {
    const { page, device } = await signedIn()
    await page.tap('.sign-out')
    expect(device.sheets).toEqual([{ alertText: '退出后，这台设备不会再自动登录', itemList: ['退出登录'] }])
    expect(page.text()).toContain('已退出登录')
    expect(device.sentCalls('signOut')).toHaveLength(1)
    const next = await relaunch(device)
    expect(next.page.text()).toContain('已退出登录')
    expect(next.device.sent).toEqual([])
  })

  test('a sheet waved away changes nothing', async () => {
    const { page, device } = await signedIn()
    device.answerSheet = 'cancel'
    await page.tap('.sign-out')
    expect(page.textOf('.person-name')).toBe('小禾')
    expect(device.sentCalls('signOut')).toEqual([])
  })

  test('signing in again is possible at once, also while a refresh hangs', async () => {
    const { page, device } = await signedIn({
      server: (event) => (event.call === 'profile' ? 'silence' : knows()(event)),
    })
    await page.hideAndShow()
    await page.tap('.sign-out')
    await page.tap('.hero-action')
    expect(page.textOf('.person-name')).toBe('小禾')
    expect(device.logins()).toBe(2)
    await settle(60_000)
    expect(page.has('.block')).toBe(false)
  })

  test('a device that cannot write it down says what that means', async () => {
    const { page } = await signedIn({ isStorageBroken: true })
    await page.tap('.sign-out')
    await settle(RETRIED_MS)
    expect(page.text()).toContain('设备没能记下来')
  })
})

describe('not now', () => {
  test('leads to something to see, and asks no more', async () => {
    const { page, device } = await open()
    await page.tap('.not-now')
    expect(page.text()).toContain('先看看')
    expect(page.has('.hero-action')).toBe(false)
    await page.hideAndShow()
    expect(page.has('.hero-action')).toBe(false)
    expect(device.sent).toEqual([])
  })

  test('holds for a page opened anew in this launch, and no longer', async () => {
    const { page, device } = await open()
    await page.tap('.not-now')
    const again = await page.reopen()
    expect(again.has('.hero-action')).toBe(false)
    const next = await relaunch(device)
    expect(next.page.has('.hero-action')).toBe(true)
  })

  test('still lets one sign in later', async () => {
    const { page } = await open()
    await page.tap('.not-now')
    await page.tap('.sign-in-row')
    expect(page.textOf('.person-name')).toBe('小禾')
  })
})

describe('signed out from another device', () => {
  const ended = async () => {
    let isEnded = false
    const server: typeof knowing = (event) => (isEnded && event.token ? refuse('SIGNED_OUT') : knowing(event))
    const opened = await signedIn({ server })
    isEnded = true
    await opened.page.hideAndShow()
    return opened
  }
  const knowing = knows()

  test('says so, and signs nobody in before a tap', async () => {
    const { page, device } = await ended()
    expect(page.text()).toContain('这台设备已退出登录')
    expect(page.textOf('.hero-action')).toBe('一键登录')
    expect(device.logins()).toBe(1)
  })

  test('still says why at the next launch, and one tap signs in', async () => {
    const { device } = await ended()
    const { page } = await relaunch(device)
    expect(page.text()).toContain('已在其他设备上让它退出')
    await page.tap('.hero-action')
    expect(page.textOf('.person-name')).toBe('小禾')
  })
})
