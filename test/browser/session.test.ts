// The life of a session as a person sees it: the real mini-program, the built function, the emulator, real browsers.

import { useStage } from '../support/stage'

const stage = useStage()
const users = () => stage.emulator.database.find('users', {}).map(({ _id }) => _id)

test('before the tap nobody is signed in, and nobody is asked', async () => {
  const visitor = await stage.visit()

  await visitor.sees('还没有登录')
  expect([stage.emulator.trace.count('wx.login'), stage.emulator.trace.count('callFunction')]).toEqual([0, 0])
  expect(visitor.errors).toEqual([])
})

test('one tap signs in, and the page shows the id of the new user', async () => {
  const visitor = await stage.visit()
  await visitor.sees('一键登录')

  const id = await visitor.signIn()

  expect(users()).toHaveLength(1)
  expect(id).toMatch(/^[0-9A-F]{8}$/)
  expect(users()[0]?.toUpperCase().startsWith(id)).toBe(true)
})

test('a reload is signed in without wx.login and without code2Session', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()
  const counted = stage.counting('wx.login', 'jscode2session')
  const calls = stage.emulator.trace.count('callFunction')

  await visitor.reload()

  expect(await visitor.shownId()).toBe(id)
  await stage.emulator.trace.until('callFunction', calls + 1) // the profile, with the session at hand
  expect(counted()).toEqual([0, 0])
})

test('a sign-out asks first, and a no keeps the person', async () => {
  const visitor = await stage.visit()
  const id = await visitor.signIn()

  await visitor.tap('退出登录')
  await visitor.page.getByText('取消', { exact: true }).click()

  expect(await visitor.shownId()).toBe(id)
})

test('a sign-out lasts: the next launch is signed out and asks nobody', async () => {
  const visitor = await stage.visit()
  await visitor.signIn()
  const calls = stage.emulator.trace.count('callFunction')
  await visitor.tap('退出登录')
  await visitor.page.locator('.sheet').getByText('退出登录', { exact: true }).click()
  await visitor.sees('已退出登录')
  await stage.emulator.trace.until('callFunction', calls + 1) // the device does not wait for the server
  const counted = stage.counting('wx.login', 'callFunction')
  const checks = stage.emulator.trace.count('storage.get')

  await visitor.relaunch()

  await visitor.sees('这台设备不会再自动登录')
  await stage.emulator.trace.until('storage.get', checks + 2)
  expect(counted()).toEqual([0, 0])
})

test('another account on the phone is another user, and the first one is still signed in', async () => {
  const visitor = await stage.visit()
  const first = await visitor.signIn()

  await visitor.choose('account', 'v2')
  await visitor.sees('还没有登录')
  const second = await visitor.signIn()
  await visitor.choose('account', 'v1')

  expect(second).not.toBe(first)
  expect(users()).toHaveLength(2)
  expect(await visitor.shownId()).toBe(first)
})

test('two browsers are two phones: two accounts sign in at once and stay apart', async () => {
  const [one, two] = await Promise.all([stage.visit({ account: 'v1' }), stage.visit({ account: 'v2' })])

  const ids = await Promise.all([one.signIn(), two.signIn()])
  await Promise.all([one.reload(), two.reload()])

  expect(new Set(ids).size).toBe(2)
  expect(await Promise.all([one.shownId(), two.shownId()])).toEqual(ids)
  const logins = stage.emulator.trace.hops.filter(({ op }) => op === 'wx.login')
  expect(new Set(logins.map(({ device }) => device)).size).toBe(2)
})

test('one person on two phones is one user; leaving one phone leaves the other signed in', async () => {
  const [one, two] = await Promise.all([stage.visit(), stage.visit()])
  const ids = [await one.signIn(), await two.signIn()]

  await one.tap('退出登录')
  await one.page.locator('.sheet').getByText('退出登录', { exact: true }).click()
  await one.sees('已退出登录')
  await two.reload()

  expect(ids[0]).toBe(ids[1])
  expect(await two.shownId()).toBe(ids[1])
})

test('the choice of a browser outlives its reload', async () => {
  const visitor = await stage.visit({ account: 'v3' })

  await visitor.choose('account', 'v7')
  await visitor.choose('lib', '2.10.3')
  await visitor.reload()

  expect(await visitor.page.locator('select[name="account"]').inputValue()).toBe('v7')
  expect(await visitor.page.locator('select[name="lib"]').inputValue()).toBe('2.10.3')
  expect(await visitor.signIn()).toMatch(/^[0-9A-F]{8}$/)
})
