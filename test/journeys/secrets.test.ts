// session_key, openid and AppSecret stay on the server: not in a reply, not in a log, not in clear in what is stored.
import path from 'node:path'
import { handset, useEmulator } from '../support/journey'
import { leaksIn } from '../support/leaks'

const world = useEmulator({ functions: [path.resolve('dist/cloudfunctions'), path.resolve('test/journeys/functions')] })

const secrets = () => ({
  session_key: world.emulator.weixin.sessionKey('v1') ?? 'none was issued',
  openid: world.emulator.weixin.openid('v1'),
  unionid: world.emulator.weixin.unionid('v1'),
  secret: world.emulator.apps[0]?.secret ?? 'no app',
})

/** Signs in, comes back, expires, is refused, signs out: every kind of answer there is. Returns what `wx` told. */
const liveALittle = async (): Promise<unknown[]> => {
  world.emulator.weixin.setBound(world.emulator.apps[0]?.appid ?? '', true)
  const phone = handset(world.emulator)
  await phone.auth.signIn()
  world.emulator.database.remove('sessions', {})
  await phone.auth.call('profile', {})
  world.emulator.faults.add({ at: 'jscode2session', answer: { errcode: 40226 } })
  await expect(phone.auth.call('login', {})).rejects.toMatchObject({ code: 'USER_BLOCKED' })
  await phone.relaunch().resume()
  return phone.received
}

test('nothing that reaches the client holds one of them', async () => {
  const received = await liveALittle()

  expect(JSON.stringify(received)).toContain('"token"') // the answers are there, unmasked
  expect(leaksIn(JSON.stringify(received), secrets())).toEqual([])
})

test('a reply that holds one would be noticed', async () => {
  const phone = handset(world.emulator)
  const say = secrets().openid
  await new Promise((complete) => wx.cloud.callFunction({ name: 'blabbermouth', data: { say }, complete }))

  expect(leaksIn(JSON.stringify(phone.received), secrets())).toEqual(['openid'])
})

test('no log line of any worker holds one of them', async () => {
  await liveALittle()

  expect(world.emulator.logs.length).toBeGreaterThan(2)
  expect(leaksIn(JSON.stringify(world.emulator.logs), secrets())).toEqual([])
})

test('nothing the functions stored holds one of them in clear', async () => {
  await liveALittle()

  const everything = JSON.stringify(world.emulator.database.everything())
  expect(everything).toContain('v1.') // the session_key is there, sealed
  expect(leaksIn(everything, secrets())).toEqual([])
})

test('where the library encrypts, the token lies on the flash as a cipher', async () => {
  await handset(world.emulator).auth.signIn()

  const flash = JSON.stringify(world.emulator.weixin.flash('v1'))
  expect(flash).toContain('auth.session')
  expect(flash).not.toContain('token')
})

test('where it does not, what lies there in clear is none of them', async () => {
  await handset(world.emulator, { libVersion: '2.10.3' }).auth.signIn()

  const flash = JSON.stringify(world.emulator.weixin.flash('v1'))
  expect(flash).toContain('token')
  expect(leaksIn(flash, secrets())).toEqual([])
})

test('the search finds a secret that is printed, in any spelling', async () => {
  await world.emulator.functions.invoke('blabbermouth', { say: secrets().session_key }, { account: 'v1' })

  for (const line of world.emulator.logs) expect(leaksIn(line.text, secrets())).toEqual(['session_key'])
  expect(world.emulator.logs.length).toBe(4)
})
