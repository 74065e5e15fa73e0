// Verdicts on pictures: passed, risky, unclear, late, twice, of a picture long replaced; and asking again.
import { createDeadline } from '../../cloudfunctions/core/deadline'
import { Refusal } from '../../cloudfunctions/core/errors'
import type { MediaCheckRecord } from '../../cloudfunctions/core/records'
import { createSealing, parseKeyring } from '../../cloudfunctions/core/sealing'
import { askAgain, judge, type Verdict } from '../../cloudfunctions/core/verdicts'
import { upload } from '../support/pictures'
import { ALICE, APPID, createTestServer, outcomeOf, type ServerOptions, VARIABLES } from '../support/server'

const MINUTE = 60_000
const TRACE = 'trace-of-the-picture'
const copyOf = (path: string) => expect.stringMatching(new RegExp(`^copies/[0-9a-f]{32}/${path}$`))

/** Alice saved a picture, and WeChat was asked about it. */
const given = async (options: ServerOptions = {}) => {
  const server = createTestServer({ checkPicture: async () => TRACE, ...options })
  const { memory, storage, clock, ports } = server
  const { token, user } = await server.signIn()
  const save = async () => {
    const path = await upload(server, token)
    const reply = await server.main({ v: 1, call: 'profile', data: { avatar: path }, token })
    if (!reply.ok) throw new Error(JSON.stringify(reply.error))
    return path
  }
  const path = await save()
  const asked: string[] = []
  const { random } = ports
  const sealing = createSealing({ random, keyring: parseKeyring(VARIABLES.SEALING_KEYS, undefined) })
  return {
    ...server,
    token,
    path,
    save,
    asked,
    userId: user.id,
    stored: () => memory.all().users[0],
    checks: () => memory.all().mediaChecks,
    verdict: (word: Verdict, trace = TRACE) => judge({ clock, stores: memory, storage }, trace, word),
    again: (
      check: MediaCheckRecord | undefined,
      answer: () => Promise<string> = async () => 'trace-anew',
      appid = APPID,
    ) => {
      if (!check) throw new Error('no check to ask for again')
      const checkPicture = (url: string, openid: { reveal(): string }) => {
        asked.push(`${url} ${openid.reveal()}`)
        return answer()
      }
      const deadline = createDeadline({ clock }, 2600)
      return askAgain({ clock, random, stores: memory, storage, deadline, appid, sealing, checkPicture }, check)
    },
    profile: async () => {
      const reply = await server.main({ v: 1, call: 'profile', data: {}, token })
      return reply.ok ? (reply.data as { user: object }).user : reply
    },
  }
}

describe('a verdict', () => {
  it('is waited for from the moment of the save', async () => {
    const { checks, path, userId, clock } = await given()
    const expiresAt = clock.now() + 30 * MINUTE
    const whose = { userId, path, appid: APPID }
    expect(checks()).toEqual([{ id: `mediaCheck:${TRACE}`, ...whose, copy: copyOf(path), attempts: 1, expiresAt }])
  })

  it('pass lets others see the picture', async () => {
    const { verdict, profile, checks, storage } = await given()
    await verdict('pass')
    expect(await profile()).toMatchObject({ avatarState: 'passed' })
    expect([checks(), storage.files.size]).toEqual([[], 2]) // its owner may be looking at the original still
  })

  it('risky erases the file, its record and the picture, and says so to the owner', async () => {
    const { verdict, profile, checks, storage, memory } = await given()
    await verdict('risky')
    expect(await profile()).toMatchObject({ avatarState: 'rejected' })
    expect(await profile()).not.toHaveProperty('avatarUrl')
    expect([checks(), storage.files.size, memory.all().uploads]).toEqual([[], 0, []])
  })

  it.each(['pass', 'risky'] as const)('%s twice does what it does once', async (word) => {
    const { verdict, stored, storage } = await given()
    await Promise.all([verdict(word), verdict(word)])
    const once = [stored(), storage.files.size]
    await verdict(word)
    expect([stored(), storage.files.size]).toEqual(once)
    expect(stored()?.avatar?.state).toBe(word === 'pass' ? 'passed' : undefined)
  })

  it('unclear is asked about again at once', async () => {
    const { verdict, checks, stored, clock, memory } = await given()
    await verdict('unclear')
    expect(stored()?.avatar?.state).toBe('checking')
    expect(checks()).toMatchObject([{ expiresAt: clock.now() }])
    expect(await memory.mediaChecks.due(clock.now() + 1, 10, APPID)).toHaveLength(1)
  })

  it('unclear told three times costs one attempt', async () => {
    const { verdict, checks, clock } = await given()
    for (let n = 0; n < 3; n++) {
      await verdict('unclear')
      clock.advance(5_000)
    }
    expect(checks()).toMatchObject([{ attempts: 2 }])
  })

  it.each(['pass', 'risky', 'unclear'] as const)('%s under a name nobody gave does nothing', async (word) => {
    const { verdict, memory, storage } = await given()
    const before = structuredClone(memory.all())
    await verdict(word, 'trace-of-nothing')
    await verdict(word, `unasked:upload:${'0'.repeat(32)}`)
    expect([memory.all(), storage.files.size]).toEqual([before, 2])
  })

  it.each(['pass', 'risky'] as const)(
    '%s on a picture replaced meanwhile says nothing of the new one',
    async (word) => {
      let trace = TRACE
      const { verdict, save, stored, storage } = await given({ checkPicture: async () => trace })
      trace = 'trace-of-the-next'
      const next = await save()
      await verdict(word)
      expect(stored()).toMatchObject({ avatar: { path: next, state: 'checking' } })
      expect(stored()).not.toHaveProperty('avatarRejected')
      expect([...storage.files.keys()]).toEqual([next, copyOf(next)])
    },
  )

  it('risky that finds the storage down is dealt with when it comes again', async () => {
    const { verdict, storage, stored, memory, path } = await given()
    const remove = jest.spyOn(storage, 'remove').mockRejectedValueOnce(new Error('down'))
    await expect(verdict('risky')).rejects.toThrow('down')
    expect(stored()).toMatchObject({ avatarRejected: true })
    await verdict('risky')
    expect([remove.mock.calls.length, storage.files.size]).toEqual([3, 0])
    // Until its hour is over: what is sent there late is erased as well.
    expect(memory.all().uploads).toMatchObject([{ path, state: 'doomed' }])
  })
})

describe('no verdict', () => {
  it('is asked for again by the openid that was kept, under a new name and with its count', async () => {
    const { again, checks, asked, path, clock } = await given()
    clock.advance(31 * MINUTE)
    await again(checks()[0])
    expect(asked).toEqual([expect.stringMatching(`^https://files.example/copies/[0-9a-f]{32}/${path} ${ALICE}$`)])
    const expiresAt = clock.now() + 30 * MINUTE
    expect(checks()).toMatchObject([{ id: 'mediaCheck:trace-anew', path, attempts: 2, expiresAt }])
  })

  it('of a picture that could not be asked about at the save is asked for by its note', async () => {
    const busy = async () => Promise.reject(new Refusal('WECHAT_BUSY', 'errcode -1'))
    const { again, checks, verdict, stored } = await given({ checkPicture: busy })
    expect(checks()).toMatchObject([{ id: expect.stringMatching(/^mediaCheck:unasked:/), attempts: 0 }])
    await again(checks()[0])
    expect(checks()).toMatchObject([{ id: 'mediaCheck:trace-anew', attempts: 1 }])
    await verdict('pass', 'trace-anew')
    expect(stored()?.avatar?.state).toBe('passed')
  })

  it('under the same name keeps being waited for', async () => {
    const { again, checks } = await given()
    await again(checks()[0], async () => TRACE)
    expect(checks()).toMatchObject([{ id: `mediaCheck:${TRACE}` }])
  })

  it('is asked for once by two instances at once', async () => {
    const { again, checks, asked, clock } = await given()
    const [check] = structuredClone(checks())
    clock.advance(31 * MINUTE)
    await Promise.all([again(check), again(check)])
    expect([asked.length, checks().length]).toEqual([1, 1])
  })

  it('five times is given up: the picture stays its owner’s alone', async () => {
    const { again, checks, asked, clock, profile } = await given()
    for (let n = 0; n < 4; n++) {
      clock.advance(31 * MINUTE)
      await again(checks()[0], async () => `trace-${n}`)
    }
    expect(checks()).toMatchObject([{ attempts: 5 }])
    await again(checks()[0])
    expect([checks(), asked.length]).toEqual([[], 4])
    expect(await profile()).toMatchObject({ avatarState: 'checking' })
  })

  it('while WeChat is busy is asked for again half an hour later', async () => {
    const { again, checks, clock } = await given()
    const busy = () => Promise.reject(new Refusal('WECHAT_BUSY', 'errcode -1'))
    await expect(again(checks()[0], busy)).rejects.toEqual(expect.objectContaining({ code: 'WECHAT_BUSY' }))
    expect(checks()).toMatchObject([{ attempts: 2, expiresAt: clock.now() + 30 * MINUTE }])
  })

  it.each<[string, (server: Awaited<ReturnType<typeof given>>) => Promise<unknown>]>([
    ['was removed', ({ main, token }) => main({ v: 1, call: 'profile', data: { avatar: null }, token })],
    ['was rejected', ({ memory, userId, path }) => memory.users.judgeAvatar(userId, path, 'rejected')],
    ['is of an account that is gone', ({ memory, userId }) => memory.users.remove(userId)],
  ])('on a picture that %s is asked for no more', async (_what, happens) => {
    const server = await given()
    const [check] = structuredClone(server.checks())
    await happens(server)
    await server.again(check)
    expect([server.checks(), server.asked]).toEqual([[], []])
  })

  it('is not asked for in the name of an openid of another mini-program', async () => {
    const { again, checks, asked } = await given()
    const before = structuredClone(checks())
    await again(checks()[0], undefined, 'wx00000000000000bb')
    expect([asked, checks()]).toEqual([[], before])
  })

  it('of before the mini-program was written down is asked for by whoever holds the openid', async () => {
    const { again, checks, asked } = await given()
    const { appid: _unsaid, ...old } = checks()[0] ?? { id: '', userId: '', path: '', attempts: 0, expiresAt: 0 }
    await again(old)
    expect([asked.length, checks()]).toEqual([
      1,
      [expect.objectContaining({ id: 'mediaCheck:trace-anew', appid: APPID })],
    ])
  })

  it('of an account that is deleted while WeChat is asked leaves no note', async () => {
    const { again, checks, memory, userId } = await given()
    await again(checks()[0], async () => {
      await memory.mediaChecks.forget(userId)
      await memory.users.remove(userId)
      return 'trace-too-late'
    })
    expect(checks()).toEqual([])
  })
})

describe('a save that is cut off', () => {
  it.each([
    ['before', async (act: () => Promise<boolean>) => Promise.reject(new Error(`cut ${typeof act}`))],
    [
      'after',
      async (act: () => Promise<boolean>) => {
        await act()
        throw new Error('lost')
      },
    ],
  ])('%s its write is done by the same save once more, and judged', async (_when, how) => {
    let isCut = true
    const server = createTestServer({
      around: (stores) => ({
        ...stores,
        users: {
          ...stores.users,
          saveProfile: (...args) => {
            const act = () => stores.users.saveProfile(...args)
            return isCut ? how(act) : act()
          },
        },
      }),
    })
    const { token } = await server.signIn()
    const path = await upload(server, token)
    const save = () => server.main({ v: 1, call: 'profile', data: { avatar: path }, token })
    await save()
    isCut = false
    expect(outcomeOf(await save())).toBe('ok')
    expect(server.memory.all()).toMatchObject({ users: [{ avatar: { path } }], mediaChecks: [{ path, attempts: 1 }] })
  })
})
