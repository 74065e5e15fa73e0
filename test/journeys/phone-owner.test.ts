// One number is one user's: whoever comes second, however many come at once, and wherever a function dies.
import { TIME_LIMIT_MS } from '../support/emulator'
import { handset, useEmulator } from '../support/journey'

const WORKERS = 8
const BINDS = 100
const NUMBER = '13800000000'
const MASKED = '138****0000'
/** A slow machine must not make the phones give up. */
const PATIENT = { timeouts: { callMs: 60_000 }, retry: { attempts: 1 } }

const world = useEmulator({ workers: WORKERS })

const signedIn = async (account: string) => {
  const { auth } = handset(world.emulator, { account, device: account }, PATIENT)
  await auth.signIn()
  return auth
}
/** The code of a tap, for a number that all of them may show WeChat. */
const codeOf = (account: string) => {
  world.emulator.weixin.addNumber(account, NUMBER)
  return world.emulator.weixin.phoneCode(account, undefined, { number: NUMBER }).code
}
const bind = async (account: string, more: { takeOver?: true } = {}) => {
  const auth = await signedIn(account)
  return auth.call('phone', { code: codeOf(account), ...more })
}
/** Ids of the users who own a number: by a claim that they point to. */
const owners = () => {
  const claims = world.emulator.database.find('phones')
  return world.emulator.database
    .find('users', { phone: { $exists: true } })
    .filter(({ _id, phone }) => claims.some((claim) => claim['owner'] === _id && claim._id === claimOf(phone)))
    .map(({ _id }) => _id)
}
const claimOf = (phone: unknown) => (typeof phone === 'object' && phone && 'claim' in phone ? phone.claim : undefined)
const bound = { user: { phone: { masked: MASKED } } }

test('the second user is told that the number is taken, also after the sealing key was rotated', async () => {
  await bind('v1')
  await expect(bind('v2')).rejects.toMatchObject({ code: 'PHONE_TAKEN', remedy: 'ask' })

  const { environment } = world.emulator.functions.open('auth', {}, { account: 'v1' })
  const { SEALING_KEYS } = environment
  const rotated = `k2:${Buffer.alloc(32, 5).toString('base64')},${SEALING_KEYS}`
  await world.emulator.functions.environment('auth', { SEALING_KEYS: rotated })

  await expect(bind('v2')).rejects.toMatchObject({ code: 'PHONE_TAKEN' })
  expect(await bind('v1')).toMatchObject(bound)
  await world.emulator.functions.environment('auth', { SEALING_KEYS })
})

test('a take-over moves it: the old owner has it no more', async () => {
  await bind('v1')

  expect(await bind('v2', { takeOver: true })).toMatchObject(bound)

  const first = await signedIn('v1')
  expect((await first.call('profile', {})).user).not.toHaveProperty('phone')
  expect(owners()).toHaveLength(1)
})

test('a hundred concurrent binds of one number in eight workers leave one owner', async () => {
  const accounts = world.emulator.accounts.map(({ id }) => id)
  const phones = new Map(await Promise.all(accounts.map(async (id) => [id, await signedIn(id)] as const)))
  const claims = world.emulator.faults.add({ at: 'phones.add', answer: 'hold', times: WORKERS })

  const binds = Array.from({ length: BINDS }, (_, n) => {
    const account = accounts[n % accounts.length] ?? ''
    return phones.get(account)?.call('phone', { code: codeOf(account) })
  })
  const outcomes = Promise.allSettled(binds)
  await claims.held(WORKERS) // eight users in eight workers have proved the number, and nobody has claimed it
  claims.release()

  const codes = (await outcomes).map((outcome) => (outcome.status === 'fulfilled' ? 'ok' : outcome.reason.code))
  expect(new Set(codes)).toEqual(new Set(['ok', 'PHONE_TAKEN']))
  expect(owners()).toHaveLength(1)
  expect(world.emulator.database.find('phones')).toHaveLength(1)
  expect(world.emulator.database.find('users', { phone: { $exists: true } })).toHaveLength(1)
})

test('a claim orphaned by a crash does not block its number', async () => {
  const auth = await signedIn('v1')
  world.emulator.faults.add({ at: 'users.update', answer: 'silence' })
  const dying = auth.call('phone', { code: codeOf('v1') })
  dying.catch(() => undefined)
  await world.emulator.trace.until('phones.add')
  await expect(bind('v2')).rejects.toMatchObject({ code: 'PHONE_TAKEN' }) // it may yet be bound
  await world.emulator.clock.advance(TIME_LIMIT_MS) // the function is over, the claim is there, and nobody points to it
  await expect(dying).rejects.toMatchObject({ code: 'TIMEOUT' })
  expect([world.emulator.database.find('phones').length, owners()]).toEqual([1, []])

  expect(await bind('v2')).toMatchObject(bound)

  expect(owners()).toHaveLength(1)
})

test('what a dead function still writes does not give the number a second owner', async () => {
  const auth = await signedIn('v1')
  const writing = world.emulator.faults.add({ at: 'users.update', answer: 'hold' })
  const dying = auth.call('phone', { code: codeOf('v1') })
  dying.catch(() => undefined)
  await writing.held()
  await world.emulator.clock.advance(TIME_LIMIT_MS)
  await expect(dying).rejects.toMatchObject({ code: 'TIMEOUT' })
  expect(await bind('v2')).toMatchObject(bound)

  writing.release()
  await world.emulator.trace.until('users.update', 3) // v1 barred, v2 pointed, and the late one

  expect(owners()).toHaveLength(1)
  expect(world.emulator.database.find('users', { phone: { $exists: true } })).toHaveLength(1)
})

test('removed and bound again, by the same user and by another', async () => {
  const auth = await signedIn('v1')
  for (const account of ['v1', 'v1', 'v2']) {
    expect(await bind(account)).toMatchObject(bound)
    const owner = await signedIn(account)
    for (let n = 0; n < 2; n++) expect(await owner.call('phone', { remove: true })).not.toHaveProperty('user.phone')
    expect(world.emulator.database.find('phones')).toEqual([])
  }
  expect((await auth.call('profile', {})).user).not.toHaveProperty('phone')
})
