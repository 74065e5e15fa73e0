// The call `deleteAccount`: the session and a fresh code of the same person, or nothing happens.
import { ALICE, APPID, BOB, createTestServer, outcomeOf, type ServerOptions } from '../support/server'

const DATA = { confirm: true }

const given = async (transport: 'cloud' | 'https' = 'cloud', options: ServerOptions = {}) => {
  const server = createTestServer({ transport, ...(transport === 'https' && { cloudCalls: false }), ...options })
  const from = (openid: string) => server.from(transport === 'cloud' ? { appid: APPID, openid } : { source: 'wx_http' })
  const signIn = async (openid: string) => {
    from(openid)
    const reply = await server.main({ v: 1, call: 'login', data: {}, code: server.codeOf(openid) })
    return reply.session?.token ?? ''
  }
  const token = await signIn(ALICE)
  const ask = (more: object, data: unknown = DATA) => {
    from(ALICE)
    return server.main({ v: 1, call: 'deleteAccount', data, ...more })
  }
  return { ...server, token, signIn, ask, users: () => server.memory.all().users.length }
}

describe.each(['cloud', 'https'] as const)('over %s', (transport) => {
  it('token and code of the same person delete the account, and grant nothing', async () => {
    const { ask, token, codeOf, memory } = await given(transport)
    const reply = await ask({ token, code: codeOf(ALICE) })
    expect(reply).toEqual({ ok: true, requestId: expect.any(String), data: {} })
    expect([memory.all().users, memory.all().sessions, memory.all().identities]).toEqual([[], [], []])
  })

  it('another person’s code deletes nobody', async () => {
    const { ask, token, codeOf, users, signIn, memory } = await given(transport)
    await signIn(BOB)
    const before = structuredClone([memory.all().users, memory.all().identities, memory.all().sessions])
    expect(outcomeOf(await ask({ token, code: codeOf(BOB) }))).toBe('DATA_MISMATCH')
    expect([users(), memory.all().users.some(({ deletedAt }) => deletedAt !== undefined)]).toEqual([2, false])
    expect([memory.all().users, memory.all().identities, memory.all().sessions]).toEqual(before)
  })

  it.each([
    ['the token alone', (token: string) => ({ token }), 'BAD_REQUEST'],
    ['the code alone', (_token: string, code: string) => ({ code }), 'SESSION_EXPIRED'],
    ['neither', () => ({}), 'SESSION_EXPIRED'],
    [
      'a token that does not hold',
      (_token: string, code: string) => ({ token: 'a'.repeat(43), code }),
      'SESSION_EXPIRED',
    ],
    ['a code nobody gave', (token: string) => ({ token, code: 'unknown' }), 'CODE_INVALID'],
    [
      'somebody else expected',
      (token: string, code: string) => ({ token, code, expectUser: 'x'.repeat(32) }),
      'USER_CHANGED',
    ],
  ])('%s deletes nobody', async (_what, more, refused) => {
    const { ask, token, codeOf, users } = await given(transport)
    const outcome = outcomeOf(await ask(more(token, codeOf(ALICE))))
    expect([outcome, users()]).toEqual([refused, 1])
  })

  it('a session that does not hold costs no code', async () => {
    const { ask, codeOf, spent } = await given(transport)
    const before = spent.length
    await ask({ token: 'a'.repeat(43), code: codeOf(ALICE) })
    expect(spent).toHaveLength(before)
  })

  it.each([[{}], [{ confirm: false }], [{ confirm: 'true' }], [{ confirm: true, user: 'x' }], [null]])(
    'without a yes (%j) deletes nobody',
    async (data) => {
      const { ask, token, codeOf, users } = await given(transport)
      expect([outcomeOf(await ask({ token, code: codeOf(ALICE) }, data)), users()]).toEqual(['BAD_REQUEST', 1])
    },
  )
})

it('is counted for the address as a sign-in is: beyond its number nobody is deleted, and no code is spent', async () => {
  const { main, token, codeOf, users, spent } = await given('https')
  const from = (address: string, event: object) => main({ v: 1, data: {}, ...event }, {}, { address })
  for (let n = 0; n < 120; n++) await from('192.0.2.1', { call: 'login', code: 'unknown' })
  const before = spent.length
  const deletion = { call: 'deleteAccount', data: DATA, token, code: codeOf(ALICE) }
  expect([outcomeOf(await from('192.0.2.1', deletion)), users(), spent.length]).toEqual(['RATE_LIMITED', 1, before])
  expect([outcomeOf(await from('192.0.2.2', deletion)), users()]).toEqual(['ok', 0])
})

it('twice at once deletes once, and neither is told of a failure of ours', async () => {
  const { ask, token, codeOf, memory } = await given()
  const replies = await Promise.all([ask({ token, code: codeOf(ALICE) }), ask({ token, code: codeOf(ALICE) })])
  for (const reply of replies) expect(['ok', 'SESSION_EXPIRED']).toContain(outcomeOf(reply))
  expect([memory.all().users, memory.all().deletionProofs.length]).toEqual([[], 1])
})

it('a code beside the token is refused by every other call', async () => {
  const { main, token, codeOf } = await given()
  const reply = await main({ v: 1, call: 'profile', data: {}, token, code: codeOf(ALICE) })
  expect(outcomeOf(reply)).toBe('BAD_REQUEST')
})
