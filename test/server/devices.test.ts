// The calls `sessions` and `signOut`: the devices of one person, ten of them at most, and what the one that was ended is told.
import { sessions as sessionsCall } from '../../cloudfunctions/calls/sessions'
import { markAt } from '../../cloudfunctions/core/sessions'
import type { DeviceSession } from '../../typings/contract'
import { quiet } from '../support/account'
import { ALICE, APPID, BOB, createTestServer, outcomeOf, type ServerOptions } from '../support/server'

const DAY = 86_400_000
const MINUTE = 60_000
const deviceOf = (n: number) => ({
  id: `device-${String(n).padStart(4, '0')}`,
  model: `Model ${n}`,
  platform: 'android',
})

const given = async (options: ServerOptions = {}) => {
  const server = createTestServer(options)
  const on = async (n: number, openid = ALICE) => (await server.signIn(openid, { device: deviceOf(n) })).token
  const call = (name: string, token: string, data: object = {}, openid = ALICE) => {
    server.from({ appid: APPID, openid })
    return server.main({ v: 1, call: name, data, token })
  }
  const list = async (token: string): Promise<DeviceSession[]> => {
    const reply = await call('sessions', token)
    if (!reply.ok) throw new Error(JSON.stringify(reply.error))
    return (reply.data as { sessions: DeviceSession[] }).sessions
  }
  const outcome = async (token: string, openid = ALICE) => outcomeOf(await call('profile', token, {}, openid))
  const models = async (token: string) => (await list(token)).map(({ model }) => model)
  return { ...server, server, on, call, list, outcome, models }
}

describe('the list', () => {
  it('has the asking device first, then the others by use', async () => {
    const { on, models, clock } = await given()
    const tokens: string[] = []
    for (let n = 1; n <= 3; n++) {
      tokens.push(await on(n))
      clock.advance(MINUTE)
    }
    expect(await models(tokens[0] ?? '')).toEqual(['Model 1', 'Model 3', 'Model 2'])
    expect(await models(tokens[2] ?? '')).toEqual(['Model 3', 'Model 2', 'Model 1'])
  })

  it('says what each is, when it was seen, and which one asks', async () => {
    const { on, list, clock } = await given()
    const token = await on(1)
    const lastSeenAt = clock.now()
    const handle = expect.stringMatching(/^[0-9a-f]{24}$/)
    expect(await list(token)).toEqual([{ handle, model: 'Model 1', platform: 'android', lastSeenAt, current: true }])
  })

  it('has one line for a device, also while its session is being replaced, and ends all of it', async () => {
    const { on, list, models, call, memory } = await given()
    const mine = await on(1)
    await on(2)
    const [old] = memory.all().sessions.filter(({ device }) => device?.id === deviceOf(2).id)
    if (old) await memory.sessions.add({ ...old, id: 'f'.repeat(64) })
    expect(await models(mine)).toEqual(['Model 1', 'Model 2'])
    await call('signOut', mine, { handle: (await list(mine))[1]?.handle })
    expect(memory.all().sessions.filter(({ revokedAt }) => revokedAt !== undefined)).toHaveLength(2)
  })

  it('gives a device that said nothing of itself empty words', async () => {
    const { server, list } = await given()
    const { token } = await server.signIn()
    expect(await list(token)).toMatchObject([{ model: '', platform: '', current: true }])
  })

  it('has handles that lead to no token: none is part of it, none signs in', async () => {
    const { on, list, outcome } = await given()
    const token = await on(1)
    const [device] = await list(token)
    expect(token).not.toContain(device?.handle)
    expect(await outcome(device?.handle ?? '')).toBe('SESSION_EXPIRED')
  })

  it('leaves out what is over or was ended, and other people', async () => {
    const { on, models, call, clock, list } = await given()
    await on(1)
    clock.advance(29 * DAY)
    const [two, three] = [await on(2), await on(3)]
    await on(4, BOB)
    const handle = (await list(two)).find(({ model }) => model === 'Model 3')?.handle
    await call('signOut', two, { handle })
    clock.advance(2 * DAY)
    expect(await models(two)).toEqual(['Model 2'])
    expect(three).not.toBe(two)
  })

  it('takes no data, and is safe to ask twice', () => {
    expect(() => sessionsCall.parse({ of: 'somebody' })).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
    expect(sessionsCall.policy.safe).toBe(true)
  })
})

describe('ten devices', () => {
  it('are the most: the eleventh ends the one not used for the longest time', async () => {
    const { on, list, outcome, clock, call } = await given()
    const tokens: string[] = []
    for (let n = 1; n <= 10; n++) {
      tokens.push(await on(n))
      clock.advance(MINUTE)
    }
    clock.advance(DAY)
    await call('profile', tokens[0] ?? '') // used: the second is the oldest now
    const eleventh = await on(11)
    expect(await list(eleventh)).toHaveLength(10)
    expect([await outcome(tokens[0] ?? ''), await outcome(tokens[1] ?? '')]).toEqual(['ok', 'SESSION_EXPIRED'])
  })

  it('stay ten, all of them, when one of them signs in anew, however slowly its earlier session goes', async () => {
    let release: () => void = () => undefined
    const { on, list, memory, clock } = await given({
      around: (stores) => ({
        ...stores,
        sessions: {
          ...stores.sessions,
          removeEarlier: async (session) => {
            await quiet()
            release()
            return stores.sessions.removeEarlier(session)
          },
        },
      }),
    })
    for (let n = 1; n <= 10; n++) {
      await on(n)
      clock.advance(MINUTE)
    }
    let hasWaited = false
    release = () => {
      hasWaited = true
    }
    const token = await on(10)
    expect([hasWaited, (await list(token)).length, memory.all().sessions.length]).toEqual([true, 10, 10])
  })

  it('do not count those that were ended', async () => {
    const { on, list, call, memory } = await given()
    for (let n = 1; n <= 9; n++) await on(n)
    await call('signOut', await on(10), { which: 'others' })
    const token = await on(11)
    expect(await list(token)).toHaveLength(2)
    expect(memory.all().sessions).toHaveLength(11)
  })

  it('of one person cost another none', async () => {
    const { on, outcome } = await given()
    const bob = await on(1, BOB)
    for (let n = 1; n <= 11; n++) await on(n)
    expect(await outcome(bob, BOB)).toBe('ok')
  })
})

describe('a device that was ended by another', () => {
  const ended = async () => {
    const world = await given()
    const [mine, theirs] = [await world.on(1), await world.on(2)]
    const handle = (await world.list(mine)).find(({ current }) => !current)?.handle
    expect(outcomeOf(await world.call('signOut', mine, { handle }))).toBe('ok')
    return { ...world, mine, theirs, handle }
  }

  it('is told that it was signed out, and the one that did it is not', async () => {
    const { outcome, mine, theirs } = await ended()
    expect([await outcome(mine), await outcome(theirs)]).toEqual(['ok', 'SIGNED_OUT'])
  })

  it('alone is told so: to another person its token is any unknown one', async () => {
    const { outcome, theirs } = await ended()
    expect(await outcome(theirs, BOB)).toBe('SESSION_EXPIRED')
  })

  it('is told so for as long as any session could live, not only for the rest of its own', async () => {
    const { outcome, theirs, clock } = await ended()
    clock.advance(180 * DAY - 1)
    expect(await outcome(theirs)).toBe('SIGNED_OUT')
    clock.advance(1)
    expect(await outcome(theirs)).toBe('SESSION_EXPIRED')
  })

  it('that signs in again is a device like any other, and its mark is gone', async () => {
    const { on, outcome, models, memory, clock } = await ended()
    clock.advance(1)
    const again = await on(2)
    expect([await outcome(again), await models(again)]).toEqual(['ok', ['Model 2', 'Model 1']])
    expect(memory.all().sessions).toHaveLength(2)
  })

  it('ended once more stays ended, and nobody minds', async () => {
    const { call, mine, handle, memory } = await ended()
    const before = structuredClone(memory.all().sessions)
    expect(outcomeOf(await call('signOut', mine, { handle }))).toBe('ok')
    expect(memory.all().sessions).toEqual(before)
  })
})

describe('a session that is prolonged at the very moment', () => {
  /** Runs before the next slide. */
  const racing = async () => {
    let strike: (id: string) => Promise<unknown> = async () => undefined
    const world = await given({
      around: (stores) => ({
        ...stores,
        sessions: {
          ...stores.sessions,
          slide: async (id, ...how) => {
            await strike(id)
            return stores.sessions.slide(id, ...how)
          },
        },
      }),
    })
    const token = await world.on(1)
    world.clock.advance(2 * DAY)
    const { sessions } = world.memory
    const userId = world.memory.all().sessions[0]?.userId ?? ''
    return {
      ...world,
      token,
      sessions,
      userId,
      armed: (how: typeof strike) => {
        strike = how
      },
    }
  }

  it('it is ended from another device is told so, and is not prolonged', async () => {
    const { token, sessions, userId, armed, outcome, memory, clock } = await racing()
    const [before] = structuredClone(memory.all().sessions)
    armed((id) => sessions.revoke(id, userId, markAt(clock.now())))
    expect(await outcome(token)).toBe('SIGNED_OUT')
    expect(memory.all().sessions).toEqual([{ ...before, ...markAt(clock.now()) }])
  })

  it('it is removed does not come back', async () => {
    const { token, sessions, armed, outcome, memory } = await racing()
    armed((id) => sessions.remove(id))
    expect(await outcome(token)).toBe('SESSION_EXPIRED')
    expect(memory.all().sessions).toEqual([])
  })
})

describe('signOut', () => {
  it('others ends every other device of the person and nobody else’s', async () => {
    const { on, call, outcome } = await given()
    const bob = await on(9, BOB)
    const tokens = [await on(1), await on(2), await on(3)]
    await call('signOut', tokens[0] ?? '', { which: 'others' })
    expect(await Promise.all(tokens.map((token) => outcome(token)))).toEqual(['ok', 'SIGNED_OUT', 'SIGNED_OUT'])
    expect(await outcome(bob, BOB)).toBe('ok')
  })

  it.each(['this', 'its own handle'])('%s removes the session: nothing is left to be told', async (how) => {
    const { on, call, list, memory } = await given()
    const token = await on(1)
    const data = how === 'this' ? { which: how } : { handle: (await list(token))[0]?.handle }
    expect(outcomeOf(await call('signOut', token, data))).toBe('ok')
    expect(memory.all().sessions).toEqual([])
  })

  it('by a handle ends the device although it renewed its session since the list was read', async () => {
    const { on, call, list, outcome, clock } = await given()
    const [mine, before] = [await on(1), await on(2)]
    const handle = (await list(mine)).find(({ current }) => !current)?.handle
    clock.advance(MINUTE)
    const after = await on(2)
    expect(await outcome(before)).toBe('SESSION_EXPIRED')
    expect(outcomeOf(await call('signOut', mine, { handle }))).toBe('ok')
    expect([await outcome(after), (await list(mine)).length]).toEqual(['SIGNED_OUT', 1])
  })

  it('by the handle of another person’s device does nothing', async () => {
    const { on, call, list, outcome, from } = await given()
    const bob = await on(1, BOB)
    from({ appid: APPID, openid: BOB })
    const reply = await call('sessions', bob, {}, BOB)
    const handle = reply.ok && (reply.data as { sessions: DeviceSession[] }).sessions[0]?.handle
    const alice = await on(2)
    expect(outcomeOf(await call('signOut', alice, { handle }))).toBe('ok')
    expect([await outcome(bob, BOB), (await list(alice)).length]).toEqual(['ok', 1])
  })

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['everybody', { which: 'all' }],
    ['both', { which: 'this', handle: 'a'.repeat(24) }],
    ['a handle that is none', { handle: 'a'.repeat(23) }],
    ['a handle that is an object', { handle: { $gt: '' } }],
  ])('of %s is refused', async (_what, data) => {
    const { on, call, memory } = await given()
    expect(outcomeOf(await call('signOut', await on(1), data as object))).toBe('BAD_REQUEST')
    expect(memory.all().sessions).toHaveLength(1)
  })
})

describe('a device that was signed out from another one', () => {
  const revoked = async () => {
    const server = createTestServer()
    const [phone, tablet] = [deviceOf(1), deviceOf(2)]
    const lost = await server.signIn(ALICE, { device: phone })
    const here = await server.signIn(ALICE, { device: tablet })
    await server.main({ v: 1, call: 'signOut', data: { which: 'others' }, token: here.token })
    const login = (more: object) => server.main({ v: 1, call: 'login', data: {}, code: server.codeOf(), ...more })
    return { server, login, phone, tablet, user: lost.user.id }
  }

  it('does not sign itself in again by a renewal, and nothing is written', async () => {
    const { server, login, phone, user } = await revoked()
    const before = server.memory.all()
    expect(await login({ device: phone, expectUser: user })).toMatchObject({ error: { code: 'SIGNED_OUT' } })
    expect(server.memory.all()).toEqual(before)
  })

  it('does not sign itself in either when it is opened after its session would have ended', async () => {
    const { server, login, phone, user } = await revoked()
    server.clock.advance(179 * DAY)
    expect(await login({ device: phone, expectUser: user })).toMatchObject({ error: { code: 'SIGNED_OUT' } })
  })

  it('is signed in by a tap, which expects nobody, and renews itself from then on', async () => {
    const { login, phone, user } = await revoked()
    expect(await login({ device: phone })).toMatchObject({ ok: true })
    expect(await login({ device: phone, expectUser: user })).toMatchObject({ ok: true })
  })

  it('keeps no other device of the person from renewing', async () => {
    const { login, tablet, user } = await revoked()
    expect(await login({ device: tablet, expectUser: user })).toMatchObject({ ok: true })
  })
})
