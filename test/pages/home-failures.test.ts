// Home when something fails: each failure its sentence and the one action that fits.
import type { CallEvent, Envelope } from '../../typings/contract'
import { refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { knows, open, RETRIED_MS, relaunch, signedIn } from '../support/page-home'

usePages()

describe('a sign-in that fails', () => {
  const failing = async (envelope: Envelope, ms = RETRIED_MS) => {
    const opened = await open({ server: () => envelope })
    await opened.page.tap('.hero-action')
    await settle(ms)
    return opened
  }

  test('40226: WeChat restricts the account, with whom to tell and the number to copy', async () => {
    const { page, device } = await failing(refuse('USER_BLOCKED'))
    expect(page.text()).toContain('微信限制了这个账号登录')
    expect(page.textOf('.facts')).toContain('编号 r')
    await page.tap('.hero-action')
    expect(device.copied).toEqual(['联系 support@example.com\n编号 r'])
    expect(device.logins()).toBe(1)
  })

  test('45011: the button comes back when another tap is worth it', async () => {
    const { page, device } = await failing(refuse('RATE_LIMITED', { retryAfterMs: 30_000 }), 20)
    expect(page.text()).toContain('操作太频繁了')
    expect(page.text()).toContain('请在 30 秒后再试')
    await page.tap('.hero-action')
    expect(device.logins()).toBe(1)
    await settle(30_000)
    expect(page.text()).toContain('现在可以再试一次')
    await page.tap('.hero-action')
    expect(device.logins()).toBe(2)
  })

  test('45011: another way to the button does not shorten the wait', async () => {
    const { page, device } = await failing(refuse('RATE_LIMITED', { retryAfterMs: 30_000 }), 20)
    await page.tap('.not-now')
    await page.tap('.sign-in-row')
    expect(page.text()).toContain('请在 30 秒后再试')
    expect(device.logins()).toBe(1)
  })

  test('-1: WeChat is busy, and 重试 signs in once it is not', async () => {
    let isBusy = true
    const { page } = await open({ server: (event) => (isBusy ? refuse('WECHAT_BUSY') : knows()(event)) })
    await page.tap('.hero-action')
    await settle(RETRIED_MS)
    expect(page.text()).toContain('微信有点忙')
    expect(page.textOf('.hero-action')).toBe('重试')
    isBusy = false
    await page.tap('.hero-action')
    expect(page.textOf('.person-name')).toBe('小禾')
  })

  test('40125: the service is not ready, which is nothing the user can mend', async () => {
    const { page } = await failing(refuse('MISCONFIGURED'))
    expect(page.text()).toContain('登录服务还没有准备好')
    expect(page.textOf('.hero-action')).toBe('复制以上信息')
    expect(console.warn).toHaveBeenCalledWith(expect.objectContaining({ code: 'MISCONFIGURED', requestId: 'r' }))
  })

  test('an expired answer leaves nothing to do but the usual button', async () => {
    const { page } = await failing(refuse('SESSION_EXPIRED'))
    expect(page.text()).toContain('登录已过期')
    expect(page.textOf('.hero-action')).toBe('一键登录')
  })

  test('"not now" leads on after a failure too', async () => {
    const { page } = await failing(refuse('USER_BLOCKED'))
    await page.tap('.not-now')
    expect(page.text()).toContain('先看看')
    expect(page.text()).not.toContain('微信限制了')
  })
})

describe('offline', () => {
  test('signing in says so, and is offered afresh when the network is back', async () => {
    const { page, device } = await open({ server: () => 'offline' })
    await page.tap('.hero-action')
    await settle(RETRIED_MS)
    expect(page.text()).toContain('网络不通')
    device.setConnected(true)
    expect(page.text()).toContain('还没有登录')
    expect(page.textOf('.hero-action')).toBe('一键登录')
    expect(page.isDisabled('.hero-action')).toBe(false)
  })

  test('the last data stays under a banner, and 重试 recovers', async () => {
    const { device } = await signedIn()
    let isOffline = true
    const next = await relaunch(device, { server: (event) => (isOffline ? 'offline' : knows()(event)) })
    await settle(RETRIED_MS)
    expect(next.page.textOf('.block', '.words')).toBe('网络不通，显示的是上次的资料')
    expect(next.page.textOf('.person-name')).toBe('小禾')
    isOffline = false
    await next.page.tap('.block', '.act')
    expect(next.page.has('.block')).toBe(false)
  })

  test('a renewal that failed at launch keeps the last data, and 重试 ends it', async () => {
    const { device } = await signedIn()
    let isOffline = true
    const server = (event: CallEvent) => (isOffline ? 'offline' : knows()(event))
    const next = await relaunch(device, { server, isKeyDead: true })
    await settle(RETRIED_MS)
    expect(next.page.textOf('.person-name')).toBe('小禾')
    expect(next.page.textOf('.block', '.words')).toContain('网络不通')
    isOffline = false
    await next.page.tap('.block', '.act')
    expect(next.page.has('.block')).toBe(false)
  })

  test('the network coming back recovers without a tap', async () => {
    const { page, device } = await signedIn()
    device.setConnected(false)
    expect(page.textOf('.block', '.words')).toContain('网络不通')
    device.setConnected(true)
    await settle()
    expect(page.has('.block')).toBe(false)
    expect(device.sentCalls('profile')).toHaveLength(1)
  })

  test('the network going away while a sign-in is written down is not forgotten', async () => {
    const { page, device } = await open({ storageMs: 200 })
    await settle(500)
    page.press('.hero-action')
    while (!page.has('.person-name')) await settle()
    device.setConnected(false)
    await settle(1000)
    expect(page.textOf('.block', '.words')).toContain('网络不通')
  })

  test('the banner says that it is trying, and takes no second tap', async () => {
    const { page, device } = await signedIn()
    device.setConnected(false)
    page.press('.block', '.act')
    page.press('.block', '.act')
    await settle(0)
    expect(page.textOf('.block', '.act')).toBe('正在重试…')
    await settle()
    expect(device.sentCalls('profile')).toHaveLength(1)
  })

  test('coming back while a refresh runs asks nothing twice', async () => {
    const { page, device } = await signedIn({
      server: (event) => (event.call === 'profile' ? 'silence' : knows()(event)),
    })
    await page.hideAndShow()
    await page.hideAndShow()
    expect(device.sentCalls('profile')).toHaveLength(1)
  })

  test('a failed refresh that no retry mends shows whom to tell beside the data', async () => {
    const { device } = await signedIn()
    const next = await relaunch(device, { server: () => refuse('INTERNAL') })
    expect(next.page.text()).toContain('这一步没有完成')
    expect(next.page.textOf('.person-name')).toBe('小禾')
    await next.page.tap('.block', '.act')
    expect(next.device.copied).toEqual(['联系 support@example.com\n编号 r'])
  })
})
