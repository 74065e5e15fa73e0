// Copies: what others see is what WeChat judged, whatever a client writes over.
import { givenPicture } from '../support/copies'
import { atEffect, type Hook, withHook } from '../support/effects'
import { pictureOf, SVG, upload } from '../support/pictures'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MOST_EFFECTS = 60

describe('what is judged', () => {
  it('is a copy at a path that no client was told, written down for the same user', async () => {
    const { save, asked, path, storage, bytes, memory, userId } = await givenPicture()
    expect(await save()).toMatchObject({ ok: true, data: { user: { avatarUrl: expect.stringMatching(`/${path}$`) } } })
    const [copy = ''] = asked
    expect(copy).toMatch(new RegExp(`^copies/[0-9a-f]{32}/${path}$`))
    expect(storage.files.get(copy)).toEqual({ bytes, type: 'image/png' })
    expect(memory.all().uploads).toMatchObject([{ path }, { path: copy, userId, state: 'saved' }])
  })

  it('is what others see from then on; the original goes some minutes later, file and record', async () => {
    const { save, verdict, tidy, clock, shown, bytes, path, asked, paths, memory } = await givenPicture()
    await save()
    expect(shown()).toBeUndefined()
    await verdict('pass', 1)
    expect([shown(), paths()]).toEqual([bytes, [path, ...asked]])
    clock.advance(3 * MINUTE)
    await tidy()
    expect([shown(), paths()]).toEqual([bytes, asked])
    expect(memory.all()).toMatchObject({ uploads: [{ path: asked[0] }], mediaChecks: [] })
  })

  it('is the only picture that is ever shown, whenever its owner writes over the file', async () => {
    const { save, verdict, writeOver, shown, bytes } = await givenPicture()
    await save()
    await writeOver()
    await verdict('pass', 1)
    expect(shown()).toEqual(bytes)
    await writeOver()
    await verdict('pass', 1)
    expect(shown()).toEqual(bytes)
  })

  it('is what was there when the copy was made, not what was looked at when it was saved', async () => {
    const { save, verdict, writeOver, shown, asked, storage, ports } = await givenPicture()
    const next = pictureOf('png')
    const saved: Hook = async (name, act) => {
      if (name === 'users.saveProfile') await writeOver(next)
      return act()
    }
    await save(withHook(ports, saved))
    expect(storage.files.get(asked[0] ?? '')?.bytes).toEqual(next)
    await verdict('pass', 1)
    expect(shown()).toEqual(next)
  })

  it.each([
    ['no picture', SVG],
    ['a picture of another type', pictureOf('gif')],
    ['a byte more than 2 MB', pictureOf('png', 2 * 1024 * 1024 + 1)],
    ['nothing', Buffer.alloc(0)],
  ])('is nothing when %s was written over the saved one: it stays its owner’s alone', async (_what, bytes) => {
    const { save, writeOver, settle, ports, asked, shown, copies } = await givenPicture()
    const saved: Hook = async (name, act) => {
      if (name === 'users.saveProfile') await writeOver(bytes)
      return act()
    }
    expect(await save(withHook(ports, saved))).toMatchObject({ ok: true })
    await settle()
    expect([asked, shown(), copies()]).toEqual([[], undefined, []])
  })

  it('has 2 MB to the byte', async () => {
    const { save, verdict, writeOver, shown } = await givenPicture()
    const large = pictureOf('png', 2 * 1024 * 1024)
    await writeOver(large)
    await save()
    await verdict('pass', 1)
    expect(shown()?.equals(large)).toBe(true)
  })

  it('is a copy also of what came to the function https, whose path the client knew first', async () => {
    const { save, path, asked, memory, clock } = await givenPicture()
    const [{ id } = { id: '' }] = memory.all().uploads
    await memory.uploads.fill(id, clock.now())
    await save()
    expect(asked).toEqual([expect.stringMatching(`^copies/.*${path}$`)])
  })
})

describe('a verdict on a copy', () => {
  it('risky erases both, and so does one that comes after a pass', async () => {
    const { save, verdict, path, paths, memory, asked } = await givenPicture()
    await save()
    const [check] = structuredClone(memory.all().mediaChecks)
    await verdict('pass', 1)
    expect(paths()).toEqual([path, ...asked])
    if (check) await memory.mediaChecks.add(check)
    await verdict('risky', 1)
    expect(paths()).toEqual([])
    expect(memory.all()).toMatchObject({ users: [{ avatarRejected: true }], uploads: [], mediaChecks: [] })
    expect(memory.all().users[0]).not.toHaveProperty('avatar')
  })

  it.each(['pass', 'risky'] as const)('%s twice at once does what it does once', async (word) => {
    const { save, verdict, path, paths, asked, memory } = await givenPicture()
    await save()
    await Promise.all([verdict(word, 1), verdict(word, 1)])
    expect(paths()).toEqual(word === 'pass' ? [path, ...asked] : [])
    expect(memory.all().uploads.map(({ path }) => path)).toEqual(paths())
  })

  it.each(['pass', 'risky'] as const)(
    '%s of a picture that was replaced meanwhile erases the copy alone',
    async (word) => {
      const { save, verdict, server, token, copies, avatar, memory, ports } = await givenPicture()
      await save()
      const next = await upload(server, token)
      const forgets: Hook = (name, act) => (name === 'uploads.ofUser' ? Promise.reject(new Error('cut')) : act())
      await save(withHook(ports, forgets), next)
      expect(copies()).toHaveLength(2)
      await verdict(word, 1)
      expect(copies()).toEqual([expect.stringContaining(next)])
      expect([avatar(), memory.all().uploads.length]).toEqual([
        expect.objectContaining({ path: next, state: 'checking' }),
        2,
      ])
    },
  )

  it('pass while the picture is being replaced leaves the new one', async () => {
    for (let step = 0; step < MOST_EFFECTS; step++) {
      const { save, verdict, server, token, avatar, ports, settle, paths } = await givenPicture()
      await save()
      const next = await upload(server, token)
      const { hook, reached } = atEffect(step, async (_name, act) => {
        await save(ports, next)
        return act()
      })
      await verdict('pass', 1, withHook(ports, hook))
      if (!reached()) return
      expect(avatar()?.path).toBe(next)
      await settle()
      expect({ step, paths: paths() }).toEqual({ step, paths: [avatar()?.path] })
    }
    throw new Error('the verdict never ended')
  })

  it('pass that comes when the copy is gone shows nothing, and is asked for again', async () => {
    const { save, verdict, avatar, clock, tidy, asked, copies } = await givenPicture()
    await save()
    clock.advance(HOUR + 2 * MINUTE)
    await verdict('pass', 1)
    expect(avatar()?.state).toBe('checking')
    clock.advance(1)
    expect(await tidy()).toMatchObject({ uploads: expect.any(Number), checks: 1, failed: 0 })
    expect([asked.length, copies()]).toEqual([2, asked.slice(1)])
    await verdict('pass', 2)
    expect(avatar()).toMatchObject({ path: asked[1], state: 'passed' })
  })
})
