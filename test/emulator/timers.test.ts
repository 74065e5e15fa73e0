// Timers of functions: who is said to call, and when they fire by themselves.
import path from 'node:path'
import { createEmulator } from '../../emulator/index'
import { backDoor } from '../support/emulator'
import { useEmulator } from '../support/journey'

const OPTIONS = {
  project: path.resolve('test/emulator/project'),
  functions: [path.resolve('test/emulator/functions')],
}
const world = useEmulator(OPTIONS)
const HOUR = 3_600_000

test('a timer calls in nobody’s name', async () => {
  const { emulator } = world
  const told = await emulator.functions.timer('timed')

  expect(told).toMatchObject({
    event: { Type: 'Timer', TriggerName: 'hourly', Time: expect.stringMatching(/Z$/) },
    context: { SOURCE: 'wx_trigger', APPID: emulator.apps[0]?.appid },
  })
  expect(told).not.toHaveProperty('context.OPENID')
})

test('the panel’s door fires it, too', async () => {
  expect(await backDoor(world.emulator, 'timers', { name: 'timed' })).toMatchObject({
    result: { event: { TriggerName: 'hourly' } },
  })
})

test.each<[string, object]>([
  ['a function without one', { name: 'storage' }],
  ['another name', { name: 'timed', trigger: 'daily' }],
])('%s is refused', async (_, body) => {
  await expect(backDoor(world.emulator, 'timers', body)).rejects.toThrow(/400.*declares no/)
})

test('a test’s emulator fires none by itself', async () => {
  const emulator = await createEmulator({ ...OPTIONS, workers: 1 })
  await emulator.clock.advance(2 * HOUR)

  // One worker serves in order: what had fired by itself would be done before the second of these.
  await emulator.functions.timer('timed')
  await emulator.functions.timer('timed')
  expect(emulator.trace.count('things.count')).toBe(2)
  await emulator.close()
})

test('an emulator with timers fires them when they are due, and not a month of them at once', async () => {
  const emulator = await createEmulator({ ...OPTIONS, timers: true })
  const fired = emulator.trace.until('things.count')
  await emulator.clock.advance(HOUR)
  await fired
  expect(emulator.trace.count('things.count')).toBe(1)

  await emulator.clock.advance(31 * 24 * HOUR)
  await emulator.trace.until('things.count', 2)
  await emulator.clock.advance(HOUR)
  await emulator.trace.until('things.count', 3)
  expect(emulator.trace.count('things.count')).toBe(3)
  await emulator.close()
})
