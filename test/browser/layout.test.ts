// What a finger and an eye meet on the pages of the profile and the account: targets that are large enough, and nothing that jumps.

import { FITS, measured, places } from '../support/measure'
import { useStage, type Visitor } from '../support/stage'

const stage = useStage()

const PROFILE = 'pages/profile/profile'
const ACCOUNT = 'pages/account/account'
const SIZES = [
  { width: 390, height: 844, lang: 'zh' },
  { width: 320, height: 568, lang: 'en' },
] as const

type Size = { width: number; height: number; lang: 'zh' | 'en' }

const open = async (path: string, size: Size): Promise<Visitor> => {
  stage.emulator.weixin.agreePrivacy('v1')
  const first = await stage.visit(size)
  await first.signIn()
  await first.close()
  return stage.visit({ ...size, page: path, context: first.context })
}
const notice = ({ screen }: Visitor) => screen.locator('.notice')

test.each(SIZES)(
  'the profile at $width×$height in $lang: what is said moves nothing that stands above it',
  async (size) => {
    const visitor = await open(PROFILE, size)
    const { width } = size
    const { screen } = visitor
    const above = () => places(visitor, '.picker-host', '.chip', '.input', '.save')
    await screen.locator('.choose').click()
    await visitor.page.locator('.avatar-sheet .item').first().click()
    await screen.locator('.picker-host img').waitFor()
    const before = await above()
    expect(await measured(visitor, width)).toEqual(FITS)

    stage.emulator.weixin.setContentService({ text: 'risky' })
    await screen.locator('.input input').fill('小禾')
    await screen.locator('.save').click()
    await notice(visitor).waitFor()
    expect(await above()).toEqual(before)
    expect(await measured(visitor, width)).toEqual(FITS)

    stage.emulator.weixin.setContentService({ text: 'check' })
    await screen.locator('.save').click()
    await screen.locator('.remove-name').waitFor()
    expect(await measured(visitor, width)).toEqual(FITS)
    // The face that is being checked says so in a place that was kept for it.
    expect(await above()).toEqual(before)
  },
)

test.each(SIZES)(
  'the account at $width×$height in $lang: what is said moves nothing that stands above it',
  async (size) => {
    const other = await stage.visit()
    await other.signIn()
    const visitor = await open(ACCOUNT, size)
    const { width } = size
    const { screen } = visitor
    const above = () => places(visitor, '.heading', '.current', '.other', '.others')
    await screen.locator('.others').waitFor()
    const before = await above()
    expect(await measured(visitor, width)).toEqual(FITS)

    stage.emulator.faults.add({ at: 'callFunction', answer: 'cut', times: 9 })
    await screen.locator('.others').click()
    await visitor.page.locator('.modal .confirm').click()
    await notice(visitor).waitFor()
    expect(await above()).toEqual(before)
    expect(await measured(visitor, width)).toEqual(FITS)

    stage.emulator.faults.clear()
    await screen.locator('.leave').click()
    await screen.locator('.points').waitFor()
    const reading = await places(visitor, '.points', '.main', '.stay')
    expect(await measured(visitor, width)).toEqual(FITS)
    stage.emulator.faults.add({ at: 'callFunction', answer: 'cut', times: 9 })
    await screen.locator('.main').click()
    await visitor.page.locator('.modal .confirm').click()
    await notice(visitor).waitFor()
    expect(await places(visitor, '.points', '.main', '.stay')).toEqual(reading)
    expect(await measured(visitor, width)).toEqual(FITS)
  },
)

test.each([
  [PROFILE, 'storage.get', '.ghost-field', '.field'],
  [ACCOUNT, 'callFunction', '.sign-out', '.sign-out'],
] as const)('on %s what stands in for the unknown leaves exactly its place', async (path, op, ghost, real) => {
  stage.emulator.weixin.agreePrivacy('v1')
  const first = await stage.visit()
  await first.signIn()
  await first.close()
  const held = stage.emulator.faults.add({ at: op, answer: 'hold', times: 9 })
  const visitor = await stage.visit({ page: path, context: first.context })
  await visitor.screen.locator('.ghost').first().waitFor()
  const [before = []] = await places(visitor, ghost)

  held.remove()
  await visitor.screen.locator('.ghost').first().waitFor({ state: 'detached' })
  const [after = []] = await places(visitor, real)
  // An rpx is no whole number of pixels: what is half a pixel away has not moved.
  expect(after.map((value, at) => Math.abs(value - (before[at] ?? 0)) < 0.5)).toEqual([true, true, true, true])
})
