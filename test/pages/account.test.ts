// The page of the account: where one is signed in, and ending it there.
import { daysSince } from '../../miniprogram/pages/account/devices'
import { refuse } from '../support/client-world'
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
    expect([notice().slice(0, 4), page.has('.current'), page.has('.ghost')]).toEqual(['网络不通', false, false])
    devices.isOffline = false
    await page.tap('.notice', '.act')
    expect([notice(), page.has('.current')]).toEqual(['', true])
  })

  test('that cannot be renewed stays, and says that it is an old one', async () => {
    const { page, devices, notice } = await openAccount()
    devices.isOffline = true
    await page.hideAndShow()
    await settle(10_000)
    expect(notice()).toBe('网络不通，显示的是上次的资料')
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
    expect(phone.sheets).toEqual([{ alertText: 'HUAWEI MatePad上的登录会马上失效', itemList: ['退出该设备'] }])
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
    expect(notice().slice(0, 4)).toBe('网络不通')
    devices.isOffline = false
    await page.tap('.notice', '.act')
    expect([notice(), page.has('.alone'), ended().at(-1)]).toEqual(['', true, { which: 'others' }])
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
    expect([notice().slice(0, 4), page.has('.notice', '.act')]).toEqual(['网络不通', false])
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
