// One person across the mini-programs of one Open Platform account: two functions, one database, and nobody merged.
import { useEmulator } from '../support/journey'

const world = useEmulator()

interface Granted {
  user: { id: string; unionLinked: boolean }
  token: string
}

const appids = (): [first: string, second: string] => {
  const [first, second] = world.emulator.apps
  if (!first || !second) throw new Error('the emulator ships two mini-programs')
  return [first.appid, second.appid]
}
const bind = (bound: boolean) => {
  for (const app of appids()) world.emulator.weixin.setBound(app, bound)
}

const login = async (app: string, account = 'v1'): Promise<Granted> => {
  const code = world.emulator.weixin.loginCode(account, app)
  const event = { v: 1, call: 'login', data: {}, code }
  const reply = (await world.emulator.functions.invoke('auth', event, { account, app })) as { session: Granted }
  return reply.session
}
const users = () => world.emulator.database.find('users').map(({ _id }) => _id)

describe('with the Open Platform on', () => {
  test('the same person is one user in both mini-programs', async () => {
    const [one, other] = appids()
    bind(true)
    const [first, second] = [await login(one), await login(other)]

    expect(second.user).toEqual(first.user)
    expect(first.user.unionLinked).toBe(true)
    expect(users()).toEqual([first.user.id])
    expect(world.emulator.database.find('identities')).toHaveLength(3) // two openids, one unionid
  })

  test('two first logins at once in the two mini-programs make one user', async () => {
    bind(true)
    const claims = world.emulator.faults.add({ at: 'identities.add', answer: 'hold', times: 2 })
    const both = Promise.all(appids().map((app) => login(app)))
    await claims.held(2)
    claims.release()

    const [first, second] = await both
    expect(second?.user.id).toBe(first?.user.id)
    expect(users()).toHaveLength(1)
  })

  test('another person is another user', async () => {
    const [one, other] = appids()
    bind(true)

    expect((await login(other, 'v2')).user.id).not.toBe((await login(one, 'v1')).user.id)
  })

  test('a session of one mini-program is no session of the other, though the user is the same', async () => {
    const [one, other] = appids()
    bind(true)
    const { token } = await login(one)
    await login(other)

    const theft = await world.emulator.functions.invoke(
      'auth',
      { v: 1, call: 'profile', data: {}, token },
      { account: 'v1', app: other },
    )
    expect(theft).toMatchObject({ ok: false, error: { code: 'SESSION_EXPIRED' } })
  })
})

test('with the Open Platform off, the same person is two users', async () => {
  const [one, other] = appids()
  bind(false)
  const [first, second] = [await login(one), await login(other)]

  expect(second.user.id).not.toBe(first.user.id)
  expect([first.user.unionLinked, second.user.unionLinked]).toEqual([false, false])
  expect(users()).toHaveLength(2)
})

describe('switched on later, when the person is two users already', () => {
  const twoUsers = async () => {
    const [one, other] = appids()
    bind(false)
    const [first, second] = [await login(one), await login(other)]
    bind(true)
    return { one, other, first, second }
  }

  test('the first to come is linked, the other stays itself and says so: nobody is merged', async () => {
    const { one, other, first, second } = await twoUsers()

    expect((await login(other)).user).toMatchObject({ id: second.user.id, unionLinked: true })
    expect((await login(one)).user).toMatchObject({ id: first.user.id, unionLinked: false })
    expect((await login(other)).user).toMatchObject({ id: second.user.id, unionLinked: true })
    expect(users()).toHaveLength(2)
  })

  test('sessions from before go on, as whom they were', async () => {
    const { one, other, first } = await twoUsers()
    await login(other)

    const reply = await world.emulator.functions.invoke(
      'auth',
      { v: 1, call: 'profile', data: {}, token: first.token },
      { account: 'v1', app: one },
    )
    expect(reply).toMatchObject({ ok: true, data: { user: { id: first.user.id, unionLinked: false } } })
  })

  test('the link passes on when the account that has it is deleted', async () => {
    const { one, other, first, second } = await twoUsers()
    const { token } = await login(other)
    const code = world.emulator.weixin.loginCode('v1', other)
    const event = { v: 1, call: 'deleteAccount', data: { confirm: true }, token, code }
    expect(await world.emulator.functions.invoke('auth', event, { account: 'v1', app: other })).toMatchObject({
      ok: true,
    })

    expect((await login(one)).user).toMatchObject({ id: first.user.id, unionLinked: true })
    const back = await login(other)
    expect(back.user.id).toBe(first.user.id)
    expect(users()).not.toContain(second.user.id)
  })
})

test('switched on before the second mini-program is opened, the person is one user there too', async () => {
  const [one, other] = appids()
  bind(false)
  const first = await login(one)
  bind(true)
  await login(one)

  expect((await login(other)).user.id).toBe(first.user.id)
})

test('a unionid inside sealed data links nobody', async () => {
  const [one] = appids()
  bind(false)
  const { token, user } = await login(one)
  bind(true)
  const detail = await world.emulator.device({ account: 'v1', libVersion: '2.10.3' }).tapUserInfo()
  const { rawData, signature, encryptedData, iv } = detail
  const event = { v: 1, call: 'userInfo', data: { rawData, signature, encryptedData, iv }, token }
  const reply = await world.emulator.functions.invoke('auth', event, { account: 'v1', app: one })

  expect(reply).toMatchObject({ ok: true, data: { user: { id: user.id, unionLinked: false } } })
  expect(world.emulator.database.find('identities').map(({ _id }) => _id.slice(0, 2))).toEqual(['o:'])
})
