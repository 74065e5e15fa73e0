// The end of the account on its page: asked for twice, said only when it is so.
import type { IAppOption } from '../../miniprogram/app'
import { ok, refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { openAccount } from '../support/page-account'
import { xiaohe } from '../support/page-home'

usePages()

describe('deleting the account', () => {
  const leaving = async (options: Parameters<typeof openAccount>[0] = {}) => {
    const opened = await openAccount(options)
    await opened.page.tap('.leave')
    return opened
  }

  test('says what will be erased, and only what is there', async () => {
    const { page } = await leaving()
    expect(page.text()).toContain('账号和它的编号所有设备上的登录昵称注销后再登录')
    const all = {
      ...xiaohe,
      phone: { masked: '120****0005', countryCode: '86' },
      avatarUrl: 'cloud://a',
      avatarState: 'passed' as const,
    }
    const full = await leaving({ user: all })
    expect(full.page.text()).toContain('绑定的手机号 120****0005昵称头像图片')
  })

  test('needs a second yes, sends session and fresh code, and says goodbye', async () => {
    const { page, phone } = await leaving()
    await page.tap('.main')
    expect(phone.modals).toEqual([{ title: '确定注销账号吗', content: '账号和你的信息会马上删除，不能恢复。' }])
    expect(phone.sentCalls('deleteAccount')).toMatchObject([{ data: { confirm: true }, token: 't-1', code: 'code-1' }])
    expect(page.text()).toContain('账号已注销')
    await page.tap('.main')
    expect(phone.opened).toEqual(['/pages/home/home'])
  })

  test('does not happen without the second yes, nor when the user stays', async () => {
    const { page, phone } = await leaving()
    phone.answerModal = 'cancel'
    await page.tap('.main')
    await page.tap('.stay')
    expect([phone.sentCalls('deleteAccount'), page.has('.current')]).toEqual([[], true])
  })

  test('that found no network says so and is done with 重试', async () => {
    const { page, devices, notice } = await leaving()
    devices.isOffline = true
    await page.tap('.main')
    await settle(10_000)
    expect(notice().slice(0, 4)).toBe('网络不通')
    devices.isOffline = false
    await page.tap('.notice', '.act')
    expect(page.text()).toContain('账号已注销')
  })

  test('whose answer was lost ends in goodbye when there is nobody left to delete', async () => {
    const { page, devices, notice } = await leaving()
    devices.erase = () => {
      devices.isErased = true
      return 'silence'
    }
    await page.tap('.main')
    await settle(20_000)
    expect(notice()).toBe('没有等到回应，账号可能还没有注销完，请再试一次')
    await page.tap('.notice', '.act')
    await settle(20_000)
    expect(page.text()).toContain('账号已注销')
  })

  const unanswered = async () => {
    const opened = await leaving()
    const { page, devices } = opened
    devices.isOffline = true
    await page.tap('.main')
    await settle(10_000)
    devices.isOffline = false
    return opened
  }

  test('that never arrived, and a session that ended meanwhile: it can be asked for once more', async () => {
    const { page, devices, notice } = await unanswered()
    devices.erase = () => refuse('SESSION_EXPIRED')
    await page.tap('.notice', '.act')
    await settle(20_000)
    expect(page.text()).not.toContain('账号已注销')
    expect(notice()).not.toBe('')
    devices.erase = () => ok()
    await page.tap('.notice', '.act')
    expect(page.text()).toContain('账号已注销')
  })

  test('that never arrived, on a device that was signed out meanwhile: the account lives', async () => {
    const { page, devices } = await unanswered()
    devices.erase = () => refuse('SIGNED_OUT')
    await page.tap('.notice', '.act')
    await settle(20_000)
    expect(page.text()).not.toContain('账号已注销')
    expect(page.textOf('.hero-title')).toBe('这台设备已退出登录')
  })

  test('is not under way any more for who was signed out meanwhile and signed in again', async () => {
    const answerMs = ({ call }: { call: string }) => (call === 'deleteAccount' ? 5_000 : 1)
    const { page, devices } = await leaving({ answerMs })
    devices.erase = () => refuse('WECHAT_BUSY')
    await page.tap('.main')
    const { auth } = page.app['globalData'] as IAppOption['globalData']
    await Promise.all([auth.signOut(), settle()])
    await Promise.all([auth.signIn(), settle(5_000)])
    expect([page.has('.current'), page.has('.stay')]).toEqual([true, false])
  })

  test('that the server refuses is told with whom to ask', async () => {
    const { page, devices, notice } = await leaving()
    devices.erase = () => refuse('DATA_MISMATCH')
    await page.tap('.main')
    expect(notice()).toContain('账号信息对不上，刚才的操作没有进行，请联系我们')
    expect(page.textOf('.notice', '.act')).toBe('复制以上信息')
  })
})
