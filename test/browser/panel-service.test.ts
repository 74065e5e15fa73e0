// The chips about pushes, content checks and the timer: what is tapped reaches the built functions.

import { useStage, type Visitor } from '../support/stage'
import { pushesTaken } from '../support/verdicts'

const stage = useStage()

const ready = async (): Promise<Visitor> => {
  const visitor = await stage.visit()
  await visitor.panel.locator('.group-tab[data-group="service"]').click()
  return visitor
}
const service = () => stage.emulator.weixin.contentService()

test.each([
  ['text-risky', 'text', 'risky'],
  ['picture-risky', 'picture', 'risky'],
  ['picture-never', 'picture', 'never'],
] as const)('%s is on and off again', async (deed, key, on) => {
  const visitor = await ready()
  await visitor.chip(deed).click()
  await visitor.lit(deed, true)
  expect(service()[key]).toBe(on)

  await visitor.chip(deed).click()
  await visitor.lit(deed, false)
  expect(service()[key]).toBe('check')
})

test('closing the WeChat account deletes the user of this person', async () => {
  const visitor = await ready()
  await visitor.signIn()
  expect(stage.emulator.database.find('users')).toHaveLength(1)
  const pushed = pushesTaken(stage.emulator)
  await visitor.chip('push-cancelled').click()
  await pushed

  expect(stage.emulator.database.find('users')).toEqual([])
})

test('a push that nobody takes is told', async () => {
  stage.emulator.faults.add({ at: 'http.push', answer: { errcode: -1 }, times: 3 })
  const visitor = await ready()
  await visitor.chip('push-phone').click()

  await visitor.panel.locator('.says', { hasText: 'push: 500' }).waitFor()
})

test('housekeeping is run at once', async () => {
  const visitor = await ready()
  await visitor.signIn()
  stage.emulator.database.update('sessions', {}, { $set: { expiresAt: 0 } })
  const { trace } = stage.emulator
  const swept = trace.until('sessions.remove', trace.count('sessions.remove') + 1)
  await visitor.chip('housekeeping').click()
  await swept

  expect(stage.emulator.database.find('sessions')).toEqual([])
})
