// The page of the phone number when something fails: each failure its sentence, and the page stays usable.
import { refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { createNumbers, masked, openPhone } from '../support/page-phone'

usePages()

describe('a refusal at the button has its own sentence, costs nothing, and leaves the button usable', () => {
  test.each([
    ['user deny', undefined, '你没有提供手机号'],
    ['user deny', 103, '你没有提供手机号'],
    ['appid no enough quota', 1400001, '暂时不能获取手机号'],
    ['no permission', undefined, '手机号功能还没有开通'],
    ['api scope is not declared in the privacy agreement', 112, '手机号功能还不能用'],
    ['getPhoneNumber is blocked', 1421102, '这个账号暂时不能提供手机号'],
    ['request:fail', 600001, '网络不通'],
    ['timeout', 5, '没有等到回应'],
    ['', 1003, '操作太频繁了'],
  ])('%s, errno %s: %s', async (errMsg, errno, sentence) => {
    const { page, fail, allow, notice, sent } = await openPhone()
    await fail(errMsg, errno)
    expect(notice()).toContain(sentence)
    expect(sent()).toEqual([])
    await allow()
    expect(page.textOf('.masked')).toBe('120****0005')
    expect(notice()).toBe('')
  })

  test('privacy refused: the guideline is one tap away, and the button rests while WeChat would not ask', async () => {
    const { page, device, fail, allow, notice, QUICK } = await openPhone()
    await fail('privacy permission is not authorized', 104)
    expect(notice()).toContain('你没有同意隐私保护指引')
    await page.tap('.notice', '.act')
    expect(device.privacyOpened()).toBe(1)
    expect(page.isDisabled(...QUICK)).toBe(true)
    await settle(10_000)
    await allow()
    expect(page.has('.masked')).toBe(true)
  })

  test('what nobody here can mend says whom to tell', async () => {
    const { page, device, fail } = await openPhone()
    await fail('no permission')
    await page.tap('.notice', '.act')
    expect(device.copied).toEqual(['联系 support@example.com'])
  })
})

describe('a refusal of the server', () => {
  test.each([
    ['PHONE_CODE_INVALID', '这次授权已经失效，号码没有变动，再点一次就好'],
    ['DATA_MISMATCH', '号码没有通过核对'],
    ['MISCONFIGURED', '手机号服务还没有准备好'],
    ['USER_CHANGED', '微信账号已经更换'],
    ['INTERNAL', '这一步没有完成'],
  ] as const)('%s: %s, and another tap may work', async (code, sentence) => {
    const { page, numbers, allow, notice } = await openPhone()
    numbers.phone = () => refuse(code)
    await allow()
    expect(notice()).toContain(sentence)
    numbers.phone = () => numbers.bind(masked)
    await allow('phone-code-2')
    expect(page.has('.masked')).toBe(true)
  })

  test('the number to quote can be copied', async () => {
    const { page, device, numbers, allow } = await openPhone()
    numbers.phone = () => refuse('INTERNAL')
    await allow()
    await page.tap('.notice', '.act')
    expect(device.copied).toEqual(['联系 support@example.com\n编号 r'])
  })

  test('the key is stale: the device signs in, the page says tap again, the second tap works', async () => {
    const { page, device, numbers, notice, QUICK } = await openPhone({ lib: '2.20.0' })
    numbers.phone = () => refuse('SESSION_KEY_STALE')
    const sealed = { errMsg: 'getPhoneNumber:ok', encryptedData: 'ZGF0YQ==', iv: 'aXY=' }
    await page.fire('getPhoneNumber', sealed, ...QUICK)
    expect(notice()).toBe('这次授权已经失效，再点一次就好')
    expect(device.logins()).toBe(1)
    numbers.phone = () => numbers.bind(masked)
    await page.fire('getPhoneNumber', sealed, ...QUICK)
    expect(page.has('.masked')).toBe(true)
  })

  test('too often: the button rests, then hands over the number that is paid for already', async () => {
    const { page, numbers, allow, sent, notice } = await openPhone()
    numbers.phone = () => refuse('RATE_LIMITED', { retryAfterMs: 30_000 })
    await allow()
    expect(notice()).toContain('操作太频繁了')
    expect(page.textOf('.number', '.ask')).toBe('稍后再试')
    await settle(30_000)
    numbers.phone = () => numbers.bind(masked)
    await page.tap('.number', '.again')
    expect(page.has('.masked')).toBe(true)
    expect(sent()).toEqual([{ code: 'phone-code-1' }, { code: 'phone-code-1' }])
  })
})

describe('the network goes away', () => {
  test('before the tap: the button cannot be made ready, says so, and comes back with the network', async () => {
    const numbers = createNumbers()
    numbers.isOffline = true
    const { page, device, notice } = await openPhone({ numbers, isKeyDead: true })
    await settle(5_000)
    expect(notice()).toContain('网络不通')
    expect(page.textOf('.number', '.again')).toBe('重试')
    numbers.isOffline = false
    device.setConnected(true)
    await settle()
    expect([page.has('.number', '.ask'), notice()]).toEqual([true, ''])
  })

  test('after the bind: the lost answer is read from the profile, one tap', async () => {
    const { page, numbers, allow, notice, sent } = await openPhone()
    numbers.phone = () => {
      numbers.bind(masked)
      return 'offline'
    }
    await allow()
    await settle(5_000)
    expect(page.textOf('.masked')).toBe('120****0005')
    expect([notice(), sent()]).toEqual(['', [{ code: 'phone-code-1' }]])
  })

  test('before the bind: the number is kept and handed over by a plain tap, nobody pays twice', async () => {
    const { page, numbers, allow, notice, sent } = await openPhone()
    numbers.isOffline = true
    await allow()
    await settle(5_000)
    expect(notice()).toBe('网络不通，点重试就好，不用再次授权')
    expect([page.has('.number', '.ask'), page.has('.strict')]).toEqual([false, false])
    numbers.isOffline = false
    await page.tap('.number', '.again')
    expect(page.has('.masked')).toBe(true)
    expect(sent()).toEqual([{ code: 'phone-code-1' }, { code: 'phone-code-1' }])
  })

  test('a kept number is given up when its five minutes are over', async () => {
    const { page, numbers, allow } = await openPhone()
    numbers.isOffline = true
    await allow()
    await settle(5_000)
    await settle(300_000)
    expect(page.has('.number', '.ask')).toBe(true)
  })
})
