// However many first logins there are at once, one person is one user.
import path from 'node:path'
import { handset, useEmulator } from '../support/journey'

const WORKERS = 8
const LOGINS = 100
/** A slow machine must not make the phones ask twice: WeChat answers a user a hundred times a minute, not more. */
const PATIENT = { timeouts: { callMs: 60_000 }, retry: { attempts: 1 } }

const world = useEmulator({
  workers: WORKERS,
  functions: [path.resolve('dist/cloudfunctions'), path.resolve('test/journeys/functions')],
})

test('a hundred concurrent first logins of one account make one user', async () => {
  const firstWrites = world.emulator.faults.add({ at: 'identities.add', answer: 'hold', times: WORKERS })
  const phones = Array.from({ length: LOGINS }, (_, n) => handset(world.emulator, { device: `phone-${n}` }, PATIENT))

  const signedIn = Promise.all(phones.map(({ auth }) => auth.signIn()))
  await firstWrites.held(WORKERS) // eight calls in eight workers have read "absent"
  firstWrites.release()
  await signedIn

  const ids = new Set(phones.map(({ auth }) => 'user' in auth.state && auth.state.user?.id))
  expect(ids.size).toBe(1)
  expect(world.emulator.database.find('users').map(({ _id }) => _id)).toEqual([...ids])
  expect(world.emulator.database.find('identities').map(({ userId }) => userId)).toEqual([...ids, ...ids]) // openid, unionid
})

test('find-then-insert, the way tutorials do it, makes several: the barrier above would notice', async () => {
  const firstWrites = world.emulator.faults.add({ at: 'users.add', answer: 'hold', times: WORKERS })
  const call = () => world.emulator.functions.invoke('naive', {}, { account: 'v1' })

  const calls = Promise.all(Array.from({ length: LOGINS }, call))
  await firstWrites.held(WORKERS)
  firstWrites.release()
  await calls

  expect(world.emulator.database.find('users').length).toBeGreaterThan(1)
})
