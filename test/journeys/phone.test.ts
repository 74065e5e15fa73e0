// The phone number: by code, by sealed data, by cloudID; spent once, bound once, and never garbage.
import { handset, useEmulator } from '../support/journey'

const world = useEmulator()

const MASKED = '120****0001'
const BOUND = { user: { phone: { masked: MASKED, countryCode: '86' } } }
const PHONE_OP = 'phonenumber.getPhoneNumber'

const signedIn = async (account = 'v1') => {
  const { auth } = handset(world.emulator, { account, device: account })
  await auth.signIn()
  return auth
}
/** What a tap on the button leaves behind. */
const tap = (account = 'v1', app?: string) => {
  const { code, encryptedData, iv, cloudID } = world.emulator.weixin.phoneCode(account, app)
  if (encryptedData === undefined || iv === undefined || cloudID === undefined)
    throw new Error('the tap gave too little')
  return { code, sealed: { encryptedData, iv }, cloudID }
}
/** What the function wrote about the last call. */
const lastLine = (): unknown => JSON.parse(world.emulator.logs.at(-1)?.text ?? '{}')

describe('by code', () => {
  test('the number is bound, and shown masked from then on', async () => {
    const auth = await signedIn()

    expect(await auth.call('phone', { code: tap().code })).toMatchObject(BOUND)

    expect(await auth.call('profile', {})).toMatchObject(BOUND)
    expect(world.emulator.trace.count(PHONE_OP)).toBe(1)
    expect(world.emulator.trace.count('stable_token')).toBe(0)
  })

  test('the session dies in the middle: the code is spent once, for the same person', async () => {
    const auth = await signedIn()
    const { code } = tap()
    world.emulator.database.remove('sessions', {})

    expect(await auth.call('phone', { code })).toMatchObject(BOUND)

    expect(world.emulator.trace.count(PHONE_OP)).toBe(1)
    expect(world.emulator.trace.count('callFunction')).toBe(4) // sign in, refused, sign in, bound
  })

  test('the reply is cut after the bind: the number is bound, and a repeat is answered from memory', async () => {
    const auth = await signedIn()
    const { code } = tap()
    world.emulator.faults.add({ at: 'callFunction', answer: 'lost' })

    await expect(auth.call('phone', { code })).rejects.toMatchObject({ code: 'NETWORK' })

    expect(await auth.call('profile', {})).toMatchObject(BOUND)
    expect(await auth.call('phone', { code })).toMatchObject(BOUND)
    expect(world.emulator.trace.count(PHONE_OP)).toBe(1)
  })

  test('five requests with one code spend it once, and all are answered', async () => {
    const auth = await signedIn()
    const { code } = tap()

    const answers = await Promise.all(Array.from({ length: 5 }, () => auth.call('phone', { code })))

    for (const answer of answers) expect(answer).toMatchObject(BOUND)
    expect(world.emulator.trace.count(PHONE_OP)).toBe(1)
  })

  test('WeChat’s answer is lost after it spent the code: the user is asked for another tap, and that one works', async () => {
    const auth = await signedIn()
    const { code } = tap()
    world.emulator.faults.add({ at: PHONE_OP, answer: 'lost' })

    await expect(auth.call('phone', { code })).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
    await expect(auth.call('phone', { code })).rejects.toMatchObject({ code: 'PHONE_CODE_INVALID', remedy: 'ask' })

    expect(await auth.call('phone', { code: tap().code })).toMatchObject(BOUND)
  })

  test('a code that is older than five minutes, made up, or a login code is refused', async () => {
    const auth = await signedIn()
    const { code } = tap()
    await world.emulator.clock.advance(300_001)

    for (const wrong of [code, 'made-up', world.emulator.weixin.loginCode('v1')]) {
      await expect(auth.call('phone', { code: wrong })).rejects.toMatchObject({ code: 'PHONE_CODE_INVALID' })
    }
  })

  test('a code of another mini-program is the developer’s mistake', async () => {
    const auth = await signedIn()
    const { code } = tap('v1', world.emulator.apps[1]?.appid)

    await expect(auth.call('phone', { code })).rejects.toMatchObject({ code: 'MISCONFIGURED' })
  })

  test.each([
    [-1, 'WECHAT_BUSY'],
    [45011, 'RATE_LIMITED'],
    [48001, 'NOT_PERMITTED'],
    [-604101, 'MISCONFIGURED'],
  ])('errcode %i ends as %s, and the code is still good', async (errcode, expected) => {
    const auth = await signedIn()
    const { code } = tap()
    world.emulator.faults.add({ at: PHONE_OP, answer: { errcode } })

    await expect(auth.call('phone', { code })).rejects.toMatchObject({ code: expected })

    expect(await auth.call('phone', { code })).toMatchObject(BOUND)
  })
})

describe('by sealed data', () => {
  test('the number is bound after WeChat confirmed that it sealed it', async () => {
    const auth = await signedIn()

    expect(await auth.call('phone', tap().sealed)).toMatchObject(BOUND)

    expect(world.emulator.trace.count('checkencryptedmsg')).toBeGreaterThan(0)
    expect(world.emulator.trace.count(PHONE_OP)).toBe(0)
  })

  test('the key rotates between tap and server: the previous one still opens it', async () => {
    const auth = await signedIn()
    const { sealed } = tap()
    world.emulator.weixin.expireSessionKey('v1')
    await handset(world.emulator, { account: 'v1', device: 'another' }).auth.signIn() // the server holds the new key now, and the one before

    expect(await auth.call('phone', sealed)).toMatchObject(BOUND)
  })

  test('the key rotates between login and tap, unnoticed: the user is asked to tap again, and that works', async () => {
    const auth = await signedIn()
    world.emulator.weixin.rotateSessionKey('v1')

    await expect(auth.call('phone', tap().sealed)).rejects.toMatchObject({ code: 'SESSION_KEY_STALE', remedy: 'ask' })
    expect(lastLine()).toMatchObject({ code: 'SESSION_KEY_STALE', detail: expect.stringMatching(/^failed at: /) })
    await auth.prepareSealed()

    expect(await auth.call('phone', tap().sealed)).toMatchObject(BOUND)
  })

  test('that is eleven minutes old is refused', async () => {
    const auth = await signedIn()
    const { sealed } = tap()
    await world.emulator.clock.advance(660_000)

    await expect(auth.call('phone', sealed)).rejects.toMatchObject({ code: 'DATA_MISMATCH' })
  })

  test('that WeChat does not know is refused, although it opens', async () => {
    const auth = await signedIn()
    world.emulator.faults.add({ at: 'checkencryptedmsg', answer: { errcode: 1 } })

    await expect(auth.call('phone', tap().sealed)).rejects.toMatchObject({ code: 'DATA_MISMATCH' })

    expect(world.emulator.database.find('phones')).toEqual([])
  })

  test('the sixth that does not open in an hour is not even looked at', async () => {
    const auth = await signedIn()
    const { sealed } = tap()
    const iv = Buffer.alloc(16, 7).toString('base64')
    const codes: string[] = []

    for (let n = 0; n < 6; n++) {
      codes.push(
        await auth.call('phone', { ...sealed, iv }).then(
          () => 'ok',
          ({ code }) => code,
        ),
      )
    }

    expect(codes).toEqual([...Array(5).fill('SESSION_KEY_STALE'), 'RATE_LIMITED'])
    await expect(auth.call('phone', sealed)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})

describe('by cloudID', () => {
  test('the number is bound', async () => {
    const auth = await signedIn()

    expect(await auth.call('phone', { cloudID: tap().cloudID })).toMatchObject(BOUND)

    expect(world.emulator.trace.count('getOpenData')).toBe(1)
  })

  test('another person’s, an old one and a made-up one are refused', async () => {
    const auth = await signedIn()
    const foreign = tap('v2').cloudID
    const old = tap().cloudID
    await expect(auth.call('phone', { cloudID: foreign })).rejects.toMatchObject({ code: 'DATA_MISMATCH' })
    await world.emulator.clock.advance(300_001)

    for (const cloudID of [old, 'made-up']) {
      await expect(auth.call('phone', { cloudID })).rejects.toMatchObject({ code: 'PHONE_CODE_INVALID' })
    }
  })

  test('an object that looks like what WeChat substitutes is refused', async () => {
    const auth = await signedIn()
    const data = { phoneNumber: '13800000000', purePhoneNumber: '13800000000', countryCode: '86' }
    const forged = { cloudID: { cloudID: tap().cloudID, data } }
    const call = auth.call as (name: string, data: unknown) => Promise<unknown> // what no honest client would send

    await expect(call('phone', forged)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('the access token', () => {
  /** A token is known to the worker that asks. */
  const warm = async () => {
    const auth = await signedIn()
    await auth.call('phone', tap().sealed)
    world.emulator.trace.clear()
    return auth
  }

  test.each(['expire', 'invalidate'] as const)('ends (%s): one more is fetched, and nobody notices', async (how) => {
    const auth = await warm()
    world.emulator.weixin.endAccessTokens(how)

    expect(await auth.call('phone', tap().sealed)).toMatchObject(BOUND)

    expect(world.emulator.trace.count('stable_token')).toBe(1)
    expect(world.emulator.trace.count('checkencryptedmsg')).toBe(2)
  })

  test('that WeChat refuses again and again ends in a clear error', async () => {
    const auth = await warm()
    world.emulator.faults.add({ at: 'checkencryptedmsg', answer: { errcode: 40001 }, times: 9 })

    await expect(auth.call('phone', tap().sealed)).rejects.toMatchObject({ code: 'WECHAT_BUSY' })

    expect(world.emulator.trace.count('checkencryptedmsg')).toBe(2)
  })

  test('from an address that is not whitelisted names the whitelist', async () => {
    const auth = await warm()
    world.emulator.weixin.endAccessTokens('invalidate')
    world.emulator.faults.add({ at: 'stable_token', answer: { errcode: 40164 }, times: 9 })

    const refused = expect.objectContaining({ code: 'MISCONFIGURED', message: expect.stringContaining('whitelist') })
    await expect(auth.call('phone', tap().sealed)).rejects.toEqual(refused)
  })
})
