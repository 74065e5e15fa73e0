// Serving: whatever comes in, an envelope goes out, and nobody is signed in who should not be.
import { ALICE, APPID, BOB, createTestServer, DEVICE, grantOf, outcomeOf, VARIABLES } from '../support/server'

const DAY = 86_400_000
const login = { v: 1, call: 'login', data: {} }
const profile = { v: 1, call: 'profile', data: {} }

describe('signing in', () => {
  it('answers login with the user and a grant for thirty days', async () => {
    const { main, codeOf } = createTestServer()
    const reply = await main({ ...login, code: codeOf(), device: DEVICE }, { request_id: 'r-1' })
    const { user } = grantOf(reply)
    expect(reply).toEqual({
      ok: true,
      requestId: 'r-1',
      session: { token: expect.stringMatching(/^[\w-]{43}$/), expiresIn: 30 * 86_400, user },
      data: { user },
    })
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      unionLinked: false,
      createdAt: expect.any(Number),
    })
  })

  it('signs in and answers a safe call in one round trip', async () => {
    const { main, codeOf, spent } = createTestServer()
    const reply = await main({ ...profile, code: codeOf() })
    expect(reply).toMatchObject({ ok: true, data: { user: grantOf(reply).user } })
    expect(spent).toHaveLength(1)
  })

  it('tells whether the person is known across mini-programs', async () => {
    const { main, codeOf } = createTestServer()
    const reply = await main({ ...login, code: codeOf(ALICE, { unionid: 'u1' }) })
    expect(grantOf(reply).user.unionLinked).toBe(true)
  })

  it('takes the unionid from the context when the exchange has none', async () => {
    const { main, codeOf, from } = createTestServer()
    from({ appid: APPID, openid: ALICE, unionid: 'u1' })
    expect(grantOf(await main({ ...login, code: codeOf() })).user.unionLinked).toBe(true)
  })
})

describe('a session', () => {
  it('serves the calls that follow, without another grant', async () => {
    const { main, signIn, spent } = createTestServer()
    const { token, user } = await signIn()
    expect(await main({ ...profile, token })).toEqual({ ok: true, requestId: expect.any(String), data: { user } })
    expect(spent).toHaveLength(1)
  })

  it('costs one read by id and no write', async () => {
    const used: string[] = []
    const { main, signIn } = createTestServer({
      around: (stores) => ({
        ...stores,
        sessions: new Proxy(stores.sessions, {
          get: (target, verb) => {
            used.push(String(verb))
            return Reflect.get(target, verb)
          },
        }),
      }),
    })
    const { token } = await signIn()
    used.length = 0
    await main({ ...profile, token })
    expect(used).toEqual(['find'])
  })

  it('slides once a day and is handed out again with its new term', async () => {
    const { main, signIn, clock, memory } = createTestServer()
    const { token, user } = await signIn()
    clock.advance(DAY - 1)
    expect((await main({ ...profile, token })).session).toBeUndefined()
    clock.advance(1)
    expect((await main({ ...profile, token })).session).toEqual({ token, expiresIn: 30 * 86_400, user })
    expect((await main({ ...profile, token })).session).toBeUndefined()
    expect(memory.all().sessions[0]?.lastSeenAt).toBe(clock.now())
  })

  it('ends after 31 days without use', async () => {
    const { main, signIn, clock } = createTestServer()
    const { token } = await signIn()
    clock.advance(31 * DAY)
    expect(outcomeOf(await main({ ...profile, token }))).toBe('SESSION_EXPIRED')
  })

  it('ends after 180 days of daily use', async () => {
    const { main, signIn, clock } = createTestServer()
    const { token } = await signIn()
    const outcomes: string[] = []
    for (let day = 1; day <= 180; day++) {
      clock.advance(DAY)
      outcomes.push(outcomeOf(await main({ ...profile, token })))
    }
    expect(outcomes.lastIndexOf('ok')).toBe(178)
    expect(outcomes[179]).toBe('SESSION_EXPIRED')
  })

  it('that was revoked while it slid does not come back', async () => {
    const { main, signIn, clock, memory } = createTestServer({
      around: (stores) => ({
        ...stores,
        sessions: {
          ...stores.sessions,
          slide: async (id, ...how) => {
            await stores.sessions.remove(id)
            return stores.sessions.slide(id, ...how)
          },
        },
      }),
    })
    const { token } = await signIn()
    clock.advance(DAY)
    expect(outcomeOf(await main({ ...profile, token }))).toBe('SESSION_EXPIRED')
    expect(memory.all().sessions).toEqual([])
  })

  it('slides once for five calls at once, and all five are answered', async () => {
    const slid: boolean[] = []
    const { main, signIn, clock } = createTestServer({
      around: (stores) => ({
        ...stores,
        sessions: {
          ...stores.sessions,
          slide: async (...how) => {
            const isMine = await stores.sessions.slide(...how)
            slid.push(isMine)
            return isMine
          },
        },
      }),
    })
    const { token } = await signIn()
    clock.advance(2 * DAY)
    const replies = await Promise.all(Array.from({ length: 5 }, () => main({ ...profile, token })))
    expect(replies.map(outcomeOf)).toEqual(Array(5).fill('ok'))
    expect(slid.filter(Boolean)).toHaveLength(1)
  })

  it('keeps its later end when an instance whose clock lags slides it as well', async () => {
    let ahead = { lastSeenAt: 0, expiresAt: 0 }
    const { main, signIn, clock, memory } = createTestServer({
      around: (stores) => ({
        ...stores,
        sessions: {
          ...stores.sessions,
          slide: async (id, seenAt, to) => {
            ahead = { lastSeenAt: to.lastSeenAt + 60_000, expiresAt: to.expiresAt + 60_000 }
            await stores.sessions.slide(id, seenAt, ahead)
            return stores.sessions.slide(id, seenAt, to)
          },
        },
      }),
    })
    const { token } = await signIn()
    clock.advance(2 * DAY)
    const reply = await main({ ...profile, token })
    expect(reply.session?.expiresIn).toBe(30 * 86_400 + 60)
    expect(memory.all().sessions).toMatchObject([ahead])
  })

  it.each([
    ['deleted', { deletedAt: 1 }],
    ['gone', undefined],
  ])('of a user who is %s is over', async (_how, mark) => {
    let struck = false
    const { main, signIn } = createTestServer({
      around: (stores) => ({
        ...stores,
        users: {
          ...stores.users,
          find: async (id) => {
            const user = await stores.users.find(id)
            return struck ? mark && user && { ...user, ...mark } : user
          },
        },
      }),
    })
    const { token } = await signIn()
    struck = true
    expect(outcomeOf(await main({ ...profile, token }))).toBe('SESSION_EXPIRED')
  })
})

describe('signing out', () => {
  it('ends this session and no other', async () => {
    const { main, signIn } = createTestServer()
    const [here, there] = [await signIn(), await signIn()]
    expect(await main({ v: 1, call: 'signOut', data: { which: 'this' }, token: here.token })).toMatchObject({
      ok: true,
      data: {},
    })
    expect(outcomeOf(await main({ ...profile, token: here.token }))).toBe('SESSION_EXPIRED')
    expect(outcomeOf(await main({ ...profile, token: there.token }))).toBe('ok')
  })

  it('everywhere else ends the others, and nobody else’s', async () => {
    const { main, signIn, from } = createTestServer()
    const bob = await signIn(BOB)
    const [here, there] = [await signIn(), await signIn()]
    await main({ v: 1, call: 'signOut', data: { which: 'others' }, token: here.token })
    expect(outcomeOf(await main({ ...profile, token: there.token }))).toBe('SIGNED_OUT')
    expect(outcomeOf(await main({ ...profile, token: here.token }))).toBe('ok')
    from({ appid: APPID, openid: BOB })
    expect(outcomeOf(await main({ ...profile, token: bob.token }))).toBe('ok')
  })

  it.each([{}, { which: 'all' }, { which: ['this'] }, { which: 'this', handle: 'x' }, [], null])(
    'does not take %j',
    async (data) => {
      const { main, signIn, memory } = createTestServer()
      const { token } = await signIn()
      expect(outcomeOf(await main({ v: 1, call: 'signOut', data, token }))).toBe('BAD_REQUEST')
      expect(memory.all().sessions).toHaveLength(1)
    },
  )
})

describe('a token', () => {
  it('of another user is expired for everybody else', async () => {
    const { main, signIn, from } = createTestServer()
    const { token } = await signIn(ALICE)
    from({ appid: APPID, openid: BOB })
    expect(outcomeOf(await main({ ...profile, token }))).toBe('SESSION_EXPIRED')
  })

  it('is worth nothing on another way in, over the same database', async () => {
    const cloud = createTestServer()
    const { token } = await cloud.signIn()
    const https = createTestServer({ transport: 'https', around: () => cloud.memory })
    https.from({ appid: APPID, source: 'wx_http' })
    expect(outcomeOf(await https.main({ ...profile, token }))).toBe('SESSION_EXPIRED')
  })

  it('that cannot be one costs no read', async () => {
    const find = jest.fn()
    const { main } = createTestServer({ around: (stores) => ({ ...stores, sessions: { ...stores.sessions, find } }) })
    expect(outcomeOf(await main({ ...profile, token: 'not a token' }))).toBe('SESSION_EXPIRED')
    expect(outcomeOf(await main({ ...profile, token: '' }))).toBe('SESSION_EXPIRED')
    expect(find).not.toHaveBeenCalled()
  })

  it.each([[{ $ne: null }], [['a']], ['a'.repeat(90 * 1024)], [null], [7]])(
    'that is %p is a bad request',
    async (token) => {
      expect(outcomeOf(await createTestServer().main({ ...profile, token }))).toBe('BAD_REQUEST')
    },
  )

  it('does not do for login, which takes a code', async () => {
    const { main, signIn } = createTestServer()
    const { token } = await signIn()
    expect(outcomeOf(await main({ ...login, token }))).toBe('BAD_REQUEST')
  })

  it('missing, with no code either, is an expired session', async () => {
    expect(outcomeOf(await createTestServer().main(profile))).toBe('SESSION_EXPIRED')
  })

  it('of another user than expected changes nothing and says so', async () => {
    const { main, signIn, memory } = createTestServer()
    const { token } = await signIn()
    expect(
      outcomeOf(await main({ v: 1, call: 'signOut', data: { which: 'this' }, token, expectUser: 'somebody' })),
    ).toBe('USER_CHANGED')
    expect(memory.all().sessions).toHaveLength(1)
  })
})

describe('a code', () => {
  it('of another person than the caller writes nothing', async () => {
    const { main, codeOf, memory } = createTestServer()
    expect(outcomeOf(await main({ ...login, code: codeOf(BOB) }))).toBe('DATA_MISMATCH')
    expect(Object.values(memory.all()).flat()).toEqual([])
  })

  it('on a call that is unknown or whose data is wrong still signs in: the grant rides on the refusal', async () => {
    const { main, codeOf } = createTestServer()
    for (const wrong of [
      { call: 'of-next-year' },
      { call: 'sessions', data: { extra: 1 } },
      { data: [] },
      { data: undefined },
    ]) {
      const reply = await main({ ...profile, ...wrong, code: codeOf() })
      expect(outcomeOf(reply)).toBe('BAD_REQUEST')
      expect(outcomeOf(await main({ ...profile, token: grantOf(reply).token }))).toBe('ok')
    }
  })

  it.each([
    ['on a call that refuses codes', { call: 'signOut', data: { which: 'this' } }],
    ['in a damaged event', { surplus: 1 }],
    ['beside a token', { token: 'a' }],
  ])('%s is not spent', async (_how, event) => {
    const { main, codeOf, spent } = createTestServer()
    const reply = await main({ ...profile, code: codeOf(), ...event })
    expect([outcomeOf(reply), reply.session]).toEqual(['BAD_REQUEST', undefined])
    expect(spent).toEqual([])
  })

  it('that signs in somebody else than expected writes nothing and grants nothing', async () => {
    const { main, codeOf, signIn, memory, from } = createTestServer()
    const alice = await signIn(ALICE)
    const stored = structuredClone(memory.all())
    from({ appid: APPID, openid: BOB })
    const reply = await main({ ...profile, code: codeOf(BOB), expectUser: alice.user.id })
    expect([outcomeOf(reply), reply.session]).toEqual(['USER_CHANGED', undefined])
    expect(memory.all()).toEqual(stored)
  })

  it('is handed to WeChat once, whatever it answers', async () => {
    const { main, spent } = createTestServer()
    expect(await main({ ...login, code: 'used' })).toMatchObject({
      ok: false,
      error: { code: 'CODE_INVALID', remedy: 'renew' },
    })
    expect(spent).toEqual(['used'])
  })
})

describe('who is asking', () => {
  it.each([
    [
      'an HTTP request',
      { httpMethod: 'POST', path: '/auth', headers: { 'x-wx-openid': BOB }, body: JSON.stringify(profile) },
    ],
    ['a push', { ToUserName: 'gh_1', FromUserName: BOB, MsgType: 'event', CreateTime: 1 }],
    ['a timer', { Type: 'timer', TriggerName: 'nightly', Time: '2026-11-20T00:00:00Z' }],
    ['a call of somebody else', { ...login, userInfo: { appId: APPID, openId: BOB }, openid: BOB }],
  ])('is not changed by an event shaped like %s', async (_what, event) => {
    const { main, signIn, memory } = createTestServer()
    const { token } = await signIn(ALICE)
    const stored = structuredClone(memory.all())
    expect(outcomeOf(await main({ ...event, token }))).toBe('BAD_REQUEST')
    expect(memory.all()).toEqual(stored)
  })

  it('is not read from userInfo', async () => {
    const { main, codeOf, signIn } = createTestServer()
    const alice = await signIn(ALICE)
    const reply = await main({ ...login, code: codeOf(ALICE), userInfo: { appId: APPID, openId: BOB } })
    expect(grantOf(reply).user.id).toBe(alice.user.id)
  })

  it.each<[string, object, string]>([
    ['nobody', {}, 'DATA_MISMATCH'],
    ['somebody of another mini-program', { appid: 'wx00000000000000bb', openid: ALICE }, 'MISCONFIGURED'],
    ['another mini-program in our environment', { appid: APPID, openid: ALICE, fromOpenid: ALICE }, 'NOT_PERMITTED'],
  ])('being %s, a code gets %s', async (_who, caller, code) => {
    const { main, codeOf, from, memory } = createTestServer()
    from(caller)
    expect(outcomeOf(await main({ ...login, code: codeOf() }))).toBe(code)
    expect(Object.values(memory.all()).flat()).toEqual([])
  })

  it.each<[string, object, string]>([
    ['nobody', {}, 'SESSION_EXPIRED'],
    ['somebody of another mini-program', { appid: 'wx00000000000000bb', openid: ALICE }, 'MISCONFIGURED'],
    ['another mini-program in our environment', { appid: APPID, openid: ALICE, fromOpenid: ALICE }, 'NOT_PERMITTED'],
  ])('being %s, a token gets %s', async (_who, caller, code) => {
    const { main, signIn, from } = createTestServer()
    const { token } = await signIn()
    from(caller)
    expect(outcomeOf(await main({ ...profile, token }))).toBe(code)
  })

  it('who may not call costs no code, once the function is warm', async () => {
    const { main, signIn, codeOf, from, spent } = createTestServer()
    await signIn()
    const before = spent.length
    from({ appid: APPID, openid: ALICE, fromOpenid: ALICE })
    expect(outcomeOf(await main({ ...login, code: codeOf() }))).toBe('NOT_PERMITTED')
    expect(spent).toHaveLength(before)
  })

  it('names both AppIDs when they differ', async () => {
    const { main, codeOf, from } = createTestServer()
    from({ appid: 'wx00000000000000bb', openid: ALICE })
    const reply = await main({ ...login, code: codeOf() })
    expect(reply).toMatchObject({ error: { message: expect.stringMatching(/wx00000000000000aa.*wx00000000000000bb/) } })
  })
})

describe('a function that was not configured', () => {
  it.each(['WEIXIN_APPID', 'SEALING_KEYS'])('names %s before it spends a code', async (name) => {
    const { main, codeOf, spent } = createTestServer({ variables: { ...VARIABLES, [name]: undefined } })
    const reply = await main({ ...login, code: codeOf() })
    expect(reply).toMatchObject({
      error: { code: 'MISCONFIGURED', message: `${name} is not set on function auth`, remedy: 'stop' },
    })
    expect(spent).toEqual([])
  })

  it('serves the calls that need none of it', async () => {
    const whole = createTestServer()
    const { token } = await whole.signIn()
    const bare = createTestServer({ variables: {}, around: () => whole.memory })
    expect(outcomeOf(await bare.main({ ...profile, token }))).toBe('ok')
  })
})
