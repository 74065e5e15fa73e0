// The three ages of WeChat's profile data, as one component decides them; the page does not know.
import { ageOf } from '../../miniprogram/components/avatar-picker/age'
import { refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { createProfiles, openProfile, plain, signed } from '../support/page-profile'

usePages()

test.each([
  ['3.17.0', 'fill'],
  ['2.27.1', 'fill'],
  ['2.27.0', 'fill'],
  ['2.21.2', 'fill'],
  ['2.21.1', 'dialog'],
  ['2.20.0', 'dialog'],
  ['2.10.4', 'dialog'],
  ['2.10.3', 'button'],
  ['2.2.3', 'button'],
])('base library %s: %s', (version, age) => {
  expect(ageOf(version)).toBe(age)
})

const TAKE = ['.picker-host', '.take']

describe('where the library has the fill-in components', () => {
  test('no older way is offered', async () => {
    const { page } = await openProfile({ lib: '2.27.1' })
    expect([page.has(...TAKE), page.has('.picker-host', '.choose')]).toEqual([false, true])
  })
})

describe('where getUserProfile asks', () => {
  const open = (more: Parameters<typeof openProfile>[0] = {}) => openProfile({ lib: '2.20.0', ...more })

  test('one tap brings name and face', async () => {
    const { page, device, src, field } = await open()
    await page.tap(...TAKE)
    expect(device.sentCalls('userInfo').map(({ data }) => data)).toEqual([signed])
    expect([field(), src()]).toEqual(['微信名字', 'cloud://env.bucket/avatars/of-wechat.png'])
  })

  test('the button is off until session and session_key are alive, and no code is taken in the tap', async () => {
    const { page, device } = await open({ isKeyDead: true })
    expect(device.logins()).toBe(1)
    await page.tap(...TAKE)
    expect([device.logins(), device.sentCalls('userInfo').length]).toEqual([1, 1])
  })

  test('offline, a plain tap makes it ready again', async () => {
    const profiles = createProfiles()
    profiles.isOffline = true
    const { page, notice } = await open({ isKeyDead: true, profiles })
    await settle(10_000)
    expect([page.textOf(...TAKE), notice().slice(0, 4)]).toEqual(['重试', '网络不通'])
    profiles.isOffline = false
    await page.tap(...TAKE)
    expect(page.textOf(...TAKE)).toBe('使用微信头像与昵称')
  })

  test('a no is the right of the user, and the name may still be typed', async () => {
    const { page, answers, notice, save, saved } = await open()
    answers.dialog = { errMsg: 'getUserProfile:fail auth deny' }
    await page.tap(...TAKE)
    expect(notice()).toBe('你没有提供头像与昵称，不影响继续使用，也可以自己填写昵称')
    await save('小禾')
    expect(saved()).toEqual([{ nickname: '小禾' }])
  })

  test('the anonymous answer is not stored and is told of', async () => {
    const { page, profiles, notice, field } = await open()
    profiles.userInfo = () => profiles.store({})
    await page.tap(...TAKE)
    expect([notice(), field()]).toEqual(['微信没有给出头像与昵称，可以自己填写昵称', ''])
  })

  test('a new address of the face that was there is no new face', async () => {
    const at = (sign: number) => `https://a.example/avatars/old.png?sign=${sign}`
    const profiles = createProfiles({ ...plain, avatarUrl: at(1), avatarState: 'passed' })
    const { page, notice } = await open({ profiles })
    profiles.userInfo = () => profiles.store({})
    profiles.tell = (user) => ({ ...user, avatarUrl: at(2) })
    await page.tap(...TAKE)
    expect(notice()).toBe('微信没有给出头像与昵称，可以自己填写昵称')
  })

  test('the copy of the face that was there, shown since the verdict, is no new face', async () => {
    const avatarUrl = 'cloud://env.bucket/avatars/old.png'
    const profiles = createProfiles({ ...plain, avatarUrl, avatarState: 'checking' })
    const { page, notice } = await open({ profiles })
    profiles.userInfo = () => profiles.store({})
    const copy = `cloud://env.bucket/copies/${'c'.repeat(32)}/avatars/old.png`
    profiles.tell = (user) => ({ ...user, avatarUrl: copy, avatarState: 'passed' })
    await page.tap(...TAKE)
    expect(notice()).toBe('微信没有给出头像与昵称，可以自己填写昵称')
  })

  test('another face in the place of one under the same check is a new face', async () => {
    const avatarUrl = 'cloud://env.bucket/avatars/old.png'
    const user = { ...plain, nickname: '微信名字', avatarUrl, avatarState: 'checking' } as const
    const { page, src, notice } = await open({ profiles: createProfiles(user) })
    await page.tap(...TAKE)
    expect([src(), notice()]).toEqual(['cloud://env.bucket/avatars/of-wechat.png', ''])
  })

  test('what did not open is asked for again after the key was renewed', async () => {
    const { page, profiles, device, notice } = await open()
    profiles.userInfo = () => refuse('SESSION_KEY_STALE')
    await page.tap(...TAKE)
    expect(notice()).toBe('这次授权已经失效，再点一次就好')
    expect(device.logins()).toBe(1)
    expect([page.textOf(...TAKE), page.isDisabled(...TAKE)]).toEqual(['使用微信头像与昵称', false])
  })
})

describe('where the button of getUserInfo asks', () => {
  const open = () => openProfile({ lib: '2.10.3' })
  const answer = (page: Awaited<ReturnType<typeof open>>['page'], detail: object) =>
    page.fire('getUserInfo', detail, ...TAKE)

  test('one tap brings name and face', async () => {
    const { page, field } = await open()
    await answer(page, { errMsg: 'getUserInfo:ok', ...signed })
    expect(field()).toBe('微信名字')
  })

  test('who said no before is told that they may choose anew', async () => {
    const { page } = await open()
    expect(page.textOf('.picker-host', '.hint')).toBe('上次没有允许，可以再点一次重新选择')
  })

  test('a no changes nothing', async () => {
    const { page, device, notice } = await open()
    await answer(page, { errMsg: 'getUserInfo:fail auth deny' })
    expect([device.sentCalls('userInfo'), notice().slice(0, 10)]).toEqual([[], '你没有提供头像与昵称'])
  })
})
