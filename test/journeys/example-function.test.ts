// A function of a product's own: it serves whoever is signed in, and refuses strangers, with no sign-in code in it.
import { resolve } from 'node:path'
import type { Membership } from '../../cloudfunctions/examples/membership/index'
import { handset, useEmulator } from '../support/journey'

const world = useEmulator({ functions: [resolve('dist/cloudfunctions'), resolve('dist/examples')] })

type Answer = { ok: true; data: Membership } | { ok: false; error: { code: string } }

const DAY_MS = 86_400_000

/** What a mini-program sends to a function of its own, from the handset of this account. */
const ask = async (account: string, event: object): Promise<Answer> => {
  const { wx } = world.emulator.device({ account })
  wx.cloud.init()
  const { result } = await wx.cloud.callFunction({ name: 'membership', data: { v: 1, data: {}, ...event } })
  return result as Answer
}

/** Signs in with the real library; the token as it came. */
const signedIn = async (account: string) => {
  const { auth, received } = handset(world.emulator, { account })
  await auth.signIn()
  const { user } = await auth.call('profile', {})
  const [, token] = /"token":"([\w-]{43})"/.exec(JSON.stringify(received)) ?? []
  if (token === undefined) throw new Error('no token came')
  return { token, user }
}

test('whoever signed in through the library is known to it', async () => {
  const { token, user } = await signedIn('v1')
  await world.emulator.clock.advance(3 * DAY_MS)

  expect(await ask('v1', { call: 'membership', token })).toMatchObject({
    ok: true,
    data: { memberId: user.id, days: 3 },
  })
})

test('a stranger is refused: without a token, with a made-up one, with somebody else’s', async () => {
  const { token } = await signedIn('v1')

  for (const stolen of [{}, { token: 'A'.repeat(43) }, { token }])
    expect(await ask('v2', { call: 'membership', ...stolen })).toMatchObject({ error: { code: 'SESSION_EXPIRED' } })
})

test('a session that was ended is ended there too', async () => {
  const { token } = await signedIn('v1')
  world.emulator.database.remove('sessions', {})

  expect(await ask('v1', { call: 'membership', token })).toMatchObject({ error: { code: 'SESSION_EXPIRED' } })
})

test('it takes no code and needs no AppSecret: signing in is not its business', async () => {
  await world.emulator.functions.environment('membership', { WEIXIN_APP_SECRET: undefined, SEALING_KEYS: undefined })
  const { token } = await signedIn('v1')
  const code = world.emulator.weixin.loginCode('v1')

  expect(await ask('v1', { call: 'membership', token })).toMatchObject({ ok: true })
  expect(await ask('v1', { call: 'membership', code })).toMatchObject({ error: { code: 'BAD_REQUEST' } })
  expect(await ask('v1', { call: 'login', code })).toMatchObject({
    error: { code: expect.stringMatching(/BAD_REQUEST|MISCONFIGURED/) },
  })
})
