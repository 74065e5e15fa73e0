// Two mini-programs over one database: each has its functions, its openids and its pushes, and both know one user.
import { useEmulator } from '../support/journey'
import { personOf } from '../support/journey-profile'

const world = useEmulator()

const appids = () => world.emulator.apps.map(({ appid }) => appid)
const signedIn = async (app: string, account = 'v1') => {
  const { emulator } = world
  const call = (event: object) =>
    emulator.functions.invoke('auth', { v: 1, data: {}, ...event }, { account, app }) as Promise<{
      session: { token: string; user: { id: string } }
    }>
  const { session } = await call({ call: 'login', code: emulator.weixin.loginCode(account, app) })
  return { ...session, call: (name: string, data: object = {}) => call({ call: name, data, token: session.token }) }
}

test('one person is one user in both mini-programs, with the number that either was given', async () => {
  const [first = '', second = ''] = appids()
  const here = await signedIn(first)
  await here.call('phone', { code: world.emulator.weixin.phoneCode('v1', first).code })
  const there = await signedIn(second)

  expect(there.user.id).toBe(here.user.id)
  expect(await there.call('profile')).toMatchObject({ ok: true, data: { user: { phone: { countryCode: '86' } } } })
  expect(world.emulator.database.find('users')).toHaveLength(1)
})

test('a number bound in one mini-program is taken in the other one, too', async () => {
  const { weixin, accounts } = world.emulator
  const [first = '', second = ''] = appids()
  const number = accounts.find(({ id }) => id === 'v1')?.phone ?? ''
  weixin.addNumber('v2', number)
  const here = await signedIn(first, 'v1')
  await here.call('phone', { code: weixin.phoneCode('v1', first).code })
  const there = await signedIn(second, 'v2')

  const bound = await there.call('phone', { code: weixin.phoneCode('v2', second, { number }).code })
  expect(bound).toMatchObject({ ok: false, error: { code: 'PHONE_TAKEN' } })
  expect(world.emulator.database.find('phones')).toHaveLength(1)
})

test('the functions of both have one pair of keys, and each its own AppID, secret and push keys', () => {
  const variables = appids().map((app) => {
    const invocation = world.emulator.functions.open('auth', {}, { account: 'v1', app })
    invocation.end()
    return invocation.environment
  })
  const distinct = (name: string) => new Set(variables.map((environment) => environment[name] ?? 'unset')).size

  expect([distinct('SEALING_KEYS'), distinct('INDEX_KEY')]).toEqual([1, 1])
  const own = ['WEIXIN_APPID', 'WEIXIN_APP_SECRET', 'WEIXIN_PUSH_TOKEN', 'WEIXIN_PUSH_AES_KEY']
  expect(own.map(distinct)).toEqual([2, 2, 2, 2])
  expect(variables[0]).toMatchObject({ SEALING_KEYS: expect.stringMatching(/^k1:.{44}$/) })
})

test('two people stay two, whichever mini-program they are in', async () => {
  const [first = '', second = ''] = appids()

  expect((await signedIn(first, 'v1')).user.id).not.toBe((await signedIn(second, 'v2')).user.id)
})

test.each([0, 1])('a consent withdrawn in mini-program %i is forgotten in both', async (index) => {
  const [first = '', second = ''] = appids()
  const here = await signedIn(first)
  await here.call('phone', { code: world.emulator.weixin.phoneCode('v1', first).code })
  const there = await signedIn(second)
  const event = { Event: 'user_authorization_revoke', RevokeInfo: '8' }

  const app = appids()[index] ?? ''
  expect(await world.emulator.weixin.push(event, { account: 'v1', app })).toMatchObject({ taken: true, attempts: 1 })
  const { data } = (await there.call('profile')) as unknown as { data: { user: object } }
  expect(data.user).not.toHaveProperty('phone')
  expect(world.emulator.database.find('phones')).toEqual([])
})

test('the timer serves both: what either left behind is swept away', async () => {
  for (const app of appids()) await signedIn(app)
  world.emulator.database.update('sessions', {}, { $set: { expiresAt: 0 } })

  expect(await world.emulator.functions.timer('housekeeping')).toMatchObject({ sessions: 2, failed: 0 })
  expect(world.emulator.database.find('sessions')).toEqual([])
})

test('a picture is asked about by the timer of its own mini-program, however often the other one strikes', async () => {
  const { emulator } = world
  const [, second = ''] = appids()
  await signedIn(second)
  const { auth, upload } = await personOf(emulator)
  emulator.faults.add({ at: 'security.mediaCheckAsync', answer: { errcode: -1 }, times: 10 })
  await auth.call('profile', { avatar: await upload() })
  emulator.faults.clear()

  for (let n = 0; n < 3; n++) {
    await emulator.clock.advance(31 * 60_000)
    expect(await emulator.functions.timer('housekeeping', { app: second })).toMatchObject({ checks: 0, failed: 0 })
  }
  expect(emulator.database.find('jobs', { kind: 'mediaCheck' })).toMatchObject([{ attempts: 0 }])
  expect(await emulator.functions.timer('housekeeping')).toMatchObject({ checks: 1, failed: 0 })
  expect(emulator.database.find('jobs', { kind: 'mediaCheck' })).toMatchObject([{ attempts: 1 }])
})
