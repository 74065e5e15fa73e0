// The sealing key rotated while people are signed in: added first, promoted next, with old instances still warm.
import { useEmulator } from '../support/journey'
import { codeOf, type Person, signInOn } from '../support/person'

const world = useEmulator()
const FRESH = `k2:${Buffer.alloc(32, 5).toString('base64')}`

/** What the function was deployed with. */
const original = (): string => {
  const invocation = world.emulator.functions.open('auth', {}, { account: 'v1' })
  invocation.end()
  return invocation.environment['SEALING_KEYS'] ?? 'none'
}
let keys: string
beforeEach(() => {
  keys = original()
})
afterEach(() => deploy({ SEALING_KEYS: keys, SEALING_WITH: undefined }))

const deploy = (variables: Record<string, string | undefined>) =>
  world.emulator.functions.environment('auth', variables)
const added = () => deploy({ SEALING_KEYS: `${keys},${FRESH}` })
const promoted = () => deploy({ SEALING_KEYS: `${keys},${FRESH}`, SEALING_WITH: 'k2' })
const retired = () => deploy({ SEALING_KEYS: FRESH, SEALING_WITH: undefined })

/** Which key sealed what is stored, by field. */
const sealedWith = () => {
  const text = JSON.stringify(world.emulator.database.everything())
  return new Set([...text.matchAll(/"v1\.(k\d)\./g)].map(([, key]) => key))
}
const bind = (person: Person, account: string, number?: string) => {
  if (number !== undefined) world.emulator.weixin.addNumber(account, number)
  const { code } = world.emulator.weixin.phoneCode(account, undefined, number === undefined ? {} : { number })
  return person.call('phone', { code })
}
const sealedOf = (account: string) => {
  const { encryptedData, iv } = world.emulator.weixin.phoneCode(account)
  return { encryptedData, iv }
}

test('nobody is signed out, old sealed values open, new ones use the new key, and a number stays taken', async () => {
  const [first, second] = [await signInOn(world.emulator, 'v1', 'phone'), await signInOn(world.emulator, 'v2', 'phone')]
  const number = world.emulator.accounts[0]?.phone ?? 'none'
  await bind(first, 'v1')

  await added()
  expect(codeOf(await first.call('profile'))).toBe('ok')
  expect(sealedWith()).toEqual(new Set(['k1']))

  await promoted()
  expect(codeOf(await first.call('profile'))).toBe('ok')
  // Sealed by WeChat with a session_key that lies sealed with the old key.
  expect(await second.call('phone', sealedOf('v2'))).toMatchObject({ ok: true })
  expect(await bind(second, 'v2', number)).toMatchObject({ error: { code: 'PHONE_TAKEN' } })
  expect(await bind(first, 'v1')).toMatchObject({ ok: true, data: { user: { phone: { countryCode: '86' } } } })
  expect(sealedWith()).toEqual(new Set(['k1', 'k2']))
})

test('an instance that still seals with the old key and one with the new one serve the same people', async () => {
  const { emulator } = world
  await added()
  // Two deployments at once: the ways in are functions of their own, over the same database.
  await emulator.functions.environment('https', { SEALING_KEYS: `${keys},${FRESH}`, SEALING_WITH: 'k2' })
  const overHttps = async (event: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const body = JSON.stringify({ v: 1, data: {}, ...event })
    const response = await fetch(`${emulator.url}/http/auth`, { method: 'POST', headers, body })
    return (await response.json()) as { ok: boolean; session?: { token: string; user: { id: string } } }
  }
  const old = await signInOn(emulator, 'v1', 'phone')
  emulator.weixin.rotateSessionKey('v1')
  const { session } = await overHttps({ call: 'login', code: emulator.weixin.loginCode('v1') })
  const sealed = sealedOf('v1')

  expect(session?.user.id).toBe(old.id)
  expect(sealedWith()).toEqual(new Set(['k1', 'k2']))
  expect(await old.call('phone', sealed)).toMatchObject({ ok: true }) // its key was sealed by the new instance
  expect(await overHttps({ call: 'phone', data: sealedOf('v1') }, session?.token)).toMatchObject({ ok: true })
  await emulator.functions.environment('https', { SEALING_KEYS: keys, SEALING_WITH: undefined })
})

test('with the old key retired, everybody stays signed in, and what it sealed heals with the next sign-in', async () => {
  const person = await signInOn(world.emulator, 'v1', 'phone')
  await bind(person, 'v1')
  await retired()

  expect((await person.call('profile')).data).toHaveProperty('user.phone')
  expect(codeOf(await person.call('phone', sealedOf('v1')))).toBe('SESSION_KEY_STALE')
  const again = await signInOn(world.emulator, 'v1', 'phone')
  expect(again.id).toBe(person.id)
  expect(codeOf(await again.call('phone', sealedOf('v1')))).toBe('ok')
})

test('a key promoted before it is known everywhere is told to the developer, and nothing is written', async () => {
  await deploy({ SEALING_WITH: 'k2' })
  const event = { v: 1, call: 'login', data: {}, code: world.emulator.weixin.loginCode('v1') }

  expect(await world.emulator.functions.invoke('auth', event, { account: 'v1' })).toMatchObject({
    ok: false,
    error: { code: 'MISCONFIGURED', message: expect.stringContaining('SEALING_WITH') },
  })
  expect(world.emulator.database.everything()).toMatchObject({ users: [], identities: [], sessions: [] })
})
