// Housekeeping: what it tidies, in pages and in time, alone or twice at once, and for whom it does nothing.
import { calls } from '../../cloudfunctions/calls/index'
import { deleteUser } from '../../cloudfunctions/core/deletion'
import { Refusal } from '../../cloudfunctions/core/errors'
import type { Caller } from '../../cloudfunctions/core/ports'
import type { UploadRecord } from '../../cloudfunctions/core/records'
import { createHousekeeping } from '../../cloudfunctions/housekeeping/door'
import { createEnvironment } from '../../cloudfunctions/platform/environment'
import { createServe } from '../../cloudfunctions/serve'
import { type Hook, withHook } from '../support/effects'
import { httpEvent } from '../support/http-events'
import { pictureOf, upload } from '../support/pictures'
import { ALICE, APPID, createTestServer, type ServerOptions, VARIABLES } from '../support/server'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOTHING = {
  deletions: 0,
  uploads: 0,
  checks: 0,
  claims: 0,
  sessions: 0,
  counters: 0,
  phoneCodes: 0,
  nonces: 0,
  failed: 0,
}

const given = async (options: ServerOptions = {}) => {
  const server = createTestServer(options)
  const { memory, storage, clock, ports } = server
  const tidy = (hook?: Hook, event: unknown = { Type: 'Timer' }, caller: Caller = { source: 'wx_trigger' }) => {
    server.from(caller)
    return createHousekeeping(hook ? withHook(ports, hook) : ports)(event, {})
  }
  let made = 0
  const uploadOf = async (parts: Partial<UploadRecord> = {}): Promise<UploadRecord> => {
    const name = String(made++).padStart(32, '0')
    const path = `avatars/${name}.png`
    const now = clock.now()
    const record = { id: `upload:${name}`, path, type: 'png', state: 'issued', createdAt: now, expiresAt: now } as const
    const upload = { ...record, userId: 'somebody', ...parts }
    await memory.uploads.add(upload)
    await storage.upload(path, pictureOf('png'), 'image/png')
    return upload
  }
  const sessionOf = (n: number, expiresAt: number) => {
    const id = String(n).padStart(64, '0')
    const now = clock.now()
    const whose = { id, userId: 'u', identity: 'o:x', transport: 'cloud', createdAt: now } as const
    return memory.sessions.add({ ...whose, lastSeenAt: now, expiresAt, endsAt: now })
  }
  return { ...server, server, tidy, uploadOf, sessionOf, paths: () => [...storage.files.keys()] }
}

describe('each kind', () => {
  it('of which nothing is due is left alone', async () => {
    const { server, tidy, memory } = await given()
    const { token } = await server.signIn()
    await upload(server, token)
    const before = structuredClone(memory.all())
    expect([await tidy(), memory.all()]).toEqual([NOTHING, before])
  })

  it('sessions and marks that are over', async () => {
    const { tidy, sessionOf, memory, clock } = await given()
    for (let n = 0; n < 3; n++) await sessionOf(n, clock.now() - 1 + n)
    expect(await tidy()).toEqual({ ...NOTHING, sessions: 1 })
    expect(memory.all().sessions).toHaveLength(2)
  })

  it('counters, spent codes and push nonces that are over', async () => {
    const { tidy, memory, clock } = await given()
    const now = clock.now()
    for (const [n, expiresAt] of [now - 1, now + 1].entries()) {
      await memory.counters.take(`c:${n}`, 1, expiresAt)
      await memory.pushNonces.add(`pushNonce:${n}`, expiresAt)
      await memory.redemptions.add({ id: `phoneCode:${n}`, identity: 'o:x', attempt: 'a', until: now, expiresAt })
    }
    expect(await tidy()).toEqual({ ...NOTHING, counters: 1, phoneCodes: 1, nonces: 1 })
    const { counters, pushNonces, redemptions } = memory.all()
    expect([counters, pushNonces, redemptions].map((rows) => rows.length)).toEqual([1, 1, 1])
  })

  it('pictures never saved, file and record, a minute after their hour', async () => {
    const { server, tidy, memory, paths, clock } = await given()
    const { token } = await server.signIn()
    await upload(server, token)
    await upload(server, token, { bytes: null })
    clock.advance(HOUR + MINUTE)
    expect(await tidy()).toMatchObject({ uploads: 0 })
    clock.advance(1)
    expect(await tidy()).toMatchObject({ uploads: 2 })
    expect([memory.all().uploads, paths()]).toEqual([[], []])
  })

  it('pictures that a save took and never showed', async () => {
    const { tidy, uploadOf, paths, clock } = await given()
    await uploadOf({ state: 'saved' })
    clock.advance(MINUTE + 1)
    expect(await tidy()).toMatchObject({ uploads: 1 })
    expect(paths()).toEqual([])
  })

  it('doomed files, whoever left them', async () => {
    const { tidy, uploadOf, memory, paths, clock } = await given()
    const { id } = await uploadOf({ createdAt: clock.now() - HOUR })
    await memory.uploads.doom(id, clock.now())
    clock.advance(MINUTE + 1)
    expect(await tidy()).toMatchObject({ uploads: 1 })
    expect([memory.all().uploads, paths()]).toEqual([[], []])
  })

  it('what an account left that was deleted while the storage was down, and what is sent there within the hour', async () => {
    const { server, tidy, memory, storage, paths, clock, ports } = await given()
    const { token, user } = await server.signIn()
    const path = await upload(server, token)
    jest.spyOn(storage, 'remove').mockRejectedValueOnce(new Error('down'))
    await deleteUser({ clock, random: ports.random, stores: memory, storage }, user.id)
    expect([memory.all().users, paths()]).toEqual([[], [path]])
    clock.advance(10 * MINUTE)
    await tidy()
    expect([memory.all().uploads.length, paths()]).toEqual([1, []])
    await storage.upload(path, pictureOf('png'), 'image/png')
    clock.advance(51 * MINUTE + 1)
    expect(await tidy()).toMatchObject({ uploads: 1 })
    expect([paths(), memory.all().uploads]).toEqual([[], []])
  })

  it('pictures without a verdict are asked about by token, with the openid that was kept', async () => {
    const { server, tidy, asked, memory, clock, lines } = await given()
    const { token } = await server.signIn()
    await server.main({ v: 1, call: 'profile', data: { avatar: await upload(server, token) }, token })
    clock.advance(30 * MINUTE + 1)
    expect(await tidy()).toMatchObject({ checks: 1, failed: 0 })
    expect(asked).toEqual(['cloud: checkPicture', 'token: checkPicture'])
    expect(memory.all().mediaChecks).toMatchObject([{ attempts: 2 }])
    expect(JSON.stringify(lines.at(-1)?.line)).not.toContain(ALICE)
    expect(lines.at(-1)?.hidden.map((secret) => secret.reveal())).toContain(ALICE)
  })

  it('pictures without a verdict are left, attempts and all, to the mini-program that asked', async () => {
    const { server, tidy, asked, memory, clock, ports } = await given()
    const { token } = await server.signIn()
    await server.main({ v: 1, call: 'profile', data: { avatar: await upload(server, token) }, token })
    const environment = createEnvironment({ ...VARIABLES, WEIXIN_APPID: 'wx00000000000000bb' }, 'housekeeping')
    server.from({ source: 'wx_trigger' })
    for (let n = 0; n < 6; n++) {
      clock.advance(30 * MINUTE + 1)
      expect(await createHousekeeping({ ...ports, environment })({ Type: 'Timer' }, {})).toMatchObject({ checks: 0 })
    }
    expect(memory.all().mediaChecks).toMatchObject([{ attempts: 1 }])
    expect(await tidy()).toMatchObject({ checks: 1, failed: 0 })
    expect(asked).toEqual(['cloud: checkPicture', 'token: checkPicture'])
  })

  it('claims on a number whose writer died: settled when they count, taken back when they do not', async () => {
    const { server, tidy, memory, clock } = await given()
    const { token, user } = await server.signIn()
    await server.main({ v: 1, call: 'phone', data: { code: server.tap().code }, token })
    const [bound] = memory.all().phones
    if (!bound) throw new Error('bound')
    const until = clock.now()
    await memory.phones.replace({ ...bound, until }, bound.attempt) // as if it had died before settling
    await memory.phones.add({ id: 'left', owner: user.id, attempt: 'dead', until })
    await memory.phones.add({ id: 'orphan', owner: 'nobody', attempt: 'dead', until })
    await memory.phones.add({ id: 'recent', owner: 'nobody', attempt: 'alive', until: until + 1 })
    clock.advance(MINUTE + 1)
    expect(await tidy()).toEqual({ ...NOTHING, claims: 3 })
    expect(memory.all().phones.map(({ id, until: end }) => [id, end])).toEqual([
      [bound.id, undefined],
      ['recent', until + 1],
    ])
    expect((await memory.users.find(user.id))?.phone?.claim).toBe(bound.id)
  })

  it('a claim taken back stays so: the last write of its dead writer points to nothing', async () => {
    const { server, tidy, memory, clock } = await given()
    const { user } = await server.signIn()
    const until = clock.now()
    await memory.phones.add({ id: 'left', owner: user.id, attempt: 'dead', until })
    clock.advance(MINUTE + 1)
    await tidy()
    const phone = { claim: 'left', attempt: 'dead', sealed: 's', masked: 'm', countryCode: '86', boundAt: until }
    expect(await memory.users.point(user.id, undefined, phone)).toBe(false)
  })

  it('deletions that did not end', async () => {
    const { server, tidy, memory, clock } = await given()
    const { user } = await server.signIn()
    await memory.users.markDeleted(user.id, clock.now(), 'p')
    expect(await tidy()).toMatchObject({ deletions: 1 })
    const { users, sessions, identities, deletionProofs } = memory.all()
    expect([users, sessions, identities, deletionProofs.length]).toEqual([[], [], [], 1])
  })
})

describe('a picture in use', () => {
  it('survives the expiry of its upload, for years', async () => {
    const { server, tidy, memory, paths, clock } = await given()
    const { token } = await server.signIn()
    const path = await upload(server, token)
    await server.main({ v: 1, call: 'profile', data: { avatar: path }, token })
    for (let n = 0; n < 20; n++) {
      clock.advance(100 * DAY)
      await tidy()
    }
    expect([paths(), memory.all().uploads[0]?.state]).toEqual([[path], 'saved'])
  })

  it('is not looked at in every run', async () => {
    const { server, tidy, memory, clock } = await given()
    const { token, user } = await server.signIn()
    await server.main({ v: 1, call: 'profile', data: { avatar: await upload(server, token) }, token })
    await memory.mediaChecks.forget(user.id) // nobody asks any more, so its copy ends
    clock.advance(2 * HOUR)
    expect((await tidy()).uploads).toBe(2)
    clock.advance(DAY)
    expect((await tidy()).uploads).toBe(0)
  })

  it('replaced by somebody who died before erasing it is gone minutes later', async () => {
    const { server, tidy, memory, paths, clock } = await given()
    const { token, user } = await server.signIn()
    const path = await upload(server, token)
    await server.main({ v: 1, call: 'profile', data: { avatar: path }, token })
    clock.advance(2 * HOUR)
    await tidy()
    server.from({ appid: APPID, openid: ALICE })
    const dies: Hook = (name, act) => (name === 'uploads.doom' ? Promise.reject(new Error('dead')) : act())
    const main = createServe(withHook(server.ports, dies), { calls, transport: 'cloud' })
    expect(await main({ v: 1, call: 'profile', data: { avatar: null }, token })).toMatchObject({ ok: true })
    expect([(await memory.users.find(user.id))?.avatar, paths()[0]]).toEqual([undefined, path])
    clock.advance(3 * MINUTE)
    await tidy()
    expect(paths()).toEqual([expect.stringMatching(`^copies/[0-9a-f]{32}/${path}$`)])
    clock.advance(HOUR)
    await tidy()
    expect(paths()).toEqual([])
  })
})

describe('a run', () => {
  it('goes through page after page', async () => {
    const { tidy, uploadOf, sessionOf, memory, clock } = await given()
    for (let n = 0; n < 120; n++) {
      await sessionOf(n, 1)
      await uploadOf()
      await memory.users.add({ id: `u${n}`, createdAt: 0, deletedAt: n, proof: `p${n}` })
    }
    clock.advance(MINUTE + 1)
    expect(await tidy()).toEqual({ ...NOTHING, sessions: 120, uploads: 120, deletions: 120 })
  })

  it('twice at once does all of it, and leaves one proof for each deletion', async () => {
    const { tidy, uploadOf, sessionOf, memory, paths, clock } = await given()
    for (let n = 0; n < 60; n++) {
      await sessionOf(n, 1)
      await uploadOf()
      await memory.users.add({ id: `u${n}`, createdAt: 0, deletedAt: n, proof: `p${n}` })
    }
    clock.advance(MINUTE + 1)
    const both = await Promise.all([tidy(), tidy()])
    expect(both.map(({ failed }) => failed)).toEqual([0, 0])
    const { sessions, uploads, users, deletionProofs } = memory.all()
    expect([sessions, uploads, users, paths(), deletionProofs.length]).toEqual([[], [], [], [], 60])
  })

  it('once more finds nothing to do', async () => {
    const { tidy, uploadOf, clock } = await given()
    await uploadOf()
    clock.advance(MINUTE + 1)
    expect([(await tidy()).uploads, await tidy()]).toEqual([1, NOTHING])
  })

  it('begins nothing new when its time is short, and the next run goes on', async () => {
    const { tidy, uploadOf, memory, clock } = await given()
    for (let n = 0; n < 20; n++) await uploadOf()
    clock.advance(MINUTE + 1)
    const slow: Hook = async (name, act) => {
      if (name === 'storage.remove') clock.advance(300)
      return act()
    }
    const first = await tidy(slow)
    expect(first.uploads).toBeGreaterThan(3)
    expect(first.uploads).toBeLessThan(9)
    expect(memory.all().uploads).toHaveLength(20 - first.uploads)
    expect(await tidy()).toMatchObject({ uploads: 20 - first.uploads })
  })

  it('is not kept from the others by one that fails, and counts it', async () => {
    const { tidy, uploadOf, sessionOf, memory, storage, clock } = await given()
    const stuck = await uploadOf()
    await uploadOf()
    await sessionOf(1, 1)
    clock.advance(MINUTE + 1)
    const remove = storage.remove
    storage.remove = async (fileID) => {
      if (fileID.endsWith(stuck.path)) throw new Error('stuck')
      return remove(fileID)
    }
    expect(await tidy()).toEqual({ ...NOTHING, uploads: 1, sessions: 1, failed: 1 })
    expect(memory.all().uploads).toMatchObject([{ id: stuck.id, state: 'doomed' }])
  })

  it.each([
    ['users.halfDeleted', { deletions: 0 }],
    ['uploads.due', { uploads: 0 }],
    ['mediaChecks.due', {}],
    ['sessions.removeExpired', { sessions: 0 }],
  ])('is not kept from the other kinds by a document that %s cannot read', async (verb, less) => {
    const { tidy, uploadOf, sessionOf, memory, clock } = await given()
    await uploadOf()
    await sessionOf(1, 1)
    await memory.users.add({ id: 'half-gone', createdAt: 0, deletedAt: 1 })
    clock.advance(MINUTE + 1)
    const damaged: Hook = (name, act) => (name === verb ? Promise.reject(new Refusal('INTERNAL', 'damaged')) : act())
    expect(await tidy(damaged)).toEqual({ ...NOTHING, deletions: 1, uploads: 1, sessions: 1, ...less, failed: 1 })
  })

  it('says what it did in one line of numbers', async () => {
    const { tidy, sessionOf, lines } = await given()
    await sessionOf(1, 1)
    await tidy()
    const line = {
      call: '(housekeeping)',
      transport: 'timer',
      ok: true,
      detail: JSON.stringify({ ...NOTHING, sessions: 1 }),
    }
    expect(lines.map(({ line }) => line)).toEqual([expect.objectContaining(line)])
  })

  it('without any variable does whatever needs none', async () => {
    const { tidy, sessionOf } = await given({ variables: {} })
    await sessionOf(1, 1)
    expect(await tidy()).toMatchObject({ sessions: 1, failed: 0 })
  })

  it('whose sealing key is missing leaves the check for the next run', async () => {
    const { SEALING_KEYS: _none, ...variables } = VARIABLES
    const { tidy, memory, clock, lines } = await given({ variables })
    const check = { id: 'mediaCheck:t', userId: 'u', path: 'p', attempts: 1, expiresAt: clock.now() - 1 }
    await memory.mediaChecks.add(check)
    expect(await tidy()).toMatchObject({ checks: 0, failed: 1 })
    expect([memory.all().mediaChecks, lines.length]).toEqual([[check], 1])
  })
})

describe('nobody but the timer', () => {
  it.each<[string, Caller, unknown]>([
    ['a mini-program', { appid: APPID, openid: ALICE, source: 'wx_client' }, { Type: 'Timer' }],
    ['somebody with an openid and no source', { appid: APPID, openid: ALICE }, { Type: 'Timer' }],
    ['the developer tools', { source: 'wx_devtools' }, {}],
    ['a debugger', { source: 'wx_localdebug' }, {}],
    ['a client through another function', { source: 'wx_client,scf' }, {}],
    ['HTTP access', { source: 'wx_http' }, httpEvent()],
    ['HTTP access that gives no source', {}, httpEvent()],
  ])('has anything done: %s has not', async (_who, caller, event) => {
    const { tidy, sessionOf, memory, lines } = await given()
    await sessionOf(1, 1)
    await expect(tidy(undefined, event, caller)).rejects.toThrow('NOT_PERMITTED')
    expect(memory.all().sessions).toHaveLength(1)
    expect(lines.at(-1)?.line).toMatchObject({ ok: false, code: 'NOT_PERMITTED' })
  })
})
