// The back doors about avatars, nicknames, user information and the Open Platform.
import { ask, backDoor } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const door = (path: string, body?: object) => backDoor(world.emulator, path, body)
const refused = async (path: string, body: object) => {
  const { url, key } = world.emulator
  const headers = { 'x-emulator-key': key, 'content-type': 'application/json' }
  return (await ask(`${url}/__emulator/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status
}

test('what ends with what is set one by one, per app, and forgotten by a reset', async () => {
  const first = { avatar: 'ask', nickname: 'check', userInfo: 'anonymous' }
  await door('profile-service', { nickname: 'unsafe' })

  expect(await door('profile-service', { avatar: 'unsafe' })).toEqual({
    ...first,
    nickname: 'unsafe',
    avatar: 'unsafe',
  })
  expect(await door(`profile-service?app=${world.emulator.apps[1]?.appid}`)).toEqual(first)
  await world.emulator.reset()
  expect(await door('profile-service')).toEqual(first)
})

test('the binding to the Open Platform is a switch', async () => {
  const appid = world.emulator.apps[0]?.appid

  expect(await door('open-platform', { bound: false })).toEqual({ appid, bound: false })
  expect(await door('open-platform')).toEqual({ appid, bound: false })
  expect(await door('open-platform', { bound: true })).toEqual({ appid, bound: true })
})

test('the risky words are told and set', async () => {
  expect(await door('risky-words')).toEqual({ words: ['违规词', 'riskyword'] })
  await door('risky-words', { words: ['坏'] })

  expect(world.emulator.weixin.riskyWords()).toEqual(['坏'])
})

test.each([
  ['profile-service', { avatar: 'nice' }],
  ['profile-service', { nickname: 1 }],
  ['profile-service', { face: 'ask' }],
  ['open-platform', { bound: 'yes' }],
  ['open-platform', { app: 'wx0', bound: true }],
  ['risky-words', { words: 'bad' }],
])('%s refuses %j', async (path, body) => {
  expect(await refused(path, body)).toBe(400)
})
