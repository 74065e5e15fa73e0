// The account over time as a person sees it: other devices are signed out, and the account is deleted for good.

import { useStage, type Visitor } from '../support/stage'

const stage = useStage()

const press = ({ page }: Visitor, words: string) => page.locator('.dialogs').getByText(words, { exact: true }).click()
const enter = async (visitor: Visitor, label: string): Promise<void> =>
  visitor.screen.locator('.entry', { hasText: label }).click()

/** Another device of the same person, signed in, on home. */
const arrive = async (): Promise<Visitor> => {
  const visitor = await stage.visit()
  await visitor.signIn()
  return visitor
}
/** The same, on the page of the account, which has told of its devices. */
const arriveAtAccount = async (): Promise<Visitor> => {
  const visitor = await arrive()
  await enter(visitor, '账号与设备')
  await visitor.screen.locator('.current').waitFor()
  return visitor
}
const isToldSo = async (visitor: Visitor): Promise<void> => {
  await visitor.sees('这台设备已退出登录')
  await visitor.sees('已在其他设备上让它退出')
}

test('who is signed out from another device is told so by the next tap, and still after a reload', async () => {
  const other = await arrive()
  const here = await arriveAtAccount()
  await here.tap('退出其他 1 台设备')
  await press(here, '退出')
  await here.sees('没有在其他设备上登录')
  expect(await other.screen.locator('.person-id').count()).toBe(1) // nobody told it yet

  await enter(other, '头像与昵称')
  await isToldSo(other)
  const counted = stage.counting('wx.login', 'callFunction')
  await other.reload()
  await isToldSo(other)

  expect(counted()).toEqual([0, 0])
  await here.page.getByLabel('返回').click()
  expect(await here.shownId()).toMatch(/^[0-9A-F]{8}$/)
  expect([...other.errors, ...here.errors]).toEqual([])
})

test('one other device is signed out by its row, after a question that takes a no', async () => {
  const other = await arrive()
  const kept = await arrive()
  const here = await arriveAtAccount()
  const theirs = here.screen.locator('.other')
  await theirs.nth(1).click()
  await press(here, '取消')
  expect(await theirs.count()).toBe(2)

  // The one that was used last stands first.
  await theirs.nth(1).click()
  await press(here, '退出该设备')
  await here.sees('退出其他 1 台设备')

  await enter(other, '头像与昵称')
  await isToldSo(other)
  await enter(kept, '头像与昵称')
  await kept.screen.locator('.form').waitFor()
})

/** A name, a face, a number: all that an account can have. */
const fillIn = async (visitor: Visitor): Promise<void> => {
  const { weixin } = stage.emulator
  weixin.agreePrivacy('v1')
  weixin.setPhoneOutcome('allow')
  await enter(visitor, '头像与昵称')
  await visitor.screen.locator('.choose').click()
  await press(visitor, '用微信头像')
  await visitor.screen.locator('.picker-host img').waitFor()
  await visitor.screen.locator('.input input').fill('小禾的昵称')
  await visitor.screen.locator('.save').click()
  await visitor.sees('已保存')
  await visitor.page.getByLabel('返回').click()
  await enter(visitor, '手机号')
  await visitor.screen.locator('.number .ask:not(.action-off)').click()
  await visitor.sees('已绑定手机号')
  await visitor.page.getByLabel('返回').click()
}

test('a deleted account is gone from database and storage, and signing in again makes another user', async () => {
  const { database, storage, weixin } = stage.emulator
  const other = await arrive()
  const here = await arrive()
  await fillIn(here)
  const id = database.find('users')[0]?._id ?? ''
  const face = storage.list().find(({ owner }) => owner !== undefined)?.path ?? ''
  const bytes = storage.get(face)?.toString('base64') ?? ''
  /** What of these is still stored anywhere. */
  const left = () => {
    const files = Object.entries(storage.everything()).map(([path, file]) => `${path} ${file.toString('base64')}`)
    const text = [JSON.stringify(database.everything()), ...files].join('\n')
    const secrets = [id, weixin.openid('v1'), '小禾的昵称', '12066600001', '120****0001', face, bytes]
    return secrets.map((secret) => secret !== '' && text.includes(secret))
  }
  expect(left()).toEqual([true, false, true, false, true, true, true]) // openid and number lie sealed or hashed

  await enter(here, '账号与设备')
  await here.tap('注销账号')
  await here.tap('不注销了')
  await here.tap('注销账号')
  await here.sees('绑定的手机号 120****0001')
  await here.tap('继续注销')
  await press(here, '取消')
  expect(database.find('users')).toHaveLength(1)
  await here.tap('继续注销')
  await press(here, '注销')
  await here.sees('账号已注销')
  expect(left()).toEqual(left().map(() => false))
  expect([database.find('users'), database.find('sessions'), database.find('identities')]).toEqual([[], [], []])

  await here.tap('知道了')
  await here.sees('已退出登录')
  await enter(other, '头像与昵称')
  await other.screen.locator('.main').waitFor()
  await here.signIn()
  const again = database.find('users').map((user) => user._id)
  expect([again.length, again.includes(id)]).toEqual([1, false])
  expect(here.errors).toEqual([])
})
