// Deletion: nothing is left, wherever it was cut off, and whoever was writing at the time.
import { calls } from '../../cloudfunctions/calls/index'
import { deleteUser } from '../../cloudfunctions/core/deletion'
import { createServe, type ServePorts } from '../../cloudfunctions/serve'
import { type Account, createAccount, NUMBER, quiet } from '../support/account'
import { atEffect, cut, dies, type Hook, lost, withHook } from '../support/effects'
import { formOf, httpEvent } from '../support/http-events'
import { pictureOf } from '../support/pictures'
import { ALICE, APPID, DEVICE, keyOf, outcomeOf } from '../support/server'
import { userInfoOf } from '../support/user-info'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MOST_EFFECTS = 200

describe('a deleted account', () => {
  it('was all there before, and leaves nothing in any document or file', async () => {
    const account = await createAccount()
    const before = account.traces()
    expect(before).toEqual(expect.arrayContaining(['user id', 'identity', 'name', 'picture', 'picture on its way']))
    expect(outcomeOf(await account.deleteAccount())).toBe('ok')
    expect(account.traces()).toEqual([])
    expect(account.storage.files.size).toBe(0)
    const { sessions, identities, users, phones, redemptions, mediaChecks } = account.memory.all()
    expect([sessions, identities, users, phones, redemptions, mediaChecks]).toEqual([[], [], [], [], [], []])
  })

  it('leaves one proof, under a random id and with a time', async () => {
    const account = await createAccount()
    await account.deleteAccount()
    const at = account.clock.now()
    expect(account.memory.all().deletionProofs).toEqual([{ id: expect.stringMatching(/^deletion:[0-9a-f]{32}$/), at }])
  })

  it('deleted by five at once leaves one proof', async () => {
    const account = await createAccount()
    const { ports, memory, userId, traces } = account
    const all = { ...ports, stores: memory, storage: account.storage }
    await Promise.all(Array.from({ length: 5 }, () => deleteUser(all, userId)))
    expect([traces(), memory.all().deletionProofs.length]).toEqual([[], 1])
  })

  it('is nobody’s session any more, and its person is somebody new', async () => {
    const account = await createAccount()
    await account.deleteAccount()
    const { main, token, userId } = account
    expect(outcomeOf(await main({ v: 1, call: 'profile', data: {}, token }))).toBe('SESSION_EXPIRED')
    const again = await account.login(DEVICE)
    expect(again.session?.user).toMatchObject({ id: expect.not.stringMatching(userId) })
    expect(again.session?.user).not.toHaveProperty('nickname')
  })

  it('goes although the storage is down: its files are nobody’s, and erased later', async () => {
    const account = await createAccount()
    const down: Hook = (name, act) => (name === 'storage.remove' ? Promise.reject(new Error('down')) : act())
    expect(outcomeOf(await account.deleteAccount(withHook(account.ports, down)))).toBe('ok')
    expect(account.traces()).toEqual(['picture', 'picture on its way'])
    account.clock.advance(3 * MINUTE)
    expect(await account.housekeeping()).toMatchObject({ uploads: 3, failed: 0 })
    expect(account.traces()).toEqual([])
  })

  it('takes with it the session of a sign-in that died before it could take it back', async () => {
    const account = await createAccount()
    const [session] = account.memory.all().sessions
    if (!session) throw new Error('one is signed in')
    const late: Hook = async (name, act) => {
      if (name === 'identities.release') await account.memory.sessions.add({ ...session, id: 'late' })
      return act()
    }
    expect(outcomeOf(await account.deleteAccount(withHook(account.ports, late)))).toBe('ok')
    expect(account.memory.all().sessions).toEqual([])
  })

  it('takes with it what a client sends late to a path that was issued', async () => {
    const { waiting, ...account } = await createAccount()
    await account.deleteAccount()
    await account.storage.upload(waiting, pictureOf('png'), 'image/png')
    account.clock.advance(HOUR + 2 * MINUTE)
    await account.housekeeping()
    expect([account.storage.files.size, account.memory.all().uploads]).toEqual([0, []])
  })
})

describe('a deletion cut off', () => {
  it.each<[string, Hook, boolean]>([
    ['before any one of its effects', cut, false],
    ['after any one of its effects', lost, false],
    ['by the death of its instance at any one of its effects', dies, true],
  ])('%s is finished by housekeeping, or never began', async (_when, how, isDeath) => {
    let steps = 0
    for (; steps < MOST_EFFECTS; steps++) {
      const account = await createAccount()
      const { hook, reached } = atEffect(steps, how)
      const reply = account.deleteAccount(withHook(account.ports, hook))
      if (isDeath) {
        await quiet()
        account.clock.advance(3000)
      }
      await reply
      if (!reached()) break
      const { users } = account.memory.all()
      const began = users.length === 0 || users[0]?.deletedAt !== undefined
      account.clock.advance(11 * MINUTE)
      expect(await account.housekeeping()).toMatchObject({ failed: 0 })
      const left = account.traces()
      const proofs = account.memory.all().deletionProofs.length
      if (began) expect({ step: steps, left, proofs }).toEqual({ step: steps, left: [], proofs: 1 })
      else expect(left).toContain('name')
    }
    expect(steps).toBeGreaterThan(15)
    expect(steps).toBeLessThan(MOST_EFFECTS)
  })

  it('at any one of its effects lets the person in at once, as somebody new', async () => {
    for (let steps = 0; steps < MOST_EFFECTS; steps++) {
      const account = await createAccount()
      const { hook, reached } = atEffect(steps, cut)
      await account.deleteAccount(withHook(account.ports, hook))
      const { users } = account.memory.all()
      const isHalf = users[0]?.deletedAt !== undefined
      const { session } = await account.login(DEVICE)
      expect(session?.user.id).toBeDefined()
      if (isHalf) {
        expect(session?.user.id).not.toBe(account.userId)
        await account.housekeeping() // what nothing leads to any more the sign-in could not find
        expect(JSON.stringify(account.memory.all())).not.toContain(account.userId)
      }
      if (!reached()) return
    }
    throw new Error('the deletion never ended')
  })
})

describe('whoever writes while the account is deleted leaves nothing behind', () => {
  const picture = pictureOf('png', 80)

  type Writer = (account: Account, ports: ServePorts) => Promise<unknown>
  const call =
    (name: string, dataOf: (account: Account) => object): Writer =>
    (account, ports) => {
      account.server.from({ appid: APPID, openid: ALICE })
      return account.serveOver(ports)({ v: 1, call: name, data: dataOf(account), token: account.token }, {})
    }
  const writers: Array<[string, Writer]> = [
    ['a number by its code', call('phone', ({ tap }) => ({ code: tap(NUMBER.replace('5', '6')).code }))],
    ['a number by sealed data', call('phone', ({ tap }) => tap(NUMBER.replace('5', '6')).sealed)],
    ['a name', call('profile', () => ({ nickname: 'Somebody' }))],
    ['a name and a picture', call('profile', ({ waiting }) => ({ nickname: 'Somebody', avatar: waiting }))],
    ['no picture any more', call('profile', () => ({ avatar: null }))],
    ['a path for a picture', call('avatarUpload', () => ({ type: 'png', size: 80 }))],
    ['WeChat’s name and face', call('userInfo', ({ clock }) => userInfoOf({ at: clock.now() }))],
    ['the devices', call('signOut', () => ({ which: 'others' }))],
    [
      'a picture over https',
      async (account, ports) => {
        account.server.from({ appid: APPID, source: 'wx_http' })
        const path = account.memory.all().uploads.find(({ state }) => state === 'issued')?.path ?? ''
        const form = formOf({ name: 'path', value: path }, { name: 'file', value: picture, filename: 'a.png' })
        return account.doorOver(ports)(httpEvent({ path: '/avatar', ...form }), {})
      },
    ],
  ]

  it.each(writers)('%s, paused before any one of its effects', async (_what, write) => {
    let steps = 0
    for (; steps < MOST_EFFECTS; steps++) {
      const account = await createAccount()
      const { hook, reached } = atEffect(steps, async (_name, act) => {
        const { clock, random } = account.ports
        await deleteUser({ clock, random, stores: account.memory, storage: account.storage }, account.userId)
        return act()
      })
      await write(account, withHook(account.ports, hook))
      if (!reached()) break
      const left = account.traces({ 'new picture': picture.toString('hex'), 'new name': 'Somebody' })
      expect({ step: steps, left }).toEqual({ step: steps, left: [] })
    }
    expect(steps).toBeGreaterThanOrEqual(2)
    expect(steps).toBeLessThan(MOST_EFFECTS)
  })

  it('a sign-in, paused before any one of its effects: nothing of the old user, and a new one', async () => {
    let steps = 0
    for (; steps < MOST_EFFECTS; steps++) {
      const account = await createAccount()
      const { hook, reached } = atEffect(steps, async (_name, act) => {
        const { clock, random } = account.ports
        await deleteUser({ clock, random, stores: account.memory, storage: account.storage }, account.userId)
        return act()
      })
      const main = createServe(withHook(account.ports, hook), { calls, transport: 'cloud' })
      const code = account.server.codeOf(ALICE, { unionid: 'unionid-of-alice', key: keyOf('rotated') })
      const reply = await main({ v: 1, call: 'login', data: {}, code, device: DEVICE }, {})
      if (!reached()) break
      const text = JSON.stringify(account.memory.all())
      const { users, sessions } = account.memory.all()
      // The deletion may come after the answer is certain: then the session it took is the one that was granted.
      expect({ step: steps, left: text.includes(account.userId) }).toEqual({ step: steps, left: false })
      expect(sessions.every(({ userId }) => users.some(({ id }) => id === userId))).toBe(true)
      expect(outcomeOf(reply)).toBe('ok')
    }
    expect(steps).toBeGreaterThan(5)
  })
})
