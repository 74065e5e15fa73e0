// A face and a name as a person gives them: the real mini-program, the built functions, the emulator, real browsers.

import { useStage, type Visitor } from '../support/stage'
import { judged } from '../support/verdicts'

const stage = useStage()

const user = (): Record<string, unknown> => stage.emulator.database.find('users')[0] ?? {}
const pictures = () => stage.emulator.storage.list().filter(({ owner }) => owner !== undefined)
const nothingStored = () => expect([user()['nickname'], user()['avatar']]).toEqual([undefined, undefined])
const field = ({ screen }: Visitor) => screen.locator('.input input')
/** In WeChat's own sheets and dialogs, over the page. */
const press = ({ page }: Visitor, words: string) => page.locator('.dialogs').getByText(words, { exact: true }).click()
/** How wide the picture really is; 0 until it is there. */
const face = async ({ screen }: Visitor, where = '.picker-host'): Promise<number> => {
  const picture = screen.locator(`${where} img`)
  await picture.waitFor()
  return picture.evaluate(async (it: HTMLImageElement) => {
    await it.decode()
    return it.naturalWidth
  })
}
const isFaceless = async ({ screen }: Visitor) => (await screen.locator('.picker-host img').count()) === 0
const save = (visitor: Visitor) => visitor.screen.locator('.save').click()
const saved = (visitor: Visitor) => visitor.screen.locator('.save', { hasText: '已保存' }).waitFor()

/** By the row on home, so that there is something to go back to. */
const enter = async (visitor: Visitor): Promise<void> => {
  await visitor.screen.locator('.entry', { hasText: '头像与昵称' }).click()
  await visitor.screen.locator('.form').waitFor()
}
/** Signed in, the guideline agreed to, the page open. */
const edit = async (options: Parameters<typeof stage.visit>[0] = {}): Promise<Visitor> => {
  stage.emulator.weixin.agreePrivacy('v1')
  const visitor = await stage.visit(options)
  await visitor.signIn()
  const calls = stage.emulator.trace.count('callFunction')
  await enter(visitor)
  await stage.emulator.trace.until('callFunction', calls + 1) // what is stored is read anew
  return visitor
}
const chooseFace = async (visitor: Visitor): Promise<void> => {
  await visitor.screen.locator('.choose').click()
  await press(visitor, '用微信头像')
  expect(await face(visitor)).toBe(132)
}
const filledIn = async (name: string, options: Parameters<typeof stage.visit>[0] = {}): Promise<Visitor> => {
  const visitor = await edit(options)
  await chooseFace(visitor)
  await field(visitor).fill(name)
  await field(visitor).blur()
  return visitor
}
/** Nothing of what was filled in is lost. */
const stillThere = async (visitor: Visitor, name: string): Promise<void> => {
  expect(await field(visitor).inputValue()).toBe(name)
  expect(await face(visitor)).toBe(132)
}

describe.each(['3.17.0', '2.27.1'])('with base library %s', (lib) => {
  test('a chosen face and a typed name are there after a reload, here and on home', async () => {
    const visitor = await filledIn('小禾', { lib })
    await save(visitor)
    await saved(visitor)

    await visitor.reload()
    expect(await face(visitor, '.person')).toBe(132)
    await visitor.screen.locator('.person-name', { hasText: '小禾' }).waitFor()
    await enter(visitor)
    await stillThere(visitor, '小禾')
    expect(pictures().map(({ path }) => path)).toEqual([expect.stringMatching(/^avatars\/[0-9a-f]{32}\.png$/)])
    expect(visitor.errors).toEqual([])
  })
})

test('a name that the review of WeChat does not let pass is taken out and said so; the face stays', async () => {
  stage.emulator.weixin.setProfileService({ nickname: 'unsafe' })
  const visitor = await filledIn('坏名字')

  await visitor.sees('微信没有通过这个昵称，请换一个')
  await stillThere(visitor, '')
  nothingStored()
})

test('a name that our server refuses stays to be changed, and one tap leads to it', async () => {
  stage.emulator.weixin.setContentService({ text: 'risky' })
  const visitor = await filledIn('小禾')
  await save(visitor)
  await visitor.sees('昵称没有通过审核，请换一个昵称')
  await stillThere(visitor, '小禾')
  nothingStored()

  await visitor.tap('换一个')
  expect(await field(visitor).evaluate((it) => it === document.activeElement)).toBe(true)
  stage.emulator.weixin.setContentService({ text: 'check' })
  await field(visitor).fill('禾')
  await save(visitor)
  await saved(visitor)
  expect([user()['nickname'], pictures().length]).toEqual(['禾', 1])
})

test('an unsafe picture and a cancelled sheet change nothing', async () => {
  const visitor = await edit()
  await field(visitor).fill('小禾')
  for (const choices of [['从相册选择', '违规'], ['取消']]) {
    await visitor.screen.locator('.choose').click()
    for (const choice of choices) await press(visitor, choice)
  }
  await stage.emulator.trace.until('button.chooseAvatar', 2)

  expect([await isFaceless(visitor), await field(visitor).inputValue()]).toEqual([true, '小禾'])
  await save(visitor)
  await saved(visitor)
  expect([user()['nickname'], user()['avatar'], pictures()]).toEqual(['小禾', undefined, []])
})

test('a picture that WeChat rejects afterwards is gone, and the page says so', async () => {
  stage.emulator.weixin.setContentService({ picture: 'risky' })
  const visitor = await filledIn('小禾')
  await save(visitor)
  await visitor.sees('头像正在审核')
  await judged(stage.emulator)

  await visitor.page.getByLabel('返回').click()
  await enter(visitor)
  await visitor.sees('上次的头像没有通过审核')
  expect([await isFaceless(visitor), pictures(), user()['nickname']]).toEqual([true, [], '小禾'])
})

test('an upload that is cut saves nothing, says what happened, and 重试 goes through', async () => {
  const visitor = await filledIn('小禾')
  stage.emulator.faults.add({ at: 'uploadFile', answer: 'cut' })
  await save(visitor)
  await visitor.sees('头像上传中断了，填写的内容还在，请再试一次')
  await stillThere(visitor, '小禾')
  nothingStored()
  expect(pictures()).toEqual([])

  await visitor.tap('重试')
  await saved(visitor)
  expect([user()['nickname'], pictures().length]).toEqual(['小禾', 1])
})

test('a save that is cut stores neither name nor face; its answer lost, it stands saved', async () => {
  const visitor = await filledIn('小禾')
  const cut = stage.emulator.faults.add({ at: 'callFunction', answer: 'hold' })
  await save(visitor)
  await cut.held()
  stage.emulator.faults.add({ at: 'callFunction', answer: 'cut', times: 9 })
  cut.remove() // the path of the picture is issued; the save and the reading after it are cut
  await visitor.sees('填写的内容还在')
  await stillThere(visitor, '小禾')
  nothingStored()

  stage.emulator.faults.clear()
  stage.emulator.faults.add({ at: 'callFunction', answer: 'lost' })
  await visitor.tap('重试')
  await saved(visitor)
  expect([user()['nickname'], pictures().length]).toEqual(['小禾', 1])
})

test('offline says so, keeps everything, and goes through when the network is back', async () => {
  const visitor = await filledIn('小禾')
  await visitor.chip('offline').click()
  await save(visitor)
  await visitor.sees('网络不通，填写的内容还在，网络恢复后再保存')
  await stillThere(visitor, '小禾')
  nothingStored()

  await visitor.chip('offline').click()
  await visitor.tap('重试')
  await saved(visitor)
  expect(user()['nickname']).toBe('小禾')
})

test('leaving and coming back keeps what was typed and chosen', async () => {
  const visitor = await filledIn('小禾')
  await visitor.page.getByLabel('返回').click()
  await enter(visitor)

  await stillThere(visitor, '小禾')
  nothingStored()
})

test('name and face are removed one by one, each after a question that takes a no', async () => {
  const visitor = await filledIn('小禾')
  await save(visitor)
  await saved(visitor)
  await visitor.tap('移除昵称')
  await press(visitor, '取消')
  expect(await field(visitor).inputValue()).toBe('小禾')
  await visitor.tap('移除昵称')
  await press(visitor, '移除昵称')
  await visitor.screen.locator('.remove-name').waitFor({ state: 'detached' })
  expect([await field(visitor).inputValue(), await face(visitor), user()['nickname']]).toEqual(['', 132, undefined])

  await visitor.tap('移除头像')
  await press(visitor, '移除头像')
  await visitor.screen.locator('.remove-picture').waitFor({ state: 'detached' })
  expect([await isFaceless(visitor), pictures()]).toEqual([true, []])
  nothingStored()
})

describe('older libraries', () => {
  test('2.20.0 asks by the dialog of getUserProfile, keeps a no, and stores real data', async () => {
    const visitor = await edit({ lib: '2.20.0' })
    await visitor.screen.locator('.take').click()
    await press(visitor, '拒绝')
    await visitor.sees('你没有提供头像与昵称')
    nothingStored()

    await visitor.screen.locator('.take').click()
    await press(visitor, '允许')
    expect(await face(visitor)).toBe(132)
    expect([await field(visitor).inputValue(), user()['nickname']]).toEqual(['小满', '小满'])
    expect(stage.emulator.storage.list().filter(({ path }) => /^avatars\/[0-9a-f]{32}\./.test(path))).toHaveLength(1)
  })

  test('2.10.3 has the button of getUserInfo; the anonymous user is not stored, a real one is', async () => {
    const visitor = await edit({ lib: '2.10.3' })
    await visitor.screen.locator('.take').click()
    await visitor.sees('微信没有给出头像与昵称')
    nothingStored()
    expect(await isFaceless(visitor)).toBe(true)

    stage.emulator.weixin.setProfileService({ userInfo: 'dialog' })
    await visitor.screen.locator('.take').click()
    await press(visitor, '允许')
    expect([await face(visitor), user()['nickname']]).toEqual([132, '小满'])
  })
})
