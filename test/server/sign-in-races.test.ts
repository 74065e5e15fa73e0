// The sign-in under fire: one user per person, whoever else signs in, deletes or fails at the same time.
import { randomBytes } from 'node:crypto'
import { openidIdentity, unionidIdentity } from '../../cloudfunctions/core/identities'
import { markAt } from '../../cloudfunctions/core/sessions'
import type { Stores } from '../../cloudfunctions/core/stores'
import { createArrivals as given } from '../support/arrivals'
import { createMemoryStores, type MemoryStores } from '../support/memory-stores'
import { ALICE, APPID, DEVICE, keyOf } from '../support/server'

/** Resolves for everybody once `count` have arrived. */
const barrier = (count: number) => {
  let arrived = 0
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    arrived += 1
    if (arrived >= count) open()
    return opened
  }
}

describe('many at once', () => {
  const held = (count: number) => (memory: MemoryStores) => {
    const reached = barrier(count)
    return {
      ...memory,
      identities: {
        ...memory.identities,
        add: async (identity: Parameters<Stores['identities']['add']>[0]) => {
          await reached()
          return memory.identities.add(identity)
        },
      },
    }
  }

  it('a hundred first sign-ins that all found nobody make one user', async () => {
    const { arrive, memory } = given(held(100))
    const signedIn = await Promise.all(Array.from({ length: 100 }, () => arrive()))
    expect(new Set(signedIn.map(({ user }) => user.id)).size).toBe(1)
    expect(memory.all().users).toHaveLength(1)
    // Ten devices at most; in such a crowd an eleventh may stay until the next login.
    expect([10, 11]).toContain(memory.all().sessions.length)
  })

  it('so do a hundred with a unionid, in two mini-programs', async () => {
    const { arrive, memory } = given(held(100))
    const appids = [APPID, 'wx00000000000000bb']
    const signedIn = await Promise.all(
      Array.from({ length: 100 }, (_, n) => arrive(ALICE, { unionid: 'u1', appid: appids[n % 2] ?? '' })),
    )
    expect(new Set(signedIn.map(({ user }) => user.id)).size).toBe(1)
    expect(memory.all().users).toMatchObject([{ union: unionidIdentity('u1') }])
    expect(memory.all().identities).toHaveLength(3)
  })

  it('two first sign-ins around a rotation of the key keep both keys', async () => {
    const { arrive, clock, keysOf } = given(held(2))
    await Promise.all([
      arrive(ALICE, { key: keyOf('first') }),
      arrive(ALICE, { key: keyOf('second'), exchangedAt: clock.now() + 1 }),
    ])
    expect(await keysOf()).toEqual([keyOf('second'), keyOf('first')])
  })

  it('find-then-insert makes several: the barrier does what it says', async () => {
    const memory = createMemoryStores()
    const reached = barrier(8)
    const naive = async () => {
      const found = (await memory.identities.find('o:1'))?.userId
      await reached()
      if (found) return found
      const id = randomBytes(4).toString('hex')
      await memory.users.add({ id, createdAt: 0 })
      await memory.identities.add({ id: 'o:1', userId: id, createdAt: 0 })
      return id
    }
    await Promise.all(Array.from({ length: 8 }, naive))
    expect(memory.all().users.length).toBeGreaterThan(1)
  })

  it('ten sign-ins of one device never remove each other, and the next one replaces what is left', async () => {
    const { arrive, clock, memory } = given()
    const signedIn = await Promise.all(Array.from({ length: 10 }, () => arrive(ALICE, { device: DEVICE })))
    const latest = signedIn.map(({ session }) => session.id).reduce((a, b) => (a > b ? a : b))
    expect(memory.all().sessions.map(({ id }) => id)).toContain(latest)
    clock.advance(1)
    const { session } = await arrive(ALICE, { device: DEVICE })
    expect(memory.all().sessions).toEqual([session])
  })

  it('two sign-ins around a rotation of the key keep both keys', async () => {
    const { arrive, clock, keysOf } = given()
    await arrive(ALICE, { key: keyOf('first') })
    clock.advance(10)
    await Promise.all([
      arrive(ALICE, { key: keyOf('second') }),
      arrive(ALICE, { key: keyOf('third'), exchangedAt: clock.now() + 1 }),
    ])
    expect(await keysOf()).toEqual([keyOf('third'), keyOf('second')])
  })
})

describe('a lost answer', () => {
  /** The write happens, and its answer is lost: once. */
  const losing = (collection: 'identities' | 'users' | 'sessions') => (memory: MemoryStores) => {
    let lost = false
    const add = async (row: never) => {
      const outcome = await memory[collection].add(row)
      if (lost) return outcome
      lost = true
      throw new Error('the connection broke')
    }
    return { ...memory, [collection]: { ...memory[collection], add } }
  }

  it.each(['identities', 'users', 'sessions'] as const)(
    'to an add in %s does not undo it: the id is read back',
    async (collection) => {
      const { arrive, memory } = given(losing(collection))
      const { user, session } = await arrive(ALICE, { unionid: 'u1' })
      const { users, sessions, identities } = memory.all()
      expect(users.map(({ id }) => id)).toEqual([user.id])
      expect(sessions.map(({ id }) => id)).toEqual([session.id])
      expect(identities.map(({ userId }) => userId)).toEqual([user.id, user.id])
    },
  )

  it('is a failure when nothing was written', async () => {
    const { arrive, memory } = given((stores) => ({
      ...stores,
      identities: { ...stores.identities, add: () => Promise.reject(new Error('the connection broke')) },
    }))
    await expect(arrive()).rejects.toThrow('the connection broke')
    expect(Object.values(memory.all()).flat()).toEqual([])
  })
})

describe('a sign-in that was cut off half-way', () => {
  it('is finished by the next one: the claim stands, the user is made', async () => {
    const { arrive, memory, identityOf } = given()
    const key = { sealed: 'v1.gone.a.b.c', at: 0 }
    await memory.identities.add({ id: identityOf(ALICE), userId: 'promised', createdAt: 0, key })
    const { user } = await arrive(ALICE, { device: DEVICE })
    expect(user.id).toBe('promised')
    expect(memory.all()).toMatchObject({ users: [{ id: 'promised' }], sessions: [{ userId: 'promised' }] })
  })

  it('and had a unionid is finished by the next one as well, in whichever mini-program', async () => {
    for (const appid of [APPID, 'wx00000000000000bb']) {
      const { arrive, memory } = given((stores) => ({
        ...stores,
        users: {
          ...stores.users,
          add: (user) => (isDead ? Promise.reject(new Error('dead')) : stores.users.add(user)),
        },
      }))
      let isDead = true
      await expect(arrive(ALICE, { unionid: 'u1' })).rejects.toThrow('dead')
      isDead = false
      const [promised] = memory.all().identities
      expect((await arrive(ALICE, { unionid: 'u1', appid })).user.id).toBe(promised?.userId)
    }
  })
})

describe('a sign-out from another device at the same time', () => {
  const OTHER = { ...DEVICE, id: 'device-0002' }

  /** Signs everything but the other device out around the next session that is added. */
  const renewing = async (when: 'before' | 'after') => {
    let strike: (() => Promise<unknown>) | undefined
    const world = given((memory) => ({
      ...memory,
      sessions: {
        ...memory.sessions,
        add: async (session) => {
          const struck = strike
          strike = undefined
          if (when === 'before') await struck?.()
          const added = await memory.sessions.add(session)
          if (when === 'after') await struck?.()
          return added
        },
      },
    }))
    const { arrive, memory, clock } = world
    const there = await arrive(ALICE, { device: OTHER })
    const { user, session } = await arrive(ALICE, { device: DEVICE })
    clock.advance(1000)
    return {
      ...world,
      session,
      renew: () => arrive(ALICE, { device: DEVICE, expectUser: user.id }),
      arm: () => {
        strike = () => memory.sessions.revokeOthers(user.id, there.session.id, markAt(clock.now()))
      },
      ofDevice: () => memory.sessions.ofDevice(user.id, DEVICE.id),
    }
  }
  const signedOut = expect.objectContaining({ code: 'SIGNED_OUT' })

  it.each(['before', 'after'] as const)(
    'that comes just %s the session of a renewal is added wins: only the mark is left',
    async (when) => {
      const { renew, arm, ofDevice, session, clock } = await renewing(when)
      arm()
      await expect(renew()).rejects.toEqual(signedOut)
      expect(await ofDevice()).toEqual([{ ...session, ...markAt(clock.now()) }])
      await expect(renew()).rejects.toEqual(signedOut)
    },
  )

  it('wins over two renewals at once as well', async () => {
    const { renew, arm, ofDevice } = await renewing('before')
    arm()
    const outcomes = await Promise.allSettled([renew(), renew()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await ofDevice()).every(({ revokedAt }) => revokedAt !== undefined)).toBe(true)
  })

  it('is not seen in a mark that stood beside a living session before', async () => {
    const { renew, memory, session } = await renewing('before')
    const late = session.createdAt + 5000 // not earlier than the renewal: it stays
    await memory.sessions.add({ ...session, id: 'f'.repeat(64), createdAt: late, revokedAt: late })
    await expect(renew()).resolves.toMatchObject({ user: { id: session.userId } })
  })
})

describe('a deletion at the same time', () => {
  const erase = async ({ identities, sessions, users }: MemoryStores, userId: string, ids: string[]) => {
    await sessions.removeAll(userId)
    for (const id of ids) await identities.release(id, userId)
    await users.remove(userId)
  }

  /** Runs the deletion before the verb, the first time it is called once armed. */
  const deletingBefore = (collection: 'sessions' | 'users' | 'identities', verb: string, openid = ALICE) => {
    let victim: string | undefined
    const around = (memory: MemoryStores): Stores => {
      const store: object = memory[collection]
      return {
        ...memory,
        [collection]: new Proxy(store, {
          get: (target, name) => {
            const act: unknown = Reflect.get(target, name)
            if (name !== verb || typeof act !== 'function') return act
            return async (...args: unknown[]) => {
              const doomed = victim
              victim = undefined
              if (doomed) await erase(memory, doomed, [openidIdentity(APPID, openid), unionidIdentity('u1')])
              return Reflect.apply(act, target, args)
            }
          },
        }),
      }
    }
    return {
      around,
      arm: (userId: string) => {
        victim = userId
      },
    }
  }

  it.each([
    ['sessions', 'add'],
    ['users', 'find'],
    ['identities', 'replaceKeys'],
  ] as const)(
    'that comes before %s.%s leaves nothing of the old user; the person signs in as a new one',
    async (collection, verb) => {
      const { around, arm } = deletingBefore(collection, verb)
      const { arrive, memory } = given(around)
      const old = await arrive(ALICE, { unionid: 'u1', device: DEVICE })
      arm(old.user.id)
      const again = await arrive(ALICE, { unionid: 'u1', device: DEVICE, key: keyOf('rotated') })
      expect(again.user.id).not.toBe(old.user.id)
      expect(JSON.stringify(memory.all())).not.toContain(old.user.id)
      expect(memory.all()).toMatchObject({ users: [{ id: again.user.id }], sessions: [{ userId: again.user.id }] })
    },
  )

  it('that strikes while the person joins from a second mini-program leaves no claim on the old user', async () => {
    const { around, arm } = deletingBefore('users', 'find')
    const { arrive, memory } = given(around)
    const old = await arrive(ALICE, { unionid: 'u1' })
    arm(old.user.id)
    const { user } = await arrive('oElsewhere', { appid: 'wx00000000000000bb', unionid: 'u1' })
    expect(user.id).not.toBe(old.user.id)
    expect(JSON.stringify(memory.all())).not.toContain(old.user.id)
  })

  it.each([
    ['joined from a second mini-program', 'oElsewhere', 'wx00000000000000bb'],
    ['was linked to a unionid', ALICE, APPID],
  ])(
    'that did not see the claim of a sign-in that %s and died leads nobody back to the old user',
    async (_how, openid, appid) => {
      let isDead = false
      const { arrive, memory, identityOf } = given((stores) => ({
        ...stores,
        sessions: {
          ...stores.sessions,
          add: (session) => (isDead ? Promise.reject(new Error('dead')) : stores.sessions.add(session)),
        },
        identities: {
          ...stores.identities,
          release: async (...claim) => !isDead && stores.identities.release(...claim),
        },
      }))
      const old = await arrive(ALICE, { ...(openid !== ALICE && { unionid: 'u1' }) })
      const seen = (await memory.identities.ofUser(old.user.id)).map(({ id }) => id)
      isDead = true
      await expect(arrive(openid, { appid, unionid: 'u1' })).rejects.toThrow('dead')
      isDead = false
      await erase(memory, old.user.id, seen)
      expect(memory.all().identities).toMatchObject([{ userId: old.user.id }])
      const again = await arrive(openid, { appid, unionid: 'u1' })
      expect(again.user.id).not.toBe(old.user.id)
      expect(JSON.stringify(memory.all())).not.toContain(old.user.id)
      expect(await memory.identities.find(identityOf(openid, appid))).toMatchObject({ userId: again.user.id })
    },
  )

  it('followed by a new sign-up at once: the late one joins the new user', async () => {
    let strike = false
    const { arrive, memory, identityOf } = given((stores) => ({
      ...stores,
      identities: {
        ...stores.identities,
        replaceKeys: async (...args) => {
          if (strike) {
            strike = false
            await erase(stores, old.user.id, [args[0]])
            await stores.users.add({ id: 'new', createdAt: 0 })
            await stores.identities.add({
              id: args[0],
              userId: 'new',
              createdAt: 0,
              key: { sealed: 'v1.x.a.b.c', at: 0 },
            })
          }
          return stores.identities.replaceKeys(...args)
        },
      },
    }))
    const old = await arrive(ALICE)
    strike = true
    expect((await arrive(ALICE, { key: keyOf('rotated') })).user.id).toBe('new')
    expect(await memory.identities.find(identityOf(ALICE))).toMatchObject({ userId: 'new' })
    expect(memory.all().sessions.map(({ userId }) => userId)).toEqual(['new'])
  })

  it('that marked the user lets no session in: nothing of it stays', async () => {
    const { arrive, memory } = given((stores) => ({
      ...stores,
      users: { ...stores.users, find: async (id) => ({ id, createdAt: 0, deletedAt: 1 }) },
    }))
    await expect(arrive(ALICE, { device: DEVICE })).rejects.toEqual(expect.objectContaining({ code: 'INTERNAL' }))
    expect(memory.all().sessions).toEqual([])
  })

  it('that falls between a claim and its user does not leave a user that nobody can find', async () => {
    let memory: MemoryStores | undefined
    let struck = false
    const world = given((stores) => {
      memory = stores
      return {
        ...stores,
        users: {
          ...stores.users,
          // Somebody who won nothing read the claim back, finished, and deleted the account, all before this add.
          add: async (user) => {
            if (!struck) {
              struck = true
              await stores.identities.release(openidIdentity(APPID, ALICE), user.id)
            }
            return stores.users.add(user)
          },
        },
      }
    })
    const { user } = await world.arrive()
    expect(memory?.all().users.map(({ id }) => id)).toEqual([user.id])
    expect(memory?.all().sessions.map(({ userId }) => userId)).toEqual([user.id])
    expect(memory?.all().identities.map(({ userId }) => userId)).toEqual([user.id])
  })
})
