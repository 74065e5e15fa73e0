// <input type="nickname"> on a handset: row 17 of the platform's acceptance list, base libraries, consent.

import { REVIEW_LIMIT_MS } from '../../emulator/device/nickname'
import type { Device, DeviceOptions } from '../../emulator/types'
import { useEmulator } from '../support/journey'

const world = useEmulator()

const agreed = (options: DeviceOptions = {}): Device => {
  world.emulator.weixin.agreePrivacy('v1')
  return world.emulator.device(options)
}
const settle = () => new Promise((resolve) => setImmediate(resolve))
/** Fills the field in, and lets so much time go by as WeChat may take. */
const inTime = async (device: Device, typed: string) => {
  const filled = device.fillNickname(typed)
  await world.emulator.trace.until('input.reviewNickname')
  await settle()
  await world.emulator.clock.advance(REVIEW_LIMIT_MS + 1)
  return filled
}

describe('row 17', () => {
  test('a clean name stays, and the review passes', async () => {
    expect(await agreed().fillNickname('小满')).toMatchObject({ value: '小满', review: { pass: true, timeout: false } })
  })

  test('an unsafe name is cleared, without the page being told of the input', async () => {
    world.emulator.weixin.setProfileService({ nickname: 'unsafe' })

    expect(await agreed().fillNickname('坏名字')).toMatchObject({
      value: '',
      inputs: ['坏名字'],
      review: { pass: false, timeout: false },
    })
  })

  test('a slow review gives up and leaves the name alone', async () => {
    world.emulator.weixin.setProfileService({ nickname: 'timeout' })

    expect(await inTime(agreed(), '小满')).toMatchObject({ value: '小满', review: { timeout: true } })
  })

  test('without consent it is a field of plain text: no name offered, no review, nobody asked', async () => {
    const asked = jest.fn()
    const device = world.emulator.device()
    Reflect.apply(device.wx.onNeedPrivacyAuthorization, device.wx, [asked])

    expect(await device.fillNickname('小满')).toEqual({ value: '小满', inputs: ['小满'] })
    expect(asked).not.toHaveBeenCalled()
    expect(world.emulator.trace.count('input.*')).toBe(0)
  })
})

test('the name above the keyboard is the person’s own, and taking it tells bindinput nothing', async () => {
  expect(await agreed().fillNickname()).toMatchObject({ value: '小满', offered: '小满', inputs: [] })
})

test('an answer that comes too late counts as none, as does no network', async () => {
  world.emulator.faults.add({ at: 'input.reviewNickname', answer: 'silence' })
  const silent = agreed().fillNickname('小满')
  await world.emulator.trace.until('input.reviewNickname')
  await settle()
  await world.emulator.clock.advance(REVIEW_LIMIT_MS + 1)
  const offline = agreed()
  offline.setOnline(false)

  expect((await silent).review).toEqual({ pass: false, timeout: true })
  expect((await offline.fillNickname('小满')).review).toEqual({ pass: false, timeout: true })
})

test('an empty field is not looked at', async () => {
  await agreed().fillNickname('')

  expect(world.emulator.trace.count('input.reviewNickname')).toBe(0)
})

test.each([
  ['2.21.1', []],
  ['2.21.2', ['offered']],
  ['2.24.3', ['offered']],
  ['2.24.4', ['offered', 'cleared']],
  ['2.29.0', ['offered', 'cleared']],
  ['2.29.1', ['offered', 'cleared', 'told']],
  ['3.17.0', ['offered', 'cleared', 'told']],
])('base library %s: an unsafe name is %j', async (libVersion, expected) => {
  world.emulator.weixin.setProfileService({ nickname: 'unsafe' })
  const { offered, value, review } = await agreed({ libVersion }).fillNickname('坏名字')

  const seen = { offered: offered !== undefined, cleared: value === '', told: review !== undefined }
  expect(
    Object.entries(seen)
      .filter(([, is]) => is)
      .map(([name]) => name),
  ).toEqual(expected)
})

test('left to itself, WeChat clears what has a risky word in it, and the words can be others', async () => {
  const device = agreed()
  const kept = async (typed: string) => (await device.fillNickname(typed)).value

  expect([await kept('我是RiskyWord啊'), await kept('违规词'), await kept('小满')]).toEqual(['', '', '小满'])
  world.emulator.weixin.setRiskyWords(['小满'])
  expect([await kept('违规词'), await kept('小满')]).toEqual(['违规词', ''])
})
