// Every errcode of code2Session ends in its ErrorCode and its remedy.
import type { FaultSpec } from '../../emulator/types'
import { handset, useEmulator } from '../support/journey'

const world = useEmulator()

const always = (errcode: number): FaultSpec => ({ at: 'jscode2session', answer: { errcode }, times: 9 })

test.each([
  [-1, 'WECHAT_BUSY', 'retry', 3],
  [40226, 'USER_BLOCKED', 'stop', 1],
  [45011, 'RATE_LIMITED', 'ask', 1],
  [40013, 'MISCONFIGURED', 'stop', 1],
  [40125, 'MISCONFIGURED', 'stop', 1],
  [41002, 'MISCONFIGURED', 'stop', 1],
  [41008, 'MISCONFIGURED', 'stop', 1],
  [40029, 'MISCONFIGURED', 'stop', 2], // two fresh codes refused in a row: not the user's doing
  [40163, 'MISCONFIGURED', 'stop', 2],
])('errcode %i ends as %s (%s) after %i codes', async (errcode, code, remedy, codes) => {
  world.emulator.faults.add(always(errcode))
  const { auth } = handset(world.emulator)

  await expect(auth.signIn()).rejects.toMatchObject({ code, remedy, requestId: expect.any(String) })

  expect(world.emulator.trace.count('wx.login')).toBe(codes)
  expect(auth.state).toMatchObject({ status: 'failed', code })
})

test.each([[40029], [40163], [-1]])('errcode %i once is overcome by a fresh code', async (errcode) => {
  world.emulator.faults.add({ at: 'jscode2session', answer: { errcode } })
  const { auth } = handset(world.emulator)

  await auth.signIn()

  expect(auth.state.status).toBe('signedIn')
  expect(world.emulator.trace.count('wx.login')).toBe(2)
})

test('45011 says how long to wait: at least the rest of the minute', async () => {
  world.emulator.faults.add(always(45011))
  const { auth } = handset(world.emulator)

  const error = await auth.signIn().catch((thrown) => thrown)

  expect(error.retryAfterMs).toBeGreaterThan(0)
  expect((world.emulator.clock.now() + error.retryAfterMs) % 60_000).toBeLessThan(30_000)
})

test('a network cut between our function and WeChat is WeChat’s trouble, not the user’s', async () => {
  world.emulator.faults.add({ at: 'jscode2session', answer: 'cut', times: 9 })
  const { auth } = handset(world.emulator)

  await expect(auth.signIn()).rejects.toMatchObject({ code: 'WECHAT_BUSY', remedy: 'retry' })
})

test('a network cut between the phone and our function is the network’s', async () => {
  world.emulator.faults.add({ at: 'callFunction', answer: 'cut', times: 9 })
  const { auth } = handset(world.emulator)

  await expect(auth.signIn()).rejects.toMatchObject({ code: 'NETWORK', remedy: 'retry' })
})

test('an answer lost on its way back is fetched again with a fresh code, and there is one session', async () => {
  world.emulator.faults.add({ at: 'callFunction', answer: 'lost' })
  const { auth } = handset(world.emulator)

  await auth.signIn()

  expect(world.emulator.trace.count('jscode2session')).toBe(2)
  expect(world.emulator.database.find('sessions')).toHaveLength(1)
})

test('a user whom WeChat blocks is told so', async () => {
  world.emulator.weixin.setBlocked('v1', true)
  const { auth } = handset(world.emulator)

  await expect(auth.signIn()).rejects.toMatchObject({ code: 'USER_BLOCKED' })
})

test('wx.login failing is a typed error', async () => {
  world.emulator.faults.add({ at: 'wx.login', answer: { fail: { errMsg: 'login:fail internal error' } }, times: 9 })
  const { auth } = handset(world.emulator)

  await expect(auth.signIn()).rejects.toMatchObject({ code: 'WECHAT_BUSY', remedy: 'retry' })
})

test('wx.login that never answers is a typed error', async () => {
  world.emulator.faults.add({ at: 'wx.login', answer: 'silence' })
  const { auth } = handset(world.emulator, {}, { timeouts: { loginMs: 1 }, retry: { attempts: 1 } })

  await expect(auth.signIn()).rejects.toMatchObject({ code: 'TIMEOUT', remedy: 'retry' })
})

test('offline, a kept session says so and shows who it was; back online it recovers without a relaunch', async () => {
  const phone = handset(world.emulator)
  await phone.auth.signIn()
  world.emulator.weixin.expireSessionKey('v1')
  const auth = phone.relaunch()
  phone.setOnline(false)
  await auth.resume()
  expect(auth.state).toMatchObject({ status: 'failed', code: 'NETWORK', user: { id: expect.any(String) } })

  phone.setOnline(true)
  await auth.call('profile', {})

  expect(auth.state.status).toBe('signedIn')
})
