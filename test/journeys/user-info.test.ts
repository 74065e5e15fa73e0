// The name and the face that older libraries give: what WeChat signed and sealed is stored, and nothing else is.
import { createHash, randomInt } from 'node:crypto'
import { useEmulator } from '../support/journey'
import { personOf, userInfoOf } from '../support/journey-profile'
import { seal } from '../support/sealed'

const world = useEmulator()

const HOUR_MS = 3_600_000
const nameOf = (account: string) => world.emulator.accounts.find(({ id }) => id === account)?.nickname
const keyOf = (account = 'v1') => {
  const key = world.emulator.weixin.sessionKey(account)
  if (key === undefined) throw new Error('WeChat holds no session_key')
  return key
}
const stored = () => world.emulator.database.find('users')[0]
const pictures = () => world.emulator.storage.list().filter(({ path }) => /^(avatars|copies)\//.test(path))

/** Signed and sealed by WeChat's key, whatever it says. */
const signedAndSealed = (fields: object, { raw = fields, account = 'v1', at = 0 } = {}) => {
  const [app] = world.emulator.apps
  const watermark = { timestamp: Math.floor((world.emulator.clock.now() + at) / 1000), appid: app?.appid }
  const rawData = JSON.stringify(raw)
  const signature = createHash('sha1')
    .update(rawData + keyOf(account))
    .digest('hex')
  return { rawData, signature, ...seal(keyOf(account), { ...fields, watermark }) }
}

describe('what is stored', () => {
  test('getUserProfile of 2.20.0 gives the real name, and the face as a file of our own', async () => {
    const { auth } = await personOf(world.emulator)

    const { user } = await auth.call('userInfo', await userInfoOf(world.emulator))

    expect(user).toMatchObject({ nickname: nameOf('v1'), avatarState: 'checking' })
    expect(user.avatarUrl).toMatch(/^cloud:\/\/[^/]+\/avatars\/[0-9a-f]{32}\.png$/)
    expect(pictures()).toHaveLength(1)
    expect(JSON.stringify(world.emulator.database.everything())).not.toContain('qlogo')
  })

  test('getUserInfo of 2.10.3 gives it too, when the mini-program is as old', async () => {
    world.emulator.weixin.setProfileService({ userInfo: 'dialog' })
    const { auth } = await personOf(world.emulator)

    const { user } = await auth.call('userInfo', await userInfoOf(world.emulator, { libVersion: '2.10.3' }))

    expect(user).toMatchObject({ nickname: nameOf('v1'), avatarState: 'checking' })
  })

  test.each(['2.10.3', '2.27.1'])('WeChat’s anonymous user (%s) is neither a name nor a face', async (libVersion) => {
    const { auth } = await personOf(world.emulator)
    await auth.call('profile', { nickname: '小明' })

    const { user } = await auth.call('userInfo', await userInfoOf(world.emulator, { libVersion }))

    expect(user.nickname).toBe('小明')
    expect(user).not.toHaveProperty('avatarUrl')
    expect(pictures()).toEqual([])
  })

  test('a face on anybody else’s server is never fetched', async () => {
    const { auth } = await personOf(world.emulator)
    const { url } = world.emulator
    for (const avatarUrl of [
      `${url}/http/auth`,
      'https://thirdwx.qlogo.cn.example.com/mmopen/1',
      'file:///etc/passwd',
    ]) {
      const { user } = await auth.call('userInfo', signedAndSealed({ nickName: '小明', avatarUrl }))
      expect(user).not.toHaveProperty('avatarUrl')
    }

    expect(stored()).toMatchObject({ nickname: '小明' })
    expect(pictures()).toEqual([])
  })

  test('a name that WeChat finds risky is left out, and so is one that is no name here', async () => {
    const { auth } = await personOf(world.emulator)
    for (const nickName of ['我是违规词', 'a\u202eb', '  ']) {
      expect((await auth.call('userInfo', signedAndSealed({ nickName, avatarUrl: '' }))).user).not.toHaveProperty(
        'nickname',
      )
    }
  })
})

describe('what is refused', () => {
  const refusal = async (data: Awaited<ReturnType<typeof userInfoOf>>, account = 'v1') => {
    const { auth } = await personOf(world.emulator, account)
    return auth.call('userInfo', data).then(
      () => 'stored',
      (error: { code: string }) => error.code,
    )
  }
  const ready = async () => {
    await personOf(world.emulator)
    return userInfoOf(world.emulator)
  }

  test.each<[string, (data: Awaited<ReturnType<typeof userInfoOf>>) => object]>([
    ['another rawData', ({ rawData }) => ({ rawData: rawData.replace('"gender":0', '"gender":1') })],
    ['a space after rawData', ({ rawData }) => ({ rawData: `${rawData} ` })],
    ['no signature to speak of', () => ({ signature: '0'.repeat(40) })],
    ['a signature in capitals', ({ signature }) => ({ signature: signature.toUpperCase() })],
    ['a short signature', ({ signature }) => ({ signature: signature.slice(0, 39) })],
    ['another iv', () => ({ iv: Buffer.alloc(16).toString('base64') })],
    ['half of the sealed data', ({ encryptedData }) => ({ encryptedData: encryptedData.slice(0, 64) })],
    ['no base64', () => ({ encryptedData: '!!!!' })],
  ])('%s', async (_what, damage) => {
    const data = await ready()

    expect(await refusal({ ...data, ...damage(data) })).toBe('SESSION_KEY_STALE')
    expect(stored()).not.toHaveProperty('nickname')
  })

  test('an iv bent so that another name comes out', async () => {
    const data = await ready()
    // The first block is `{"nickName":"` and three bytes of the name: each bit of the iv turns one bit of it.
    const iv = Buffer.from(data.iv, 'base64')
    iv[13] = (iv[13] ?? 0) ^ 1

    expect(await refusal({ ...data, iv: iv.toString('base64') })).toBe('SESSION_KEY_STALE')
    expect(stored()).not.toHaveProperty('nickname')
  })

  test('another person’s, also when they hand it over themselves', async () => {
    await personOf(world.emulator, 'v2')
    const theirs = await userInfoOf(world.emulator, { account: 'v2' })

    expect(await refusal(theirs, 'v1')).toBe('SESSION_KEY_STALE')
  })

  test('an openId inside that is not of the session', async () => {
    await personOf(world.emulator)
    const openId = world.emulator.weixin.openid('v2')
    const data = signedAndSealed(
      { nickName: '小明', avatarUrl: '', openId },
      { raw: { nickName: '小明', avatarUrl: '' } },
    )

    expect(await refusal(data)).toBe('SESSION_KEY_STALE')
    expect(stored()).not.toHaveProperty('nickname')
  })

  test.each([-11 * 60_000, 2 * 60_000])('a watermark %i ms off', async (at) => {
    await personOf(world.emulator)

    expect(await refusal(signedAndSealed({ nickName: '小明', avatarUrl: '' }, { at }))).toBe('DATA_MISMATCH')
  })
})

test('fifty bodies tampered with at random get one outward code, word for word', async () => {
  const { auth } = await personOf(world.emulator)
  const told = new Set<string>()
  for (let n = 0; n < 50; n++) {
    // Five failures an hour are answered; here every failure is the first of its hour.
    if (n % 5 === 0) await world.emulator.clock.advance(HOUR_MS)
    const data = await userInfoOf(world.emulator)
    const field = (['encryptedData', 'iv'] as const)[n % 2] ?? 'iv'
    const bytes = Buffer.from(data[field], 'base64')
    const at = randomInt(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ randomInt(1, 256)
    await auth.call('userInfo', { ...data, [field]: bytes.toString('base64') }).then(
      () => told.add('stored'),
      ({ code, message }: { code: string; message: string }) => told.add(`${code} ${message}`),
    )
  }

  expect([...told]).toEqual([expect.stringMatching(/^SESSION_KEY_STALE /)])
}, 60_000)
