// Profiles inside `serve`: nickname and picture, saved whole, checked, taken away.

import { calls } from '../../cloudfunctions/calls/index'
import { Refusal } from '../../cloudfunctions/core/errors'
import { createSecret } from '../../cloudfunctions/core/secret'
import { publicProfileOf } from '../../cloudfunctions/core/users'
import { createServe } from '../../cloudfunctions/serve'
import { type Hook, withHook } from '../support/effects'
import { pictureOf, SVG, upload } from '../support/pictures'
import { ALICE, APPID, BOB, createTestServer, outcomeOf } from '../support/server'

const signedIn = async (options: Parameters<typeof createTestServer>[0] = {}) => {
  const server = createTestServer(options)
  const { token, user } = await server.signIn()
  const save = (data: object, as = token) => server.main({ v: 1, call: 'profile', data, token: as })
  const saved = async (data: object) => {
    const reply = await save(data)
    if (!reply.ok) throw new Error(JSON.stringify(reply.error))
    return (reply.data as { user: Record<string, unknown> }).user
  }
  return { ...server, server, token, user, save, saved, stored: () => server.memory.all().users[0] }
}

type Given = Awaited<ReturnType<typeof signedIn>>

/** Where the copy of the picture at this path lies. */
const copyOf = (path: string) => expect.stringMatching(new RegExp(`^copies/[0-9a-f]{32}/${path}$`))

describe('a nickname', () => {
  it('is saved as it is spelled, read back, and removed', async () => {
    const { saved } = await signedIn()
    expect(await saved({ nickname: ' 小明 ' })).toMatchObject({ nickname: '小明' })
    expect(await saved({})).toMatchObject({ nickname: '小明' })
    expect(await saved({ nickname: null })).not.toHaveProperty('nickname')
  })

  it('that WeChat finds risky is refused, and the one before stays', async () => {
    const checkText = async (text: string) => ({ suggest: text === 'bad' ? 'risky' : 'pass' })
    const { saved, save } = await signedIn({ checkText })
    await saved({ nickname: 'good' })
    expect(outcomeOf(await save({ nickname: 'bad' }))).toBe('PROFILE_REJECTED')
    expect(await saved({})).toMatchObject({ nickname: 'good' })
  })

  it('that WeChat would show to a human first is taken: no human stands behind this', async () => {
    const { saved } = await signedIn({ checkText: async () => ({ suggest: 'review', label: 20006 }) })
    expect(await saved({ nickname: 'hm' })).toMatchObject({ nickname: 'hm' })
  })

  it('is asked about again while WeChat is busy, and refused as busy when it stays so', async () => {
    let busy = 2
    const checkText = async () => {
      if (busy-- > 0) throw new Refusal('WECHAT_BUSY', 'errcode -1')
      return { suggest: 'pass' }
    }
    const { saved, save } = await signedIn({ checkText })
    expect(await saved({ nickname: 'patient' })).toMatchObject({ nickname: 'patient' })
    busy = 3
    expect(outcomeOf(await save({ nickname: 'impatient' }))).toBe('WECHAT_BUSY')
  })

  it('that is the same as before is not checked again', async () => {
    const { saved, asked } = await signedIn()
    await saved({ nickname: 'same' })
    await saved({ nickname: 'same' })
    expect(asked.filter((what) => what.endsWith('checkText'))).toHaveLength(1)
  })

  it('is checked by token, with the openid that was kept, where no cloud says who asks', async () => {
    const { saved, asked } = await signedIn({ cloudCalls: false })
    await saved({ nickname: 'x' })
    expect(asked).toEqual(['token: checkText'])
  })
})

describe('a picture', () => {
  it.each(['png', 'jpeg', 'webp', 'gif'] as const)(
    'of the type %s is saved, and shown to its owner at once',
    async (type) => {
      const { server, token, saved } = await signedIn()
      const path = await upload(server, token, { type })
      expect(await saved({ avatar: path })).toMatchObject({
        avatarUrl: `cloud://emulated-env.bucket/${path}`,
        avatarState: 'checking',
      })
    },
  )

  it('is saved together with the name, or not at all', async () => {
    const { server, token, saved, save } = await signedIn()
    const path = await upload(server, token, { bytes: SVG })
    expect(outcomeOf(await save({ nickname: 'both', avatar: path }))).toBe('AVATAR_REJECTED')
    expect(await saved({})).not.toHaveProperty('nickname')
    const good = await upload(server, token)
    expect(await saved({ nickname: 'both', avatar: good })).toMatchObject({ nickname: 'both', avatarState: 'checking' })
  })

  it.each([
    ['an SVG renamed .png', { bytes: SVG }],
    ['a JPEG announced as PNG', { bytes: pictureOf('jpeg') }],
    ['nothing at all', { bytes: null }],
    ['no byte', { bytes: Buffer.alloc(0) }],
    ['a page', { bytes: Buffer.from('<!doctype html><script>') }],
  ])('that is %s is refused', async (_what, what) => {
    const { server, token, save, stored } = await signedIn()
    const path = await upload(server, token, { ...what, ...(what.bytes?.length === 0 && { bytes: null }) })
    if (what.bytes?.length === 0) await server.storage.upload(path, what.bytes, 'image/png')
    expect(outcomeOf(await save({ avatar: path }))).toBe('AVATAR_REJECTED')
    expect(stored()).not.toHaveProperty('avatar')
  })

  it('larger than announced, beyond 2 MB, is refused', async () => {
    const { server, token, save } = await signedIn()
    const path = await upload(server, token, {})
    await server.storage.upload(path, pictureOf('png', 2 * 1024 * 1024 + 1), 'image/png')
    expect(outcomeOf(await save({ avatar: path }))).toBe('AVATAR_REJECTED')
  })

  it.each([
    ['another environment’s file', 'cloud://other-env.bucket/avatars/0123456789abcdef0123456789abcdef.png'],
    ['a file of the device', 'file:///etc/passwd'],
    ['a temporary file', 'wxfile://tmp_avatar.png'],
    ['an address', 'https://evil.example/x.png'],
    ['a way out', 'avatars/../auth/where-files-live.txt'],
    ['an object', { $ne: null }],
    ['nothing', ''],
  ])('%s is no path of ours: a bad request', async (_what, avatar) => {
    const { save } = await signedIn()
    expect(outcomeOf(await save({ avatar }))).toBe('BAD_REQUEST')
  })

  it('at a path that nobody issued is refused', async () => {
    const { server, save } = await signedIn()
    const path = 'avatars/0123456789abcdef0123456789abcdef.png'
    await server.storage.upload(path, pictureOf('png'), 'image/png')
    expect(outcomeOf(await save({ avatar: path }))).toBe('AVATAR_REJECTED')
  })

  it('at a path issued to somebody else is refused in the same words', async () => {
    const { server, save } = await signedIn()
    const bob = await server.signIn(BOB)
    const path = await upload(server, bob.token)
    server.from({ appid: APPID, openid: ALICE })
    const [theirs, nobodys] = [
      await save({ avatar: path }),
      await save({ avatar: path.replace(/.{4}\.png/, '0000.png') }),
    ]
    expect(theirs).toMatchObject({ ok: false, error: { code: 'AVATAR_REJECTED' } })
    expect(!theirs.ok && !nobodys.ok && theirs.error.message === nobodys.error.message).toBe(true)
  })

  it('is refused when its hour is over', async () => {
    const { server, token, save, clock } = await signedIn()
    const path = await upload(server, token)
    clock.advance(3_600_000)
    expect(outcomeOf(await save({ avatar: path }))).toBe('AVATAR_REJECTED')
  })

  it('once more after a lost answer is in place already', async () => {
    const { server, token, saved } = await signedIn()
    const path = await upload(server, token)
    const first = await saved({ avatar: path })
    expect(await saved({ avatar: path })).toEqual(first)
  })

  it('takes the one before with it, file and record', async () => {
    const { server, token, saved, memory, storage } = await signedIn()
    const [before, after] = [await upload(server, token), await upload(server, token)]
    await saved({ avatar: before })
    await saved({ avatar: after })
    expect([...storage.files.keys()]).toEqual([after, copyOf(after)])
    expect(memory.all().uploads).toMatchObject([
      { path: after, state: 'saved' },
      { path: copyOf(after), state: 'saved' },
    ])
  })

  it('removed is gone, file and record', async () => {
    const { server, token, saved, memory, storage } = await signedIn()
    await saved({ avatar: await upload(server, token) })
    expect(await saved({ avatar: null })).not.toHaveProperty('avatarUrl')
    expect(storage.files.size).toBe(0)
    expect(memory.all().uploads).toEqual([])
  })

  it('is saved although WeChat cannot be asked about it now: housekeeping will', async () => {
    const checkPicture = async () => {
      throw new Refusal('WECHAT_BUSY', 'errcode -1')
    }
    const { server, token, saved, memory } = await signedIn({ checkPicture })
    const path = await upload(server, token)
    expect(await saved({ avatar: path })).toMatchObject({ avatarState: 'checking' })
    expect(memory.all().mediaChecks).toMatchObject([{ path, attempts: 0 }])
  })

  it('of two saves at once, the last is whole: its name with its picture', async () => {
    const { server, token, saved, save, storage } = await signedIn()
    const [a, b] = [await upload(server, token), await upload(server, token)]
    await Promise.all([save({ nickname: 'A', avatar: a }), save({ nickname: 'B', avatar: b })])
    const user = await saved({})
    const [name, path] = user['nickname'] === 'A' ? ['A', a] : ['B', b]
    expect(user).toMatchObject({ nickname: name, avatarUrl: expect.stringContaining(path) })
    expect([...storage.files.keys()]).toEqual([path, copyOf(path ?? '')])
  })

  it('over https is shown at an address that ends', async () => {
    const server = createTestServer({ transport: 'https', cloudCalls: false })
    server.from({ appid: APPID })
    const login = await server.main({ v: 1, call: 'login', data: {}, code: server.codeOf() })
    const token = login.session?.token ?? ''
    const path = await upload(server, token)
    const reply = await server.main({ v: 1, call: 'profile', data: { avatar: path }, token })
    expect(reply).toMatchObject({ ok: true, data: { user: { avatarUrl: `https://files.example/${path}` } } })
  })
})

describe('avatarUpload', () => {
  const ask = async (data: unknown) => {
    const { main, token, memory } = await signedIn()
    return { reply: await main({ v: 1, call: 'avatarUpload', data, token }), memory }
  }

  it('writes the path down before a byte exists, and nobody could guess it', async () => {
    const { reply, memory } = await ask({ type: 'jpeg', size: 1000 })
    const { cloudPath } = reply.ok ? (reply.data as { cloudPath: string }) : { cloudPath: '' }
    expect(cloudPath).toMatch(/^avatars\/[0-9a-f]{32}\.jpg$/)
    expect(memory.all().uploads).toMatchObject([{ path: cloudPath, state: 'issued' }])
  })

  it.each([
    [{ type: 'svg', size: 10 }, 'BAD_REQUEST'],
    [{ type: 'png', size: 0 }, 'BAD_REQUEST'],
    [{ type: 'png', size: 1.5 }, 'BAD_REQUEST'],
    [{ type: 'png', size: '10' }, 'BAD_REQUEST'],
    [{ type: 'png', size: 10, path: 'x' }, 'BAD_REQUEST'],
    [{ type: 'png', size: 2 * 1024 * 1024 + 1 }, 'AVATAR_REJECTED'],
  ])('%j is refused as %s', async (data, code) => {
    expect(outcomeOf((await ask(data)).reply)).toBe(code)
  })

  it('is limited to thirty an hour, and goes on in the next', async () => {
    const { main, token, clock } = await signedIn()
    const issue = async () =>
      outcomeOf(await main({ v: 1, call: 'avatarUpload', data: { type: 'png', size: 1 }, token }))
    for (let n = 0; n < 30; n++) expect(await issue()).toBe('ok')
    expect(await issue()).toBe('RATE_LIMITED')
    clock.advance(3_600_000)
    expect(await issue()).toBe('ok')
  })
})

describe('what others may see', () => {
  it('is the name, and the picture only when it passed', () => {
    const picture = { path: 'avatars/x.png', fileID: 'cloud://x' }
    const user = { id: 'u', createdAt: 0, nickname: '小明' }
    expect(publicProfileOf({ ...user, avatar: { ...picture, state: 'checking' } })).toEqual({ nickname: '小明' })
    expect(publicProfileOf({ ...user, avatar: { ...picture, state: 'passed' } })).toEqual({
      nickname: '小明',
      avatarFileID: 'cloud://x',
    })
  })

  it('keeps the openid from every reply and every document', async () => {
    const { saved, memory } = await signedIn()
    expect(JSON.stringify([await saved({ nickname: 'x' }), memory.all()])).not.toContain(ALICE)
  })

  it('is not even the openid in the log', () => {
    expect(String(createSecret('openid', ALICE))).toBe('[openid]')
  })
})

describe('a storage that hangs', () => {
  it('costs a sign-in over https the picture, and not the session', async () => {
    const server = createTestServer({ transport: 'https', cloudCalls: false })
    server.from({ appid: APPID })
    const login = async () => server.main({ v: 1, call: 'login', data: {}, code: server.codeOf() })
    const token = (await login()).session?.token ?? ''
    const path = await upload(server, token)
    await server.main({ v: 1, call: 'profile', data: { avatar: path }, token })
    const asked = new Promise<void>((resolve) => {
      server.storage.urlOf = () => {
        resolve()
        return new Promise(() => undefined)
      }
    })
    const pending = login()
    await asked
    await new Promise((resolve) => setImmediate(resolve))
    server.clock.advance(500)
    expect(await pending).toMatchObject({ ok: true, session: { user: { avatarState: 'checking' } } })
  })
})

describe('a save that a deletion overtakes', () => {
  it.each([
    ['a name', async () => ({ nickname: 'late' })],
    ['a picture', async ({ server, token }: Given) => ({ avatar: await upload(server, token) })],
  ])(
    '%s is answered like any call of an account that is going, and leaves no file and no question',
    async (_what, data) => {
      const room = await signedIn()
      const { server, token, user, memory, storage, clock, ports, asked } = room
      const what = await data(room)
      const saved: Hook = async (name, act) => {
        const done = await act()
        if (name === 'users.saveProfile') await memory.users.markDeleted(user.id, clock.now(), 'p')
        return done
      }
      const main = createServe(withHook(ports, saved), { calls, transport: 'cloud' })
      expect(outcomeOf(await main({ v: 1, call: 'profile', data: what, token }, {}))).toBe('SESSION_EXPIRED')
      expect([storage.files.size, memory.all().mediaChecks]).toEqual([0, []])
      expect(asked).not.toContain('cloud: checkPicture')
      expect(server.memory.all().users).toMatchObject([{ proof: 'p' }])
    },
  )
})
