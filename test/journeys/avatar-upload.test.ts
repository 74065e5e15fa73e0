// The path of a picture: issued to one person for an hour, saved once, and nothing else is ever a picture.
import { useEmulator } from '../support/journey'
import { personOf } from '../support/journey-profile'
import { pictureOf } from '../support/pictures'

const world = useEmulator()

const HOUR_MS = 3_600_000
const users = () => world.emulator.database.find('users')
const noFace = () => users().every((user) => !('avatar' in user))

test('a path has 128 random bits and is on record before a byte of it exists', async () => {
  const { issued } = await personOf(world.emulator)
  const path = await issued('webp')

  expect(path).toMatch(/^avatars\/[0-9a-f]{32}\.webp$/)
  expect(world.emulator.database.find('jobs', { kind: 'upload' })).toMatchObject([{ path, state: 'issued' }])
  expect(world.emulator.storage.get(path)).toBeUndefined()
})

test.each(['png', 'jpeg', 'gif', 'webp'] as const)('a %s is taken', async (type) => {
  const { auth, issued, send } = await personOf(world.emulator)
  const avatar = await issued(type)
  await send(avatar, pictureOf(type))

  expect(await auth.call('profile', { avatar })).toMatchObject({ user: { avatarState: 'checking' } })
})

test.each<[string, Buffer]>([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['another type than announced', pictureOf('gif')],
  ['one byte over 2 MB', pictureOf('png', 2 * 1024 * 1024 + 1)],
])('%s under a .png path is refused', async (_what, bytes) => {
  const { auth, upload } = await personOf(world.emulator)
  const avatar = await upload(bytes)

  await expect(auth.call('profile', { avatar })).rejects.toMatchObject({ code: 'AVATAR_REJECTED' })
  expect(noFace()).toBe(true)
})

test('the server reads the beginning of a picture, not all of it', async () => {
  const { auth, upload } = await personOf(world.emulator)
  const avatar = await upload(pictureOf('png', 2 * 1024 * 1024))

  await auth.call('profile', { avatar })

  expect(users()).toMatchObject([{ avatar: { path: avatar } }])
})

test('a path with nothing uploaded to it is refused', async () => {
  const { auth, issued } = await personOf(world.emulator)

  await expect(auth.call('profile', { avatar: await issued() })).rejects.toMatchObject({ code: 'AVATAR_REJECTED' })
})

test('another user’s path is refused with the same word as one that nobody issued', async () => {
  const mine = await personOf(world.emulator, 'v1')
  const theirs = await personOf(world.emulator, 'v2')
  const avatar = await theirs.upload()
  const refusals = await Promise.all(
    [avatar, `avatars/${'0'.repeat(32)}.png`].map((path) =>
      mine.auth.call('profile', { avatar: path }).catch((error: { code: string; message: string }) => error),
    ),
  )

  const [foreign, made] = refusals.map((one) => ('code' in one ? [one.code, one.message] : one))
  expect(foreign).toEqual(['AVATAR_REJECTED', expect.any(String)])
  expect(made).toEqual(foreign)
  expect(await theirs.auth.call('profile', { avatar })).toMatchObject({ user: { avatarState: 'checking' } })
})

test.each([
  ['a fileID of this environment', (path: string, fileID: string) => fileID.replace(/[^/]+$/, path.slice(8))],
  ['a fileID of another environment', (path: string) => `cloud://another-env.616e-another-env-1300000000/${path}`],
  ['a file of the device', () => 'wxfile://tmp_0123456789.png'],
  ['a file of the server', () => 'file:///etc/passwd'],
  ['an http address', () => 'http://169.254.169.254/latest/meta-data'],
  ['a path above ours', (path: string) => `avatars/../${path}`],
  ['a path with an end of line', (path: string) => `${path}\n`],
  ['nothing', () => ''],
])('%s is no path', async (_what, spelled) => {
  const { auth, issued, send } = await personOf(world.emulator)
  const path = await issued()
  const fileID = await send(path)

  await expect(auth.call('profile', { avatar: spelled(path, fileID) })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(noFace()).toBe(true)
})

test('after an hour a path may not be saved any more', async () => {
  const { auth, upload } = await personOf(world.emulator)
  const avatar = await upload()
  await world.emulator.clock.advance(HOUR_MS)

  await expect(auth.call('profile', { avatar })).rejects.toMatchObject({ code: 'AVATAR_REJECTED' })
})

test.each<[object, string]>([
  [{ type: 'svg', size: 10 }, 'BAD_REQUEST'],
  [{ type: 'png', size: 0 }, 'BAD_REQUEST'],
  [{ type: 'png', size: 1.5 }, 'BAD_REQUEST'],
  [{ type: 'png', size: '10' }, 'BAD_REQUEST'],
  [{ type: 'png' }, 'BAD_REQUEST'],
  [{ type: 'png', size: 2 * 1024 * 1024 + 1 }, 'AVATAR_REJECTED'],
])('%j issues nothing', async (data, code) => {
  const { emulator } = world
  const login = { v: 1, call: 'login', data: {}, code: emulator.weixin.loginCode('v1') }
  const { session } = (await emulator.functions.invoke('auth', login, { account: 'v1' })) as {
    session: { token: string }
  }
  const event = { v: 1, call: 'avatarUpload', data, token: session.token }

  expect(await emulator.functions.invoke('auth', event, { account: 'v1' })).toMatchObject({ error: { code } })
  expect(emulator.database.find('jobs')).toEqual([])
})

test('thirty paths in an hour are enough, and the next hour begins anew', async () => {
  const { auth } = await personOf(world.emulator)
  const ask = () => auth.call('avatarUpload', { type: 'png', size: 64 })
  // The hour of the clock must not turn while they are asked for.
  await world.emulator.clock.advance(HOUR_MS - (world.emulator.clock.now() % HOUR_MS) + 1000)
  for (let n = 0; n < 30; n++) await ask()

  await expect(ask()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) })
  await world.emulator.clock.advance(HOUR_MS)
  expect(await ask()).toHaveProperty('cloudPath')
})
