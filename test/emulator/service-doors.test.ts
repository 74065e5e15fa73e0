// The back doors to pushes, timers and verdicts: what they take, and what they refuse.
import { backDoor } from '../support/emulator'
import { useEmulator } from '../support/journey'

const world = useEmulator()
const door = (path: string, body?: object) => backDoor(world.emulator, path, body)

test('content-service tells and changes what checks end with, for one app', async () => {
  const first = { text: 'check', picture: 'check', delayMs: 2000 }
  expect(await door('content-service')).toEqual(first)
  expect(await door('content-service', { picture: 'never', delayMs: 0 })).toEqual({
    ...{ ...first, picture: 'never', delayMs: 0 },
  })
  expect(await door(`content-service?app=${world.emulator.apps[1]?.appid}`)).toEqual(first)

  await world.emulator.reset()
  expect(await door('content-service')).toEqual(first)
})

test('pushes delivers to the built function, which believes it', async () => {
  const event = { Event: 'user_authorization_revoke', RevokeInfo: '8' }

  expect(await door('pushes', { event, account: 'v1' })).toEqual({
    ...{ taken: true, attempts: 1, status: 200, text: 'success' },
  })
})

test.each<[string, object]>([
  ['content-service', { text: 'never' }],
  ['content-service', { picture: 'nice' }],
  ['content-service', { delayMs: -1 }],
  ['content-service', { words: [] }],
  ['pushes', {}],
  ['pushes', { event: { RevokeInfo: '8' } }],
  ['pushes', { event: { Event: 'x' }, format: 'yaml' }],
  ['timers', {}],
  ['timers', { name: 'auth' }],
])('%s refuses %j', async (path, body) => {
  await expect(door(path, body)).rejects.toThrow(/^400 /)
})

test('a push about nobody is refused', async () => {
  await expect(door('pushes', { event: { Event: 'x' }, account: 'v99' })).rejects.toThrow(/404.*UNKNOWN_ACCOUNT/)
})
