// The sign-in: who a person turns out to be, and what is kept of them.
import { unionidIdentity } from '../../cloudfunctions/core/identities'
import { createArrivals as given } from '../support/arrivals'
import { ALICE, BOB, DEVICE, keyOf } from '../support/server'

const DAY = 86_400_000

describe('a first sign-in', () => {
  it('makes one user, one identity and one session, and stores neither openid nor key nor token in clear', async () => {
    const { arrive, memory, keysOf } = given()
    const { token, user } = await arrive(ALICE, { device: DEVICE })
    const { users, identities, sessions } = memory.all()
    expect([users, identities, sessions].map((rows) => rows.length)).toEqual([1, 1, 1])
    expect(sessions[0]).toMatchObject({ userId: user.id, device: DEVICE, transport: 'cloud' })
    expect(await keysOf()).toEqual([keyOf(ALICE), undefined])
    const everything = JSON.stringify(memory.all())
    for (const secret of [ALICE, keyOf(ALICE), token.reveal()]) expect(everything).not.toContain(secret)
  })

  it('lasts thirty days unused, and never longer than 180', async () => {
    const { arrive, clock } = given()
    const { session } = await arrive()
    expect([session.expiresAt, session.endsAt].map((at) => at - clock.now())).toEqual([30 * DAY, 180 * DAY])
  })

  it('gives two people two users', async () => {
    const { arrive } = given()
    expect((await arrive(ALICE)).user.id).not.toBe((await arrive(BOB)).user.id)
  })
})

describe('signing in again', () => {
  it('finds the same user and replaces the session of the same device only', async () => {
    const { arrive, clock, memory } = given()
    const first = await arrive(ALICE, { device: DEVICE })
    const other = await arrive(ALICE, { device: { ...DEVICE, id: 'device-0002' } })
    clock.advance(1)
    const second = await arrive(ALICE, { device: DEVICE })
    expect(second.user).toEqual(first.user)
    expect(new Set(memory.all().sessions.map(({ id }) => id))).toEqual(new Set([other.session.id, second.session.id]))
  })

  it('replaces nothing when the device does not introduce itself', async () => {
    const { arrive, memory } = given()
    await arrive()
    await arrive()
    expect(memory.all().sessions).toHaveLength(2)
  })

  it('keeps the key that was replaced, and only when it changed', async () => {
    const { arrive, keysOf } = given()
    const [one, two, three] = [1, 2, 3].map((fill) => Buffer.alloc(16, fill).toString('base64'))
    if (!one || !two || !three) throw new Error('three keys')
    await arrive(ALICE, { key: one })
    await arrive(ALICE, { key: one })
    expect(await keysOf()).toEqual([one, undefined])
    await arrive(ALICE, { key: two })
    expect(await keysOf()).toEqual([two, one])
    await arrive(ALICE, { key: three })
    expect(await keysOf()).toEqual([three, two])
  })

  it('does not let an exchange that began earlier push out the newer key', async () => {
    const { arrive, clock, keysOf } = given()
    const [older, newer] = [keyOf('older'), keyOf('newer')]
    const began = clock.now() - 5
    await arrive(ALICE, { key: newer })
    await arrive(ALICE, { key: older, exchangedAt: began })
    expect(await keysOf()).toEqual([newer, older])
    await arrive(ALICE, { key: older, exchangedAt: began })
    expect(await keysOf()).toEqual([newer, older])
  })

  it('heals a key that no longer opens because its sealing key was retired', async () => {
    const { arrive, keysOf, memory, identityOf } = given()
    await arrive(ALICE, { key: keyOf('old') })
    const stored = await memory.identities.find(identityOf(ALICE))
    await memory.identities.replaceKeys(identityOf(ALICE), stored?.key?.sealed, {
      key: { sealed: 'v1.gone.a.b.c', at: 1 },
    })
    await arrive(ALICE, { key: keyOf('new') })
    expect(await keysOf()).toEqual([keyOf('new'), undefined])
  })
})

describe('the unionid', () => {
  const other = { appid: 'wx00000000000000bb', unionid: 'u1' }

  it('makes one person of one user in two mini-programs', async () => {
    const { arrive } = given()
    const here = await arrive(ALICE, { unionid: 'u1' })
    const there = await arrive('oElsewhere', other)
    expect(there.user).toEqual(here.user)
    expect(there.user.union).toBe(unionidIdentity('u1'))
  })

  it('links a user who was there before the Open Platform was', async () => {
    const { arrive } = given()
    const before = await arrive(ALICE)
    const after = await arrive(ALICE, { unionid: 'u1' })
    expect([before.user.union, after.user.union]).toEqual([undefined, unionidIdentity('u1')])
    expect(after.user.id).toBe(before.user.id)
  })

  it('merges nothing when two users exist already', async () => {
    const { arrive } = given()
    const here = await arrive(ALICE)
    const there = await arrive('oElsewhere', { appid: other.appid })
    const linked = await arrive(ALICE, { unionid: 'u1' })
    const late = await arrive('oElsewhere', other)
    expect([linked.user.id, late.user.id]).toEqual([here.user.id, there.user.id])
    expect([linked.user.union, late.user.union]).toEqual([unionidIdentity('u1'), undefined])
  })

  it('tells nothing in a later mini-program of a user it does not belong to', async () => {
    const { arrive, memory } = given()
    await arrive(ALICE, { unionid: 'u1' })
    await arrive(BOB, { unionid: 'u2' })
    expect(memory.all().users).toHaveLength(2)
  })
})

describe('an expected user', () => {
  it.each([
    ['nobody yet', []],
    ['somebody else', [ALICE]],
  ])('that is %s refuses before anything is written', async (_who, before) => {
    const { arrive, memory } = given()
    for (const openid of before) await arrive(openid)
    const stored = structuredClone(memory.all())
    await expect(arrive(ALICE, { expectUser: 'somebody', unionid: 'u1' })).rejects.toEqual(
      expect.objectContaining({ code: 'USER_CHANGED' }),
    )
    expect(memory.all()).toEqual(stored)
  })

  it('that is right signs in', async () => {
    const { arrive } = given()
    const { user } = await arrive()
    expect((await arrive(ALICE, { expectUser: user.id })).user.id).toBe(user.id)
  })
})
