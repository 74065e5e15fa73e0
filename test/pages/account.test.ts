// The page of the account: where one is signed in, ending it there, and the end of the account itself.
import { daysSince } from '../../miniprogram/pages/account/devices'
import { ok, refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { createDevices, openAccount, three } from '../support/page-account'
import { xiaohe } from '../support/page-home'

usePages()

describe('the list', () => {
  test('names each device, this one first, and says when it was used', async () => {
    const { page } = await openAccount()
    expect(page.textOf('.current')).toBe('iPhone 15这台设备')
    expect(page.text()).toContain('HUAWEI MatePad3 天前用过退出安卓手机1 个月前用过退出')
  })

  test('is a skeleton until it is there', async () => {
    const devices = createDevices()
    devices.list = () => 'silence'
    const { page } = await openAccount({ devices })
    expect([page.has('.ghost'), page.has('.current')]).toEqual([true, false])
  })

  test('of one device says that it is the only one, and offers to end no other', async () => {
    const { page } = await openAccount({ devices: createDevices(xiaohe, three().slice(0, 1)) })
    expect(page.textOf('.alone')).toBe('没有在其他设备上登录')
    expect(page.has('.others')).toBe(false)
  })

  test('that never came says so, and comes with 重试', async () => {
    const devices = createDevices()
    devices.isOffline = true
    const { page, notice } = await openAccount({ devices })
    await settle(10_000)
    expect([notice().slice(0, 4), page.has('.current'), page.has('.ghost')]).toEqual(['当前离线', false, false])
    devices.isOffline = false
    await page.tap('.notice', '.act')
    expect([notice(), page.has('.current')]).toEqual(['', true])
  })

  test('that cannot be renewed stays, and says that it is an old one', async () => {
    const { page, devices, notice } = await openAccount()
    devices.isOffline = true
    await page.hideAndShow()
    await settle(10_000)
    expect(notice()).toBe('当前离线，显示的是上次的资料')
    expect(page.has('.current')).toBe(true)
  })

  test.each([
    [new Date(2026, 0, 10, 0, 5), new Date(2026, 0, 9, 23, 55), 1],
    [new Date(2026, 0, 10, 23, 55), new Date(2026, 0, 10, 0, 5), 0],
    [new Date(2026, 0, 10), new Date(2026, 0, 12), 0],
    [new Date(2026, 2, 30), new Date(2026, 2, 28), 2],
  ])('at %s what was used at %s was used %i days ago', (now, at, days) => {
    expect(daysSince(at.getTime(), now.getTime())).toBe(days)
  })
})

describe('ending', () => {
  test('one other device: after one question, by its handle', async () => {
    const { page, phone, ended } = await openAccount()
    await page.tap('.other')
    expect(phone.sheets).toEqual([{ alertText: 'HUAWEI MatePad上的登录会马上失效', itemList: ['让它退出登录'] }])
    expect(ended()).toEqual([{ handle: 'h-pad' }])
    expect(page.text()).not.toContain('MatePad')
  })

  test('all others: after a question that counts them', async () => {
    const { page, phone, ended } = await openAccount()
    expect(page.textOf('.others')).toBe('退出其他 2 台设备')
    await page.tap('.others')
    expect(phone.modals).toEqual([
      { title: '退出其他设备吗', content: '其他 2 台设备上的登录会马上失效，这台设备不受影响。' },
    ])
    expect([ended(), page.textOf('.alone')]).toEqual([[{ which: 'others' }], '没有在其他设备上登录'])
  })

  test('nothing when the questions are waved away', async () => {
    const { page, phone, ended } = await openAccount()
    phone.answerSheet = 'cancel'
    phone.answerModal = 'cancel'
    for (const row of ['.other', '.others', '.sign-out']) await page.tap(row)
    expect([ended(), phone.opened]).toEqual([[], []])
  })

  test('this device by a tap on it does nothing', async () => {
    const { page, phone } = await openAccount()
    await page.tap('.current')
    expect(phone.sheets).toEqual([])
  })

  test('this device leads home', async () => {
    const { page, phone, ended } = await openAccount()
    await page.tap('.sign-out')
    await settle(5_000)
    expect([ended(), phone.opened]).toEqual([[{ which: 'this' }], ['/pages/home/home']])
  })

  test('what found no network goes with 重试', async () => {
    const { page, devices, notice, ended } = await openAccount()
    devices.isOffline = true
    await page.tap('.others')
    await settle(10_000)
    expect(notice().slice(0, 4)).toBe('当前离线')
    devices.isOffline = false
    await page.tap('.notice', '.act')
    expect([notice(), page.has('.alone'), ended().at(-1)]).toEqual(['', true, { which: 'others' }])
  })
})

describe('deleting the account', () => {
  const leaving = async (options: Parameters<typeof openAccount>[0] = {}) => {
    const opened = await openAccount(options)
    await opened.page.tap('.leave')
    return opened
  }

  test('says what will be erased, and only what is there', async () => {
    const { page } = await leaving()
    expect(page.text()).toContain('账号和它的编号所有设备上的登录昵称注销后再登录')
    const all = { ...xiaohe, phone: { masked: '120****0005', countryCode: '86' }, avatarUrl: 'cloud://a' }
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
    expect(notice().slice(0, 4)).toBe('当前离线')
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

  test('is not under way any more after a sign-out from elsewhere and a sign-in', async () => {
    const { page, devices } = await leaving()
    devices.erase = () => refuse('SIGNED_OUT')
    await page.tap('.main')
    await page.tap('.main')
    await settle(5_000)
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

describe('nobody signed in', () => {
  test('no account is made by looking, and signing in brings the list', async () => {
    const { page, phone } = await openAccount({ stored: new Map() })
    expect([phone.logins(), page.has('.current')]).toEqual([0, false])
    await page.tap('.main')
    expect(page.has('.current')).toBe(true)
  })

  test('a sign-in that fails says why, and its button tries again', async () => {
    const devices = createDevices()
    devices.isOffline = true
    const { page, notice } = await openAccount({ stored: new Map(), devices })
    await page.tap('.main')
    await settle(10_000)
    expect([notice().slice(0, 4), page.has('.notice', '.act')]).toEqual(['当前离线', false])
    devices.isOffline = false
    await page.tap('.main')
    expect([notice(), page.has('.current')]).toEqual(['', true])
  })

  test('signed out from elsewhere: it says why', async () => {
    const devices = createDevices()
    devices.list = () => refuse('SIGNED_OUT')
    const { page, notice } = await openAccount({ devices })
    expect([page.textOf('.hero-title'), notice()]).toEqual(['这台设备已退出登录', ''])
  })

  test('English is spoken on an English phone', async () => {
    const { page } = await openAccount({ language: 'en' })
    expect(page.text()).not.toMatch(/[\u3400-\u9fff]/)
    expect(page.text()).toContain('Used 3 days ago')
  })
})
