// The phone's device behind the port: opening it, asking it, refusing what no phone asks.

import type { DeviceProfile, StoredEntry } from '../../emulator/device/port'
import { createDeviceDoor } from '../../emulator/preview-build/device-door'

const PROFILE: DeviceProfile = {
  device: 'd',
  account: 'v1',
  appid: 'wx0',
  libVersion: '3.17.0',
  model: 'iPhone 15',
  platform: 'ios',
  language: 'zh_CN',
  theme: 'light',
  envVersion: 'develop',
}
const entry: StoredEntry = { value: '1', encrypted: false }
const asked: unknown[] = []
const launched: unknown[] = []
const door = createDeviceDoor({
  operations: {
    call: async (...call) => {
      asked.push(call)
      return { ok: true, value: 'done' }
    },
  },
  profileOf: (options) => ({ ...PROFILE, ...options }) as DeviceProfile,
  launched: (profile) => launched.push(profile),
  storageOf: () => [['k', entry]],
  clock: { offset: 7 },
})

it('hands over the handset with its storage and its time, and a mini-program starts there', async () => {
  const args = { libVersion: '2.20.0', language: 'en', theme: 'dark' }
  const answer = await door({ account: 'v2', device: 'p', op: 'device.open', args })
  const profile = { ...PROFILE, account: 'v2', device: 'p', libVersion: '2.20.0', language: 'en', theme: 'dark' }
  expect(answer).toEqual({ ok: true, value: { profile, storage: [['k', entry]], clockOffset: 7 } })
  expect(launched).toEqual([profile])
})

it('passes every other operation on, in the name of the account and the handset', async () => {
  expect(await door({ account: 'v2', device: 'p', op: 'wx.login', args: { a: 1 } })).toEqual({
    ok: true,
    value: 'done',
  })
  expect(asked).toEqual([[{ ...PROFILE, account: 'v2', device: 'p' }, 'wx.login', { a: 1 }]])
})

it.each([
  ['no account', { device: 'p', op: 'wx.login' }],
  ['an account that is no text', { account: {}, device: 'p', op: 'wx.login' }],
  ['an unknown key', { account: 'v1', device: 'p', op: 'wx.login', appid: 'wx1' }],
  ['a base library that is none', { account: 'v1', device: 'p', op: 'device.open', args: { libVersion: 'new' } }],
  [
    'an opening with more than is known',
    { account: 'v1', device: 'p', op: 'device.open', args: { envVersion: 'release' } },
  ],
])('refuses %s', (_, body) => {
  expect(() => door(body)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
})
