// Pushes that are told again: what is newer than the event stays, however it is told.
import { judge } from '../../cloudfunctions/core/verdicts'
import { createPushDoor } from '../../cloudfunctions/push/door'
import type { ServePorts } from '../../cloudfunctions/serve'
import { type Hook, withHook } from '../support/effects'
import { upload } from '../support/pictures'
import { PUSH_KEY, PUSH_TOKEN, pushEvent, pushOf } from '../support/pushes'
import { ALICE, APPID, createTestServer, VARIABLES } from '../support/server'

const DONE = { statusCode: 200, body: 'success' }

describe.each([
  ['signed, but sealed anew', 'wx_http'],
  ['by the cloud, with nothing to know it by', 'wx_unknown'],
] as const)('sent again %s,', (_how, source) => {
  const SECOND = 1000
  const CANCELLED = ['user_authorization_cancellation', {}] as const
  const revoked = (RevokeInfo: string) => ['user_authorization_revoke', { RevokeInfo }] as const

  /** Alice has a number, a name and a picture; what happens now is told by WeChat as often as `tell` is called. */
  const told = async () => {
    const keys = { WEIXIN_PUSH_TOKEN: PUSH_TOKEN, WEIXIN_PUSH_AES_KEY: PUSH_KEY }
    const server = createTestServer({ variables: { ...VARIABLES, ...(source === 'wx_http' && keys) } })
    const { memory, storage, clock, ports } = server
    let { token } = await server.signIn(ALICE)
    const call = async (name: string, data: object) => {
      server.from({ appid: APPID, openid: ALICE })
      const reply = await server.main({ v: 1, call: name, data, token }, {})
      if (!reply.ok) throw new Error(JSON.stringify(reply.error))
    }
    const give = async (nickname: string) => {
      server.from({ appid: APPID, openid: ALICE })
      await call('profile', { nickname, avatar: await upload(server, token) })
      await call('phone', { code: server.tap().code })
    }
    const bindAnew = async () => {
      await call('phone', { remove: true })
      await call('phone', { code: server.tap().code })
    }
    const happened = (Event: string, more: object) => {
      const CreateTime = Math.floor(clock.now() / SECOND)
      return { CreateTime, MsgType: 'event', Event, OpenID: ALICE, AppID: APPID, ...more }
    }
    const tell = async (message: object, over: ServePorts = ports) => {
      server.from({ appid: APPID, source })
      const at = clock.now() / SECOND
      const event = source === 'wx_http' ? pushEvent(pushOf(message, { appid: APPID, at })) : message
      const answer = await createPushDoor(over)(event, {})
      expect(answer).toEqual(source === 'wx_http' ? expect.objectContaining(DONE) : 'success')
    }
    const comeBack = async () => {
      token = (await server.signIn(ALICE)).token
    }
    const kept = () => {
      const [user] = memory.all().users
      return user && { phone: user.phone !== undefined, nickname: user.nickname, avatar: user.avatar !== undefined }
    }
    await give('before')
    return { memory, storage, clock, ports, give, call, bindAnew, happened, tell, comeBack, kept }
  }
  type Told = Awaited<ReturnType<typeof told>>
  const NEWER = { phone: true, nickname: 'after', avatar: true }

  it('a cancellation leaves the account that was made since', async () => {
    const { clock, happened, tell, comeBack, kept } = await told()
    const message = happened(...CANCELLED)
    await tell(message)
    expect(kept()).toBeUndefined()
    clock.advance(SECOND)
    await comeBack()
    await tell(message)
    expect(kept()).toMatchObject({ phone: false })
  })

  it('a cancellation leaves an older account that this openid was joined to since', async () => {
    const { memory, clock, happened, tell, kept } = await told()
    const message = happened(...CANCELLED)
    const [claim] = memory.all().identities
    if (!claim) throw new Error('signed in')
    await memory.identities.release(claim.id, claim.userId)
    clock.advance(SECOND)
    await memory.identities.add({ ...claim, createdAt: clock.now() })
    await tell(message)
    expect(kept()).toBeDefined()
  })

  it('a cancellation leaves an account that was made anew under an old claim', async () => {
    const { memory, clock, happened, tell, kept } = await told()
    const message = happened(...CANCELLED)
    const [user] = memory.all().users
    await memory.users.remove(user?.id ?? '')
    clock.advance(SECOND)
    await memory.users.add({ id: user?.id ?? '', createdAt: clock.now() })
    await tell(message)
    expect(kept()).toBeDefined()
  })

  it.each([revoked('8'), revoked('6'), revoked('14,19,20'), ['user_info_modified', {}] as const])(
    '%s %j takes what was there, and leaves what was given since',
    async (name, more) => {
      const { clock, happened, tell, give, kept } = await told()
      const message = happened(name, more)
      await tell(message)
      expect(kept()).not.toEqual({ ...NEWER, nickname: 'before' })
      clock.advance(SECOND)
      await give('after')
      await tell(message)
      expect(kept()).toEqual(NEWER)
    },
  )

  it.each([
    ['name', { nickname: 'after' }, { phone: true, nickname: 'after', avatar: false }],
    ['nothing', {}, { phone: true, nickname: undefined, avatar: false }],
  ])('6 takes what is older when %s was given since', async (_what, data, left) => {
    const { clock, happened, tell, call, kept } = await told()
    const message = happened(...revoked('6'))
    clock.advance(SECOND)
    await call('profile', data)
    await tell(message)
    expect(kept()).toEqual(left)
  })

  it.each([
    ['name', '19', 'users.saveProfile', ({ call }: Told) => call('profile', { nickname: 'after' })],
    ['number', '8', 'redemptions.forget', ({ bindAnew }: Told) => bindAnew()],
  ])('a %s that is given between the look and the write stays', async (_what, info, verb, give) => {
    const room = await told()
    const { clock, ports, happened, tell, kept } = room
    const message = happened(...revoked(info))
    const before = kept()
    clock.advance(SECOND)
    let isFirst = true
    const between: Hook = async (name, act) => {
      if (name === verb && isFirst) {
        isFirst = false
        await give(room)
      }
      return act()
    }
    await tell(message, withHook(ports, between))
    expect([isFirst, kept()]).toEqual([false, { ...before, ...(info === '19' && { nickname: 'after' }) }])
  })

  it('what was told of a number that is bound since is remembered still', async () => {
    const { memory, clock, happened, tell, bindAnew } = await told()
    const message = happened(...revoked('8'))
    await tell(message)
    expect(memory.all().redemptions).toEqual([])
    clock.advance(SECOND)
    await bindAnew()
    await tell(message)
    expect(memory.all().redemptions).toHaveLength(1)
  })

  it('what was given within the same second goes as well: nobody can tell which was first', async () => {
    const { clock, happened, tell, give, kept } = await told()
    const message = happened(...revoked('6,8'))
    clock.advance(SECOND - 1)
    await give('after')
    await tell(message)
    expect(kept()).toEqual({ phone: false, nickname: undefined, avatar: false })
  })

  it('a picture is as old as its save, whatever WeChat said of it since', async () => {
    const { memory, storage, clock, happened, tell, kept } = await told()
    const message = happened(...revoked('20'))
    clock.advance(SECOND)
    const [check] = memory.all().mediaChecks
    await judge({ clock, stores: memory, storage }, check?.id.replace('mediaCheck:', '') ?? '', 'pass')
    expect(memory.all().users[0]?.avatar?.state).toBe('passed')
    await tell(message)
    expect(kept()).toMatchObject({ avatar: false })
  })

  it('what is stored without a time counts as older', async () => {
    const { memory, clock, happened, tell, kept } = await told()
    const [user] = memory.all().users
    const { nicknameAt: _name, avatar, ...rest } = user ?? { id: '', createdAt: 0 }
    const { savedAt: _face, ...face } = avatar ?? { path: '', fileID: '', state: 'checking' as const }
    await memory.users.remove(rest.id)
    await memory.users.add({ ...rest, avatar: face })
    clock.advance(SECOND)
    await tell(happened(...revoked('6')))
    expect(kept()).toEqual({ phone: true, nickname: undefined, avatar: false })
  })
})
