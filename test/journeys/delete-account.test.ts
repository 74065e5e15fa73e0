// An account erased: nothing of the person is left, whatever fails on the way and whoever writes meanwhile.
import { createHash } from 'node:crypto'
import type { FaultSpec } from '../../emulator/types'
import { TIME_LIMIT_MS } from '../support/emulator'
import { useEmulator } from '../support/journey'
import { allThatIsStored, codeOf, type Person, signInOn } from '../support/person'
import { pictureOf } from '../support/pictures'

const NAME = '要被忘记的人'
const world = useEmulator()

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

interface Known {
  phone: Person
  tablet: Person
  /** What must not be found any more, by name. */
  traces(): string[]
}

/** Somebody on two devices, with a number, a name, a picture, and another one that was never saved. */
const somebody = async (account = 'v1'): Promise<Known> => {
  const { emulator } = world
  const on = (device: string) => signInOn(emulator, account, device)
  const [phone, tablet] = await Promise.all([on('phone'), on('tablet')]) // at least two instances are warm now
  const [face, draft] = [pictureOf('png'), pictureOf('png')]
  await phone.call('phone', { code: emulator.weixin.phoneCode(account).code })
  const saved = await phone.call('profile', { nickname: NAME, avatar: await phone.upload(face) })
  if (!saved.ok) throw new Error(codeOf(saved))
  await phone.upload(draft)
  const number = emulator.accounts.find(({ id }) => id === account)?.phone ?? 'none'
  const [openid, unionid] = [emulator.weixin.openid(account), emulator.weixin.unionid(account)]
  const secrets: Record<string, string> = {
    id: phone.id,
    openid,
    unionid,
    identity: sha256(JSON.stringify([emulator.apps[0]?.appid, openid])),
    union: sha256(JSON.stringify([unionid])),
    number,
    masked: `${number.slice(0, 3)}****${number.slice(-4)}`,
    nickname: NAME,
    session: sha256(phone.token),
    'other session': sha256(tablet.token),
    face: face.toString('hex'),
    draft: draft.toString('hex'),
  }
  const traces = () => {
    const text = allThatIsStored(emulator)
    return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []))
  }
  return { phone, tablet, traces }
}
const housekeeping = () => world.emulator.functions.timer('housekeeping')
const LEAVES_NOTHING: string[] = []

describe('an account that is deleted', () => {
  test('leaves nothing of the person in the database or the storage, and a proof that names nobody', async () => {
    const { phone, traces } = await somebody()
    expect(traces()).toEqual(
      expect.arrayContaining(['id', 'identity', 'masked', 'nickname', 'session', 'face', 'draft']),
    )

    expect(await phone.deleteAccount()).toEqual({ ok: true, requestId: expect.any(String), data: {} })

    expect(traces()).toEqual(LEAVES_NOTHING)
    const { users, identities, sessions, phones, jobs = [] } = world.emulator.database.everything()
    expect([users, identities, sessions, phones]).toEqual([[], [], [], []])
    const [proof, ...others] = jobs.filter(({ kind }) => kind !== 'upload')
    expect(others).toEqual([])
    expect(proof?._id).toMatch(/^deletion:[0-9a-f]{32}$/)
  })

  test('refuses every token it ever had', async () => {
    const { phone, tablet } = await somebody()
    await phone.deleteAccount()

    expect(codeOf(await phone.call('profile'))).toBe('SESSION_EXPIRED')
    expect(codeOf(await tablet.call('sessions'))).toBe('SESSION_EXPIRED')
  })

  test('takes nobody else with it', async () => {
    const { phone } = await somebody('v1')
    const other = await somebody('v2')
    const before = other.traces()
    await phone.deleteAccount()

    expect(other.traces()).toEqual(before)
    expect(codeOf(await other.phone.call('profile'))).toBe('ok')
  })

  test('is a new one when the person signs in again, who may have the same number', async () => {
    const { phone } = await somebody()
    await phone.deleteAccount()
    const again = await signInOn(world.emulator, 'v1', 'phone')

    expect(again.id).not.toBe(phone.id)
    const { data } = await again.call('phone', { code: world.emulator.weixin.phoneCode('v1').code })
    expect(data).toMatchObject({ user: { id: again.id, phone: { countryCode: '86' } } })
    expect(data).not.toHaveProperty('user.nickname')
  })

  test('is gone for another tap at the same moment, too', async () => {
    const { phone, tablet, traces } = await somebody()
    const replies = await Promise.all([phone.deleteAccount(), tablet.deleteAccount()])

    expect(replies.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    expect(traces()).toEqual(LEAVES_NOTHING)
    expect(world.emulator.database.find('jobs', { kind: 'deletion' })).toHaveLength(1)
  })
})

describe('what does not delete', () => {
  const confirm = { confirm: true }

  test.each<[string, string, (person: Person) => Promise<unknown>]>([
    ['a token without a code', 'BAD_REQUEST', ({ call }) => call('deleteAccount', confirm)],
    [
      'a code without a token',
      'SESSION_EXPIRED',
      ({ call }) => call('deleteAccount', confirm, { token: undefined, code: world.emulator.weixin.loginCode('v1') }),
    ],
    [
      'another person’s code',
      'DATA_MISMATCH',
      ({ call }) => call('deleteAccount', confirm, { code: world.emulator.weixin.loginCode('v2') }),
    ],
    ['a made-up code', 'CODE_INVALID', ({ call }) => call('deleteAccount', confirm, { code: 'made-up' })],
    ['no yes', 'BAD_REQUEST', ({ call }) => call('deleteAccount', {}, { code: world.emulator.weixin.loginCode('v1') })],
    [
      'another account expected',
      'USER_CHANGED',
      ({ call }) =>
        call('deleteAccount', confirm, { expectUser: 'somebody', code: world.emulator.weixin.loginCode('v1') }),
    ],
  ])('%s is %s, and the account is as it was', async (_, code, act) => {
    const person = await signInOn(world.emulator, 'v1', 'phone')
    const before = allThatIsStored(world.emulator)

    expect(await act(person)).toMatchObject({ ok: false, error: { code } })
    expect(allThatIsStored(world.emulator)).toBe(before)
  })
})

describe('a deletion that fails on the way', () => {
  /** Every kind of step after the account was marked. */
  const STEPS = [
    'sessions.remove',
    'phones.remove',
    'jobs.where',
    'jobs.update',
    'storage.*',
    'jobs.remove',
    'identities.where',
    'identities.remove',
    'users.get',
    'users.remove',
  ]

  test('these are its steps', async () => {
    const { phone } = await somebody()
    world.emulator.trace.clear()
    await phone.deleteAccount()

    const hops = world.emulator.trace.hops.filter(({ to }) => to === 'database' || to === 'storage')
    const ops = hops.map(({ op, to }) => (to === 'storage' ? 'storage.*' : op))
    const after = new Set(ops.slice(ops.indexOf('users.update') + 1))
    expect([...after].sort()).toEqual([...STEPS, 'jobs.add'].sort())
  })

  const FAILURES: Array<[string, FaultSpec['answer']]> = [
    ['dies before', 'cut'],
    ['dies after', 'lost'],
  ]
  describe.each(FAILURES)('and %s', (_, answer) => {
    test.each(STEPS)('%s is finished by the timer', async (at) => {
      const { phone, traces } = await somebody()
      world.emulator.faults.add({ at: at === 'storage.*' ? '*eleteFile' : at, answer, times: 1 })
      await phone.deleteAccount()
      world.emulator.faults.clear()
      expect(codeOf(await phone.call('profile'))).not.toBe('ok')

      // The draft's path may still be being filled for an hour: its record stays as long, and names nobody.
      await world.emulator.clock.advance(2 * 3_600_000)
      await housekeeping()
      expect(traces()).toEqual(LEAVES_NOTHING)
      expect(world.emulator.database.everything()).toMatchObject({
        users: [],
        identities: [],
        phones: [],
        sessions: [],
      })
      expect(world.emulator.database.find('jobs')).toMatchObject([{ kind: 'deletion' }])
    })
  })

  test('and is killed by the platform keeps nobody from signing in anew, nor takes anything of the new account', async () => {
    const { phone } = await somebody()
    const hanging = world.emulator.faults.add({ at: 'phones.remove', answer: 'hold' })
    const deleting = phone.deleteAccount()
    await hanging.held()
    await world.emulator.clock.advance(TIME_LIMIT_MS)
    expect(codeOf(await deleting)).toBe('TIMEOUT')

    const again = await signInOn(world.emulator, 'v1', 'phone')
    await again.call('phone', { code: world.emulator.weixin.phoneCode('v1').code })
    hanging.release() // the dead one's last word
    await world.emulator.trace.until('phones.remove', 2)

    expect(again.id).not.toBe(phone.id)
    expect(allThatIsStored(world.emulator)).not.toContain(phone.id)
    expect((await again.call('profile')).data).toHaveProperty('user.phone')
    expect(world.emulator.database.find('phones')).toHaveLength(1)
  })
})

describe('whoever writes while the account is deleted leaves nothing behind', () => {
  const number = (person: Person) => person.call('phone', { code: world.emulator.weixin.phoneCode('v1').code })
  const WRITERS: Array<[string, string, (person: Person) => Promise<unknown>]> = [
    ['a number, before it is claimed', 'phones.add', number],
    ['a number, before it is bound', 'users.update', number],
    ['a number, before it is remembered', 'jobs.add', number],
    ['a name', 'users.update', (person) => person.call('profile', { nickname: NAME })],
    ['a picture’s path', 'jobs.add', (person) => person.call('avatarUpload', { type: 'png', size: 64 })],
    ['a session that is prolonged', 'sessions.update', (person) => person.call('profile')],
  ]

  test.each(WRITERS)('%s (%s)', async (_, at, write) => {
    const { tablet, traces, phone } = await somebody()
    await phone.call('phone', { remove: true })
    await world.emulator.clock.advance(25 * 3_600_000)
    if (at !== 'sessions.update') await tablet.call('profile') // prolonged: what is held is the write itself
    const other = await signInOn(world.emulator, 'v1', 'watch')
    const held = world.emulator.faults.add({ at, answer: 'hold', times: 1 })
    const writing = write(tablet)
    await held.held()
    expect(codeOf(await other.deleteAccount())).toBe('ok')
    held.release()

    expect(await writing).toMatchObject({ ok: false, error: { code: 'SESSION_EXPIRED' } })
    expect(traces()).toEqual(LEAVES_NOTHING)
    expect(world.emulator.database.everything()).toMatchObject({ users: [], identities: [], phones: [], sessions: [] })
  })

  test('a number whose claim lands after its writer was killed and the account is gone: the timer takes it back', async () => {
    const { tablet, traces, phone } = await somebody()
    await phone.call('phone', { remove: true })
    const held = world.emulator.faults.add({ at: 'phones.add', answer: 'hold', times: 1 })
    const dying = number(tablet)
    await held.held()
    await phone.deleteAccount()
    await world.emulator.clock.advance(TIME_LIMIT_MS)
    expect(codeOf(await dying)).toBe('TIMEOUT')
    world.emulator.trace.clear()
    held.release()
    await world.emulator.trace.until('phones.add')
    expect(traces()).toContain('id')

    await world.emulator.clock.advance(2 * 3_600_000)
    expect(await housekeeping()).toMatchObject({ claims: 1 })
    expect(traces()).toEqual(LEAVES_NOTHING)
  })

  test('a picture that is saved', async () => {
    const { tablet, traces } = await somebody()
    const avatar = await tablet.upload(pictureOf('png'))
    const other = await signInOn(world.emulator, 'v1', 'watch')
    const held = world.emulator.faults.add({ at: 'users.update', answer: 'hold', times: 1 })
    const saving = tablet.call('profile', { avatar })
    await held.held()
    await other.deleteAccount()
    held.release()

    expect(await saving).toMatchObject({ ok: false, error: { code: 'SESSION_EXPIRED' } })
    expect(traces()).toEqual(LEAVES_NOTHING)
    expect(world.emulator.storage.list().filter(({ path }) => /^(avatars|copies)\//.test(path))).toEqual([])
    expect(world.emulator.database.find('jobs', { kind: 'mediaCheck' })).toEqual([])
  })

  test.each(['sessions.add', 'identities.update'])('a sign-in (%s), which is one of a new user', async (at) => {
    const { phone } = await somebody()
    world.emulator.weixin.rotateSessionKey('v1') // so that the sign-in has a key to keep
    const held = world.emulator.faults.add({ at, answer: 'hold', times: 1 })
    const arriving = signInOn(world.emulator, 'v1', 'watch')
    await held.held()
    await phone.deleteAccount()
    held.release()

    const again = await arriving
    expect(again.id).not.toBe(phone.id)
    expect(allThatIsStored(world.emulator)).not.toContain(phone.id)
    expect(codeOf(await again.call('profile'))).toBe('ok')
  })
})
