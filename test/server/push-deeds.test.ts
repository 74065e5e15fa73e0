// What pushes do to what is stored: verdicts on pictures, a face and a name forgotten, an account deleted.
import { createPushDoor } from '../../cloudfunctions/push/door'
import { PUSH_KEY, PUSH_TOKEN, pushEvent, pushOf } from '../support/pushes'
import { ALICE, APPID, BOB, createTestServer, VARIABLES } from '../support/server'

const NAME = '0123456789abcdef0123456789abcdef'
const PATH = `avatars/${NAME}.png`

/** Alice has a name and a picture that is being checked; Bob is nobody's business. */
const given = async () => {
  const variables = { ...VARIABLES, WEIXIN_PUSH_TOKEN: PUSH_TOKEN, WEIXIN_PUSH_AES_KEY: PUSH_KEY }
  const server = createTestServer({ variables, cloudCalls: false })
  const { memory, storage, clock } = server
  const { user } = await server.signIn(ALICE)
  await server.signIn(BOB)
  const now = clock.now()
  const fileID = await storage.upload(PATH, Buffer.from('picture'), 'image/png')
  const upload = { id: `upload:${NAME}`, userId: user.id, path: PATH, type: 'png' as const }
  await memory.uploads.add({ ...upload, state: 'saved', createdAt: now, expiresAt: now + 1 })
  await memory.mediaChecks.add({ id: 'mediaCheck:t-1', userId: user.id, path: PATH, attempts: 1, expiresAt: now + 1 })
  await memory.users.saveProfile(
    user.id,
    { nickname: 'Alice', avatar: { path: PATH, fileID, state: 'checking' } },
    undefined,
  )
  server.from({ appid: APPID, source: 'wx_http' })
  const main = createPushDoor(server.ports)
  const push = (event: string, more: object) => {
    const message = { CreateTime: Math.floor(clock.now() / 1000), MsgType: 'event', Event: event, ...more }
    return main(pushEvent(pushOf(message, { appid: APPID, at: clock.now() / 1000 })), {})
  }
  const verdict = (suggest: string, trace_id = 't-1') =>
    push('wxa_media_check', { appid: APPID, trace_id, errcode: 0, result: { suggest } })
  const revoke = (RevokeInfo: string) => push('user_authorization_revoke', { OpenID: ALICE, AppID: APPID, RevokeInfo })
  const alice = () => memory.users.find(user.id)
  return { server, push, verdict, revoke, alice, files: () => storage.files.size }
}
const DONE = { statusCode: 200, body: 'success' }

describe('a verdict', () => {
  it('pass: others may see the picture', async () => {
    const { verdict, alice, files } = await given()
    await expect(verdict('pass')).resolves.toMatchObject(DONE)
    expect([(await alice())?.avatar?.state, files()]).toEqual(['passed', 1])
  })

  it('risky: the picture is gone, and its owner may be told', async () => {
    const { verdict, alice, files, server } = await given()
    await expect(verdict('risky')).resolves.toMatchObject(DONE)
    expect(await alice()).toMatchObject({ nickname: 'Alice', avatarRejected: true })
    expect([(await alice())?.avatar, files(), server.memory.all().uploads]).toEqual([undefined, 0, []])
  })

  it('on a picture that was replaced meanwhile touches the new one in no way', async () => {
    const { verdict, alice, server } = await given()
    const user = await alice()
    const next = { path: `avatars/${'f'.repeat(32)}.png`, fileID: 'cloud://next', state: 'checking' as const }
    await server.memory.users.saveProfile(user?.id ?? '', { avatar: next }, PATH)
    await verdict('risky')
    expect(await alice()).toMatchObject({ avatar: next })
    expect(await alice()).not.toHaveProperty('avatarRejected')
  })

  it('on nothing we asked about does nothing', async () => {
    const { verdict, alice } = await given()
    const before = await alice()
    await expect(verdict('risky', 't-2')).resolves.toMatchObject(DONE)
    expect(await alice()).toEqual(before)
  })
})

describe('consent withdrawn', () => {
  it.each([
    ['6', undefined, undefined],
    ['14', 'Alice', undefined],
    ['19', undefined, PATH],
    ['20', 'Alice', undefined],
    ['8', 'Alice', PATH],
    ['2', 'Alice', PATH],
  ])('%s leaves the name %s and the picture %s', async (info, nickname, path) => {
    const { revoke, alice, files } = await given()
    await expect(revoke(info)).resolves.toMatchObject(DONE)
    const user = await alice()
    expect([user?.nickname, user?.avatar?.path, files()]).toEqual([nickname, path, path === undefined ? 0 : 1])
  })

  it('a risky profile that WeChat cleared is cleared here too', async () => {
    const { push, alice, files } = await given()
    await push('user_info_modified', { OpenID: ALICE, AppID: APPID })
    const user = await alice()
    expect([user?.nickname, user?.avatar, files()]).toEqual([undefined, undefined, 0])
  })
})

describe('a WeChat account that was closed', () => {
  it('takes everything of the account with it, and nothing of anybody else', async () => {
    const { push, alice, files, server } = await given()
    const id = (await alice())?.id ?? 'none'
    const closed = () => push('user_authorization_cancellation', { OpenID: ALICE, AppID: APPID })
    await expect(closed()).resolves.toMatchObject(DONE)
    expect([await alice(), files()]).toEqual([undefined, 0])
    expect(JSON.stringify(server.memory.all())).not.toContain(id)
    expect(server.memory.all().users).toHaveLength(1)
    server.clock.advance(1000)
    await expect(closed()).resolves.toMatchObject(DONE)
  })
})
