// The unit of retry is "take a code and exchange it"; only what may be repeated is repeated.
import { authError } from '../../miniprogram/auth/core/errors'
import { anna, createWorld, grant, ok, refuse } from '../support/client-world'

test('an exchange cut by the network is retried with a fresh code, and no code is ever sent twice', async () => {
  let cuts = 2
  const world = createWorld({
    server: ({ code }) => {
      if (cuts-- > 0) throw authError('NETWORK', 'cut')
      return ok({ user: anna }, grant(`t-${code}`))
    },
  })

  const signedIn = world.auth.signIn()
  await world.advance(2_000)
  await signedIn

  expect(world.sent.map(({ code }) => code)).toEqual(['code-1', 'code-2', 'code-3'])
})

test('an exchange that never works ends after three codes with the code of its failure', async () => {
  const world = createWorld({
    server: () => {
      throw authError('NETWORK', 'cut')
    },
  })

  const signedIn = expect(world.auth.signIn()).rejects.toMatchObject({ code: 'NETWORK', remedy: 'retry' })
  await world.advance(5_000)
  await signedIn

  expect(world.logins()).toBe(3)
  expect(world.auth.state).toMatchObject({ status: 'failed', code: 'NETWORK' })
})

test('a refused code is replaced once; a second refusal in a row is the developer’s to fix', async () => {
  const world = createWorld({ server: () => refuse('CODE_INVALID') })

  const error = await world.auth.signIn().catch((thrown) => thrown)

  expect(error).toMatchObject({ code: 'MISCONFIGURED', remedy: 'stop' })
  expect(error.message).toContain('WEIXIN_APPID')
  expect(world.sent.map(({ code }) => code)).toEqual(['code-1', 'code-2'])
})

test('one refused code followed by a good one signs in', async () => {
  const world = createWorld({ server: ({ code }) => (code === 'code-1' ? refuse('CODE_INVALID') : ok({}, grant('t'))) })

  await world.auth.signIn()

  expect(world.auth.state).toEqual({ status: 'signedIn', user: anna })
})

test('the server’s own waiting time is obeyed before the next try', async () => {
  const world = createWorld({
    server: ({ code }) => (code === 'code-1' ? refuse('WECHAT_BUSY', { retryAfterMs: 3_000 }) : ok({}, grant('t'))),
  })

  const signedIn = world.auth.signIn()
  await world.advance(2_999)
  expect(world.logins()).toBe(1)
  await world.advance(1)
  await signedIn

  expect(world.logins()).toBe(2)
})

test('a safe call whose reply is lost is sent again; with the same token', async () => {
  let lost = 1
  const world = createWorld({
    server: ({ code, token }) => {
      if (code) return ok({}, grant('t'))
      if (lost-- > 0) throw authError('TIMEOUT', 'lost')
      return ok({ user: anna, token })
    },
  })
  await world.auth.signIn()

  const read = world.auth.call('profile', {})
  await world.advance(1_000)

  await expect(read).resolves.toMatchObject({ user: anna })
  expect(world.sentCalls('profile').map(({ token }) => token)).toEqual(['t', 't'])
})

test('a limit is not retried: the user decides when to tap again', async () => {
  const world = createWorld({ server: () => refuse('RATE_LIMITED', { retryAfterMs: 42_000 }) })

  await expect(world.auth.signIn()).rejects.toMatchObject({ code: 'RATE_LIMITED', remedy: 'ask', retryAfterMs: 42_000 })

  expect(world.logins()).toBe(1)
})

test('a code this copy does not know acts by the remedy that travelled with it', async () => {
  const unknown = {
    ok: false,
    requestId: 'r9',
    error: { code: 'TEA_BREAK', message: 'back soon', remedy: 'ask' },
  } as never
  const world = createWorld({ server: () => unknown })

  await expect(world.auth.signIn()).rejects.toMatchObject({ code: 'INTERNAL', remedy: 'ask', requestId: 'r9' })
})

test('pauses are drawn from a range that doubles with each try', async () => {
  const world = createWorld({ server: () => refuse('WECHAT_BUSY') })

  const failed = expect(world.auth.signIn()).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
  const after: number[] = []
  for (const pause of [199, 1, 399, 1]) {
    await world.advance(pause) // half of 400 ms, then half of 800
    after.push(world.logins())
  }
  await failed

  expect(after).toEqual([1, 2, 2, 3])
})
