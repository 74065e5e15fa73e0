// Copies and time: a save that does not wait for one, and asking again about the one that stands.
import { Refusal } from '../../cloudfunctions/core/errors'
import { quiet } from '../support/account'
import { givenPicture } from '../support/copies'
import { type Hook, withHook } from '../support/effects'
import { upload } from '../support/pictures'

const MINUTE = 60_000

describe('asking again', () => {
  it('asks about the copy that stands, and keeps it for as long', async () => {
    const { save, tidy, verdict, clock, asked, copies, avatar } = await givenPicture()
    await save()
    for (let n = 0; n < 3; n++) {
      clock.advance(31 * MINUTE)
      expect(await tidy()).toMatchObject({ checks: 1, failed: 0 })
    }
    expect(new Set(asked)).toEqual(new Set(copies()))
    expect([asked.length, copies().length]).toEqual([4, 1])
    await verdict('pass', 4)
    expect(avatar()?.path).toBe(asked[0])
  })

  it('makes the copy that could not be made at the save', async () => {
    const { save, tidy, verdict, clock, ports, copies, asked, shown, bytes } = await givenPicture()
    const away: Hook = (name, act) =>
      name === 'storage.upload' ? Promise.reject(new Refusal('WECHAT_BUSY', 'away')) : act()
    expect(await save(withHook(ports, away))).toMatchObject({ ok: true })
    expect([asked, copies()]).toEqual([[], []])
    clock.advance(2 * MINUTE)
    expect(await tidy()).toMatchObject({ checks: 1, failed: 0 })
    await verdict('pass', 1)
    expect(shown()).toEqual(bytes)
  })

  it('five times in vain leaves the picture to its owner, and no copy', async () => {
    const { save, tidy, clock, path, paths, memory } = await givenPicture()
    await save()
    for (let n = 0; n < 20; n++) {
      clock.advance(31 * MINUTE)
      await tidy()
    }
    expect([paths(), memory.all().mediaChecks]).toEqual([[path], []])
    expect(memory.all().uploads.map((one) => one.path)).toEqual([path])
  })

  it('is left to the next run when there is no time for a whole picture', async () => {
    const { save, tidy, clock, ports, asked, memory } = await givenPicture()
    await save()
    clock.advance(31 * MINUTE)
    const slow: Hook = async (name, act) => {
      if (name === 'uploads.due') clock.advance(1200)
      return act()
    }
    expect(await tidy(withHook(ports, slow))).toMatchObject({ checks: 0, failed: 0 })
    expect([asked.length, memory.all().mediaChecks[0]?.attempts]).toEqual([1, 1])
    expect(await tidy()).toMatchObject({ checks: 1 })
  })
})

describe('the save', () => {
  it('does not wait for a storage that hangs over the copy', async () => {
    const { save, clock, ports, path, memory } = await givenPicture()
    const began = clock.now()
    const hangs: Hook = (name, act) => (name === 'storage.upload' ? new Promise(() => undefined) : act())
    const reply = save(withHook(ports, hangs))
    await quiet()
    clock.advance(2000)
    expect(await reply).toMatchObject({ ok: true, data: { user: { avatarState: 'checking' } } })
    expect([clock.now() - began, memory.all().mediaChecks]).toEqual([
      2000,
      [expect.objectContaining({ path, attempts: 0 })],
    ])
  })

  it('whose time is short does not begin a copy', async () => {
    const { save, clock, ports, paths, path, asked } = await givenPicture()
    const slow: Hook = async (name, act) => {
      if (name === 'users.saveProfile') clock.advance(1700)
      return act()
    }
    expect(await save(withHook(ports, slow))).toMatchObject({ ok: true })
    expect([paths(), asked]).toEqual([[path], []])
  })

  it('once more after its answer was lost is in place, also by the copy', async () => {
    const { save, verdict, asked, avatar, path } = await givenPicture()
    await save()
    await verdict('pass', 1)
    const reply = await save()
    expect(reply).toMatchObject({ ok: true, data: { user: { avatarState: 'passed' } } })
    expect(reply.ok && (reply.data as { user: { avatarUrl: string } }).user.avatarUrl.endsWith(path)).toBe(true)
    expect([avatar()?.path, asked.length]).toEqual([asked[0], 1])
  })

  it('of no picture, or another, takes the copy with it, judged or not', async () => {
    for (const isJudged of [false, true]) {
      const { save, verdict, ports, paths, memory } = await givenPicture()
      await save()
      if (isJudged) await verdict('pass', 1)
      expect(await save(ports, null)).toMatchObject({ ok: true })
      expect([paths(), memory.all().uploads]).toEqual([[], []])
    }
  })

  it.each(['uploads.add', 'storage.upload'])(
    'takes a copy back that was made (%s) while the picture was replaced',
    async (at) => {
      const { save, server, token, ports, paths, path } = await givenPicture()
      const next = await upload(server, token)
      let isFirst = true
      const slow: Hook = async (name, act) => {
        if (name === at && isFirst) {
          isFirst = false
          await save(ports, next)
        }
        return act()
      }
      await save(withHook(ports, slow))
      expect(paths()).toEqual([next, expect.stringMatching(`^copies/.*${next}$`)])
      expect(paths().join()).not.toContain(path)
    },
  )
})
