// Message push: row 23 of the platform's acceptance list, how letters look, how often they are sent, verdicts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEmulator } from '../../emulator/index'
import type { PushedEvent } from '../../emulator/types'
import { openApi } from '../support/emulator'
import { useEmulator } from '../support/journey'
import { sealPush } from '../support/pushes'
import { pushesTaken } from '../support/verdicts'

const OPTIONS = {
  project: path.resolve('test/emulator/project'),
  functions: [path.resolve('test/emulator/functions')],
}
const world = useEmulator(OPTIONS)
const appid = () => world.emulator.apps[0]?.appid ?? 'no app'
const REVOKED: PushedEvent = { Event: 'user_authorization_revoke', RevokeInfo: '8' }

interface Letter {
  httpMethod: string
  path: string
  queryStringParameters: Record<string, string>
  body: string
  opened: string
  signatureHolds: boolean
}
/** What the function `push` of the fixtures printed of each letter that reached it. */
const letters = (): Letter[] =>
  world.emulator.logs.filter(({ text }) => text.startsWith('letter ')).map(({ text }) => JSON.parse(text.slice(7)))
const answering = (answer: string) => world.emulator.functions.environment('push', { ANSWER: answer })
beforeEach(() => answering('success'))

describe('a push', () => {
  test.each(['json', 'xml'] as const)('is sealed for this mini-program and signed (%s)', async (format) => {
    const { emulator } = world
    expect(await emulator.weixin.push(REVOKED, { account: 'v1', format })).toEqual({
      ...{ taken: true, attempts: 1, status: 200, text: 'success' },
    })

    const [letter] = letters()
    expect(letter).toMatchObject({ httpMethod: 'POST', path: '/push', signatureHolds: true })
    expect(letter?.queryStringParameters).toMatchObject({ encrypt_type: 'aes', nonce: expect.any(String) })
    expect(letter?.opened).toContain(emulator.weixin.openid('v1'))
    expect(letter?.opened.endsWith(appid())).toBe(true)
    expect(letter?.opened).toContain(format === 'json' ? '"RevokeInfo":"8"' : '<RevokeInfo><![CDATA[8]]></RevokeInfo>')
  })

  test('for the other mini-program has its openid, its key and its token', async () => {
    const other = world.emulator.apps[1]?.appid ?? ''
    await world.emulator.weixin.push(REVOKED, { account: 'v1', app: other })

    const [letter] = letters()
    expect(letter?.opened).toContain(world.emulator.weixin.openid('v1', other))
    expect(letter?.opened.endsWith(other)).toBe(true)
    expect(letter?.signatureHolds).toBe(true)
  })

  test('that is answered with nothing is taken', async () => {
    await answering('')

    expect(await world.emulator.weixin.push(REVOKED)).toMatchObject({ taken: true, attempts: 1 })
  })

  test('that is answered wrongly is sent three times, the same letter each time', async () => {
    await answering('failed')

    expect(await world.emulator.weixin.push(REVOKED)).toEqual({
      ...{ taken: false, attempts: 3, status: 200, text: 'failed' },
    })
    expect(new Set(letters().map(({ body }) => body)).size).toBe(1)
    expect(letters()).toHaveLength(3)
  })

  test('that nobody answers within five seconds is sent again', async () => {
    const { emulator } = world
    emulator.faults.add({ at: 'http.push', answer: 'silence' })
    const pushed = emulator.weixin.push(REVOKED)
    await emulator.trace.until('http.push')
    await emulator.clock.advance(5_000)

    expect(await pushed).toMatchObject({ taken: true, attempts: 2 })
    const [first = 0, second = 0] = emulator.trace.hops.filter(({ op }) => op === 'http.push').map(({ at }) => at)
    // Its patience began some moments before the letter left, so what lies between two of them may be a little less.
    expect(second - first).toBeGreaterThan(4_900)
  })

  test('whose connection breaks is sent again', async () => {
    world.emulator.faults.add({ at: 'http.push', answer: 'cut', times: 3 })

    expect(await world.emulator.weixin.push(REVOKED)).toEqual({ taken: false, attempts: 3 })
  })

  test('is a hop from WeChat, without key or token', async () => {
    const { emulator } = world
    await emulator.weixin.push(REVOKED, { account: 'v1' })

    expect(emulator.trace.hops.find(({ op }) => op === 'http.push')).toMatchObject({ from: 'weixin', account: 'v1' })
    const [secrets] = emulator.logs.filter(({ text }) => text.startsWith('secrets ')).slice(-1)
    for (const secret of secrets?.text.split(' ').slice(1) ?? []) {
      expect(secret.length).toBeGreaterThan(30)
      expect(JSON.stringify(emulator.trace.hops)).not.toContain(secret)
    }
  })
})

describe('row 23', () => {
  test.each([
    ['the phone number is withdrawn', 'user_authorization_revoke', '8'],
    ['nickname and avatar are withdrawn', 'user_authorization_revoke', '6'],
    ['the nickname is withdrawn', 'user_authorization_revoke', '19'],
    ['the avatar is withdrawn', 'user_authorization_revoke', '20'],
    ['the WeChat account is closed', 'user_authorization_cancellation', undefined],
  ])('%s: %s %s', async (_, Event, RevokeInfo) => {
    const { weixin } = world.emulator
    await weixin.push({ Event, ...(RevokeInfo === undefined ? {} : { RevokeInfo }) }, { account: 'v1' })

    const message = /\{.*\}/.exec(letters()[0]?.opened ?? '')?.[0] ?? ''
    expect(JSON.parse(message)).toEqual({
      ToUserName: expect.stringMatching(/^gh_/),
      FromUserName: expect.any(String),
      CreateTime: Math.floor(Number(letters()[0]?.queryStringParameters['timestamp'])),
      MsgType: 'event',
      Event,
      ...(RevokeInfo === undefined ? {} : { RevokeInfo }),
      OpenID: weixin.openid('v1'),
      AppID: appid(),
    })
  })
})

describe('the verdict on a picture', () => {
  const UNSAFE = Buffer.from('not fit to be seen')
  const stored = async (bytes = Buffer.from('a picture')) => {
    const told = { deed: 'upload', path: 'a.png', base64: bytes.toString('base64') }
    const { fileID } = (await world.emulator.functions.invoke('storage', told, { account: 'v1' })) as { fileID: string }
    const asked = { deed: 'urls', fileList: [fileID] }
    const { fileList } = (await world.emulator.functions.invoke('storage', asked, { account: 'v1' })) as {
      fileList: { tempFileURL: string }[]
    }
    return fileList[0]?.tempFileURL ?? ''
  }
  const check = async (url: string): Promise<string> => {
    const { weixin } = world.emulator
    const about = { media_url: url, media_type: 2, version: 2, scene: 1, openid: weixin.openid('v1') }
    const query = { access_token: weixin.accessToken() }
    return String((await openApi(world.emulator, '/wxa/media_check_async', query, about))['trace_id'])
  }
  const verdict = async (ms = 2_000) => {
    const delivered = pushesTaken(world.emulator)
    await world.emulator.clock.advance(ms)
    await delivered
    return letters()[0]?.opened ?? ''
  }

  test('comes after two seconds under the name of the check', async () => {
    const { emulator } = world
    const traceId = await check(await stored())
    await emulator.clock.advance(1_000)
    expect(emulator.trace.count('mediaCheck.fetch')).toBe(0)

    expect(await verdict()).toContain(`"trace_id":"${traceId}"`)
    expect(letters()[0]?.opened).toContain('"result":{"suggest":"pass","label":100}')
    const [asked, fetched] = ['media_check_async', 'mediaCheck.fetch'].map((name) =>
      emulator.trace.hops.find(({ op }) => op === name),
    )
    expect(fetched).toMatchObject({ from: 'weixin', to: 'storage', account: 'v1' })
    expect((fetched?.at ?? 0) - (asked?.at ?? 0)).toBeLessThan(30_000)
  })

  test('is risky for a picture that was named unsafe', async () => {
    world.emulator.weixin.setUnsafePicture(UNSAFE, true)
    await check(await stored(UNSAFE))

    expect(await verdict()).toContain('"suggest":"risky"')
  })

  test.each(['pass', 'review', 'risky'] as const)('is %s when WeChat is told to say so', async (picture) => {
    world.emulator.weixin.setContentService({ picture })
    await check(await stored())

    expect(await verdict()).toContain(`"suggest":"${picture}"`)
  })

  test.each<[string, () => Promise<string>]>([
    ['lies elsewhere', async () => 'https://example.com/a.png'],
    ['is not there', async () => (await stored()).replace('a.png', 'b.png')],
    [
      'could not be fetched',
      () => {
        world.emulator.faults.add({ at: 'mediaCheck.fetch', answer: 'cut' })
        return stored()
      },
    ],
  ])('is -1008 for one that %s', async (_, address) => {
    world.emulator.weixin.loginCode('v1')
    await check(await address())

    expect(await verdict()).toContain('"errcode":-1008')
  })

  test('never comes when WeChat is told so', async () => {
    world.emulator.weixin.setContentService({ picture: 'never' })
    await check(await stored())
    await world.emulator.clock.advance(3_600_000)

    expect(world.emulator.trace.count('mediaCheck.fetch')).toBe(0)
  })
})

test('a verdict that is owed comes after a restart, too', async () => {
  const data = mkdtempSync(path.join(tmpdir(), 'verdicts-'))
  const first = await createEmulator({ ...OPTIONS, data })
  const about = { media_url: `${first.url}/cos/a`, media_type: 2, version: 2, scene: 1 }
  first.weixin.loginCode('v1')
  const query = { access_token: first.weixin.accessToken() }
  await openApi(first, '/wxa/media_check_async', query, { ...about, openid: first.weixin.openid('v1') })
  await first.close()

  const second = await createEmulator({ ...OPTIONS, data })
  await second.functions.environment('push', { ANSWER: 'success' })
  await second.clock.advance(2_000)
  await second.trace.until('http.push')
  expect(second.logs.filter(({ text }) => text.startsWith('letter '))).toHaveLength(1)
  await second.close()
  rmSync(data, { recursive: true })
})

test('the two ways to seal a letter, the emulator’s and that of the tests, come to the same form', async () => {
  await world.emulator.weixin.push(REVOKED)
  const { Encrypt } = JSON.parse(letters()[0]?.body ?? '{}') as { Encrypt: string }
  const text = letters()[0]?.opened ?? ''
  const message = text.slice(0, -appid().length)

  expect(sealPush(message, { appid: appid() })).toHaveLength(Encrypt.length)
})
