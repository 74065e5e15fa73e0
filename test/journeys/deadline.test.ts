// One deadline per request: nothing of it outlives its reply.
import { useEmulator } from '../support/journey'
import { codeOf, signInOn } from '../support/person'

const world = useEmulator({ workers: 1, timeLimitMs: 3_000 })

const login = (account: string) =>
  world.emulator.functions.invoke(
    'auth',
    { v: 1, call: 'login', data: {}, code: world.emulator.weixin.loginCode(account) },
    { account },
  )

test('a database slower than the deadline: TIMEOUT, and nothing of it is written during the next user’s call', async () => {
  const slow = world.emulator.faults.add({ at: 'identities.get', answer: 'hold', account: 'v1' })
  const first = login('v1')
  await slow.held()
  await world.emulator.clock.advance(2_900)
  await expect(first).resolves.toMatchObject({ ok: false, error: { code: 'TIMEOUT', remedy: 'retry' } })

  const second = world.emulator.faults.add({ at: 'sessions.add', answer: 'hold', account: 'v2' })
  const other = login('v2')
  await second.held()
  slow.release() // the first call's read comes back while the second is half way
  await world.emulator.trace.until('identities.get', 2)
  second.release()
  await expect(other).resolves.toMatchObject({ ok: true })

  const { users, identities, sessions } = world.emulator.database.everything()
  expect([users, identities, sessions].map((all) => all?.length)).toEqual([1, 2, 1]) // two: openid, unionid
})

test('WeChat slower than the deadline is a TIMEOUT, not a dead function', async () => {
  const slow = world.emulator.faults.add({ at: 'jscode2session', answer: 'hold' })
  const call = login('v1')
  await slow.held()

  await world.emulator.clock.advance(2_900)

  await expect(call).resolves.toMatchObject({ ok: false, error: { remedy: 'retry' } })
  slow.release()
  await expect(login('v1')).resolves.toMatchObject({ ok: true })
})

test('an effect that takes two steps does not take the second one once the time is up', async () => {
  const person = await signInOn(world.emulator, 'v1', 'phone')
  const issue = () => person.call('avatarUpload', { type: 'png', size: 100 })
  await issue() // the counter of this hour is there: the next one first tries to add it, then counts up
  const slow = world.emulator.faults.add({ at: 'counters.add', answer: 'hold' })
  const late = issue()
  await slow.held()
  await world.emulator.clock.advance(2_900)
  expect(codeOf(await late)).toBe('TIMEOUT')

  slow.release()
  await world.emulator.trace.until('counters.add', 2)
  await person.call('profile')
  expect(world.emulator.database.find('counters')).toMatchObject([{ count: 1 }])
})
