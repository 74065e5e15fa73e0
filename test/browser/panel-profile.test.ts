// The chips about avatar and nickname in the panel: what is chosen there is what WeChat does.

import { useStage, type Visitor } from '../support/stage'

const stage = useStage()

const ready = async (): Promise<Visitor> => {
  const visitor = await stage.visit()
  await visitor.panel.locator('.group-tab[data-group="profile"]').click()
  return visitor
}
const service = () => stage.emulator.weixin.profileService()

test('one review is lit at a time, and a lit one that is tapped again lets WeChat look for itself', async () => {
  const visitor = await ready()
  for (const outcome of ['pass', 'unsafe', 'timeout'] as const) {
    await visitor.chip(`nickname-${outcome}`).click()
    await visitor.lit(`nickname-${outcome}`, true)
    expect(service().nickname).toBe(outcome)
  }
  expect(await visitor.panel.locator('#group-profile .chip[aria-pressed="true"]').count()).toBe(1)

  await visitor.chip('nickname-timeout').click()
  await visitor.lit('nickname-timeout', false)
  expect(service().nickname).toBe('check')
})

test.each([
  ['avatar-unsafe', 'avatar', 'unsafe', 'ask'],
  ['userInfo-dialog', 'userInfo', 'dialog', 'anonymous'],
] as const)('%s is on and off again', async (deed, key, on, off) => {
  const visitor = await ready()
  await visitor.chip(deed).click()
  await visitor.lit(deed, true)
  expect(service()[key]).toBe(on)

  await visitor.chip(deed).click()
  await visitor.lit(deed, false)
  expect(service()[key]).toBe(off)
})

test.each(['cut', 'lost'] as const)(
  'an upload that is to be %s is armed for this person only, and disarmed by another tap',
  async (answer) => {
    const visitor = await ready()
    const deed = `upload-${answer}`
    await visitor.chip(deed).click()
    await visitor.lit(deed, true)
    expect(stage.emulator.faults.list().map(({ spec }) => spec)).toEqual([
      { at: 'uploadFile', answer, times: 1, account: 'v1' },
    ])

    await visitor.chip(deed).click()
    await visitor.lit(deed, false)
    expect(stage.emulator.faults.list()).toEqual([])
  },
)

test('a mini-program that left the Open Platform is told no unionid, and is told again when it is back', async () => {
  const visitor = await ready()
  const identities = () => stage.emulator.database.find('identities').length
  await visitor.chip('platform-off').click()
  await visitor.lit('platform-off', true)
  await visitor.signIn()
  expect(identities()).toBe(1) // the openid's alone

  await visitor.chip('platform-off').click()
  await visitor.lit('platform-off', false)
  await visitor.choose('account', 'v2')
  await visitor.signIn()
  expect(identities()).toBe(3)
})

test('with the arrow keys one walks round the groups', async () => {
  const visitor = await ready()
  const chosen = () => visitor.panel.locator('.group-tab[aria-selected="true"]').getAttribute('data-group')
  await visitor.panel.locator('.group-tab[data-group="profile"]').press('ArrowRight')
  expect(await chosen()).toBe('service')
  await visitor.page.keyboard.press('ArrowRight')
  expect(await chosen()).toBe('signIn')
  await visitor.page.keyboard.press('ArrowLeft')
  await visitor.page.keyboard.press('ArrowLeft')

  expect(await chosen()).toBe('profile')
})

test('a group that is folded away says by a mark that something in it is armed', async () => {
  const visitor = await ready()
  await visitor.chip('avatar-unsafe').click()
  await visitor.lit('avatar-unsafe', true)
  await visitor.panel.locator('.group-tab[data-group="signIn"]').click()

  await visitor.panel.locator('.group-tab.armed[data-group="profile"]').waitFor()
})
