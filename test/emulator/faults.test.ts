// Faults: what they bend, how often, and what waits at a barrier.
import type { FaultSpec } from '../../emulator/types'
import { exchange } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const login = (account = 'v1') => world.emulator.device({ account }).wx.login()
const spent = (code: string) => exchange(world.emulator, { js_code: code })

test('a fault bends one answer, the next one is straight', async () => {
  const fault = world.emulator.faults.add({ at: 'jscode2session', answer: { errcode: 45011 } })
  const code = world.emulator.weixin.loginCode('v1')

  expect(await spent(code)).toMatchObject({ errcode: 45011, errmsg: expect.stringContaining('minute-quota') })
  expect(await spent(code)).toHaveProperty('openid')
  expect(fault.hits).toBe(1)
})

test('a fault bends as many answers as it was told', async () => {
  world.emulator.faults.add({ at: 'jscode2session', answer: { errcode: -1 }, times: 2 })
  const code = world.emulator.weixin.loginCode('v1')

  const errcodes = [await spent(code), await spent(code), await spent(code)].map(({ errcode }) => errcode)
  expect(errcodes).toEqual([-1, -1, undefined])
})

test('a star stands for any run of characters, and nothing else matches', async () => {
  world.emulator.faults.add({ at: 'wx.*', answer: { fail: { errMsg: 'login:fail tired' } } })
  world.emulator.faults.add({ at: 'wx.log', answer: { fail: { errMsg: 'login:fail wrong name' } } })

  await expect(login()).rejects.toEqual({ errMsg: 'login:fail tired' })
  await expect(login()).resolves.toHaveProperty('code')
})

test('a fault for one account leaves the others alone', async () => {
  world.emulator.faults.add({ at: 'wx.login', answer: 'cut', account: 'v2' })

  await expect(login('v1')).resolves.toHaveProperty('code')
  await expect(login('v2')).rejects.toMatchObject({ errno: 600003 })
})

test('what is cut did not happen, what is lost did', async () => {
  const { faults, weixin } = world.emulator
  const [cut, lost] = [weixin.loginCode('v1'), weixin.loginCode('v1')]
  faults.add({ at: 'jscode2session', answer: 'cut' })
  await expect(spent(cut)).rejects.toThrow()
  faults.add({ at: 'jscode2session', answer: 'lost' })
  await expect(spent(lost)).rejects.toThrow()

  expect(await spent(cut)).toHaveProperty('openid')
  expect(await spent(lost)).toMatchObject({ errcode: 40163 })
})

test('silence answers nobody, and shows in the trace', async () => {
  world.emulator.faults.add({ at: 'wx.login', answer: 'silence' })
  const answered = jest.fn()
  login().then(answered, answered)

  await world.emulator.trace.until('wx.login')
  await world.emulator.clock.advance(86_400_000)

  expect(answered).not.toHaveBeenCalled()
  expect(world.emulator.trace.hops.at(-1)?.error).toContain('silence')
})

test('a delay passes on the emulated clock', async () => {
  world.emulator.faults.add({ at: 'wx.login', answer: { delayMs: 60_000 } })
  const answered = jest.fn()
  const pending = login().then(answered)

  await world.emulator.clock.advance(59_000)
  expect(answered).not.toHaveBeenCalled()
  await world.emulator.clock.advance(1000)
  await pending
  expect(answered).toHaveBeenCalled()
})

test('a barrier lets go of the oldest first, of as many as told', async () => {
  const fault = world.emulator.faults.add({ at: 'wx.login', answer: 'hold', times: 3 })
  const order: string[] = []
  const all = ['v1', 'v2', 'v3'].map((account) => login(account).then(() => order.push(account)))
  await fault.held(3)

  fault.release(1)
  await all[0]
  expect(order).toEqual(['v1'])
  fault.release()
  await Promise.all(all)
  expect(order).toEqual(['v1', 'v2', 'v3'])
})

test('what waits at a barrier has not happened', async () => {
  const fault = world.emulator.faults.add({ at: 'wx.login', answer: 'hold' })
  const pending = login()
  await fault.held()

  expect(world.emulator.weixin.sessionKey('v1')).toBeUndefined()
  fault.release()
  await pending
  expect(world.emulator.weixin.sessionKey('v1')).toBeDefined()
})

test('disarming lets go of what waits', async () => {
  const fault = world.emulator.faults.add({ at: 'wx.login', answer: 'hold', times: 9 })
  const pending = login()
  await fault.held()

  fault.remove()

  await expect(pending).resolves.toHaveProperty('code')
  await expect(login()).resolves.toHaveProperty('code')
  expect(world.emulator.faults.list()).toHaveLength(0)
})

test('waiting at a fault that goes away ends in an error', async () => {
  const fault = world.emulator.faults.add({ at: 'wx.login', answer: 'hold' })
  const waiting = expect(fault.held(2)).rejects.toMatchObject({ code: 'UNKNOWN_FAULT' })

  world.emulator.faults.clear()

  await waiting
})

test.each([
  {},
  { at: 'wx.login' },
  { at: '', answer: 'cut' },
  { at: 'wx.login', answer: 'explode' },
  { at: 'wx.login', answer: { errcode: 12345 } },
  { at: 'wx.login', answer: { errcode: -1, delayMs: 1 } },
  { at: 'wx.login', answer: { delayMs: -1 } },
  { at: 'wx.login', answer: { fail: {} } },
  { at: 'wx.login', answer: 'cut', times: 0 },
  { at: 'wx.login', answer: 'cut', when: 'later' },
])('%j is no fault', (spec) => {
  const { faults } = world.emulator

  expect(() => faults.add(spec as FaultSpec)).toThrow(expect.objectContaining({ code: 'UNKNOWN_FAULT' }))
  expect(faults.list()).toHaveLength(0)
})
