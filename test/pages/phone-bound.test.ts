// The page of the phone number with a number on it: changing, removing, taking it over from another account.
import { refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { xiaohe } from '../support/page-home'
import { masked, openPhone, other } from '../support/page-phone'

usePages()

const bound = { ...xiaohe, phone: masked }

describe('a bound number', () => {
  test('is changed by a real-time verification', async () => {
    const { page, numbers, allowNow, sent } = await openPhone({ user: bound })
    numbers.phone = () => numbers.bind(other)
    await page.tap('.change')
    expect(page.text()).toContain('新号码要当场验证')
    await allowNow('now-1')
    expect(page.textOf('.masked')).toBe('120****0006')
    expect(sent()).toEqual([{ code: 'now-1' }])
  })

  test('stays when the change is given up or refused', async () => {
    const { page, NOW } = await openPhone({ user: bound })
    await page.tap('.change')
    await page.fire('getRealtimePhoneNumber', { errMsg: 'getRealtimePhoneNumber:fail user deny' }, ...NOW)
    await page.tap('.back')
    expect(page.textOf('.masked')).toBe('120****0005')
  })

  test('is changed by the quick way where there is no other', async () => {
    const { page, numbers, allow } = await openPhone({ user: bound, lib: '2.24.3' })
    numbers.phone = () => numbers.bind(other)
    await page.tap('.change')
    await allow()
    expect(page.textOf('.masked')).toBe('120****0006')
  })

  test('is removed after one question, and can be bound again', async () => {
    const { page, device, allow, sent } = await openPhone({ user: bound })
    await page.tap('.remove')
    expect(device.sheets).toEqual([{ alertText: '解除后，不能再用这个号码接收通知和找回账号', itemList: ['解除绑定'] }])
    expect(page.has('.masked')).toBe(false)
    await allow()
    expect(page.textOf('.masked')).toBe('120****0005')
    expect(sent()).toEqual([{ remove: true }, { code: 'phone-code-1' }])
  })

  test('stays when the question is waved away', async () => {
    const { page, device, sent } = await openPhone({ user: bound })
    device.answerSheet = 'cancel'
    await page.tap('.remove')
    expect([page.has('.masked'), sent()]).toEqual([true, []])
  })

  test('that could not be removed for want of a network goes with 重试', async () => {
    const { page, numbers, notice } = await openPhone({ user: bound })
    numbers.isOffline = true
    await page.tap('.remove')
    await settle(5_000)
    expect(notice()).toContain('网络不通')
    numbers.isOffline = false
    await page.tap('.notice', '.act')
    expect([page.has('.masked'), notice()]).toEqual([false, ''])
  })

  test('that was removed although the answer was lost is gone', async () => {
    const { page, numbers, notice } = await openPhone({ user: bound })
    numbers.phone = () => {
      numbers.bind(undefined)
      return 'offline'
    }
    await page.tap('.remove')
    await settle(5_000)
    expect([page.has('.masked'), notice()]).toEqual([false, ''])
  })
})

describe('a number of another account', () => {
  const taken = async (options: Parameters<typeof openPhone>[0] = {}) => {
    const opened = await openPhone(options)
    opened.numbers.phone = (request) =>
      'takeOver' in request && request.takeOver ? opened.numbers.bind(masked) : refuse('PHONE_TAKEN')
    await opened.allow()
    return opened
  }

  test('is explained, and another number may be used', async () => {
    const { page, QUICK } = await taken()
    expect(page.text()).toContain('这个号码绑定了其他账号')
    await page.tap('.back')
    expect(page.has(...QUICK)).toBe(true)
  })

  test('moves only after a real-time verification and a second yes, which cost one verification', async () => {
    const { page, device, allowNow, sent } = await taken()
    await allowNow('now-1')
    await page.tap('.main')
    expect(device.modals).toHaveLength(1)
    expect(page.textOf('.masked')).toBe('120****0005')
    expect(sent()).toEqual([{ code: 'phone-code-1' }, { code: 'now-1' }, { code: 'now-1', takeOver: true }])
  })

  test('stays where it is after a second no', async () => {
    const { page, device, allowNow, sent } = await taken()
    device.answerModal = 'cancel'
    await allowNow('now-1')
    await page.tap('.main')
    expect(page.has('.masked')).toBe(false)
    expect(sent()).toHaveLength(2)
  })

  test('cannot be moved where there is no real-time verification', async () => {
    const { page, sent } = await taken({ lib: '2.24.3' })
    expect([page.has('.main'), page.has('.number-now')]).toEqual([false, false])
    expect(page.text()).toContain('先在原来的账号解除绑定')
    expect(sent()).toHaveLength(1)
  })

  test('whose move was lost on the way is moved by 重试 with the same proof', async () => {
    const { page, numbers, notice, allowNow, sent } = await taken()
    await allowNow('now-1')
    numbers.isOffline = true
    await page.tap('.main')
    await settle(5_000)
    expect(notice()).toContain('网络不通')
    numbers.isOffline = false
    await page.tap('.notice', '.act')
    expect(page.has('.masked')).toBe(true)
    expect(sent().slice(2)).toEqual(Array(2).fill({ code: 'now-1', takeOver: true }))
  })

  test('whose proof is no longer good is asked for afresh', async () => {
    const { page, numbers, notice, allowNow, QUICK } = await taken()
    await allowNow('now-1')
    numbers.phone = () => refuse('PHONE_CODE_INVALID')
    await page.tap('.main')
    expect(notice()).toContain('这次授权已经失效')
    expect(page.has(...QUICK)).toBe(true)
  })
})
