// Copies and the death of whoever makes, shows or erases one: no file is left behind, and no picture unjudged.
import { deleteUser } from '../../cloudfunctions/core/deletion'
import type { ServePorts } from '../../cloudfunctions/serve'
import { quiet } from '../support/account'
import { type GivenPicture, givenPicture } from '../support/copies'
import { atEffect, cut, dies, type Hook, lost, withHook } from '../support/effects'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const MOST_EFFECTS = 60

describe('a death at any one of its effects leaves no file behind and no picture unjudged:', () => {
  const deaths: Array<[string, Hook]> = [
    ['before', cut],
    ['after', lost],
    ['at', dies],
  ]
  type Work = (room: GivenPicture, over: ServePorts) => Promise<unknown>
  const works: Array<[string, (room: GivenPicture) => Promise<unknown>, Work]> = [
    ['the save', async () => undefined, ({ save }, over) => save(over)],
    ['the pass', ({ save }) => save(), ({ verdict }, over) => verdict('pass', 1, over)],
    [
      'asking again',
      async ({ save, clock }) => {
        await save()
        clock.advance(31 * MINUTE)
      },
      ({ tidy }, over) => tidy(over),
    ],
    [
      'asking at last',
      async ({ save, clock, ports }) => {
        await save(withHook(ports, (name, act) => (name === 'storage.upload' ? cut(name, act) : act())))
        clock.advance(2 * MINUTE)
      },
      ({ tidy }, over) => tidy(over),
    ],
    ['the removal', ({ save }) => save(), ({ save }, over) => save(over, null)],
  ]

  it.each(works.flatMap(([what, before, work]) => deaths.map(([when, how]) => ({ what, when, how, before, work }))))(
    '$what, cut off $when',
    async ({ how, before, work }) => {
      let steps = 0
      for (; steps < MOST_EFFECTS; steps++) {
        const room = await givenPicture()
        await before(room)
        const { hook, reached } = atEffect(steps, how)
        const done = work(room, withHook(room.ports, hook)).catch(() => undefined)
        if (how === dies) {
          await quiet()
          room.clock.advance(3000)
        }
        // A verdict has no deadline of its own here: its door has one.
        await Promise.race([done, quiet()])
        if (!reached()) break
        await room.settle()
        const { avatar, paths, memory, shown, bytes } = room
        const left = avatar()?.path
        expect({ steps, paths: paths() }).toEqual({ steps, paths: left === undefined ? [] : [left] })
        expect(memory.all().uploads.map(({ path }) => path)).toEqual(paths())
        if (left !== undefined) expect({ steps, shown: shown() }).toEqual({ steps, shown: bytes })
      }
      expect(steps).toBeGreaterThan(4)
      expect(steps).toBeLessThan(MOST_EFFECTS)
    },
  )
})

describe('a rejection that dies when the picture is taken away', () => {
  it.each([
    ['before a pass', false],
    ['after one, when the copy is what is shown', true],
  ])('%s, leaves files that housekeeping erases minutes later', async (_when, isShown) => {
    const { save, verdict, tidy, memory, ports, clock, paths, avatar } = await givenPicture()
    await save()
    const [check] = structuredClone(memory.all().mediaChecks)
    if (check && isShown) {
      await verdict('pass', 1)
      clock.advance(MINUTE + 1)
      await memory.mediaChecks.add(check)
    }
    // Whatever is in use is not looked after for half a year.
    for (const { id } of memory.all().uploads) await memory.uploads.move(id, 'saved', 'saved', clock.now() + 180 * DAY)
    const died: Hook = async (name, act) => {
      const done = await act()
      if (name === 'users.judgeAvatar' && done === true) throw new Error('dead')
      return done
    }
    await expect(verdict('risky', 1, withHook(ports, died))).rejects.toThrow('dead')
    expect([avatar(), paths().length]).toEqual([undefined, 2])
    clock.advance(2 * MINUTE + 1)
    await tidy()
    expect([paths(), memory.all().uploads]).toEqual([[], []])
  })
})

describe('an account deleted while its picture is asked about again', () => {
  it.each([
    ['with the copy that stands', false],
    ['with a new copy', true],
  ])('%s, paused before any one of the effects, leaves nothing', async (_how, isNew) => {
    let step = 0
    for (; step < MOST_EFFECTS; step++) {
      const room = await givenPicture()
      const { save, tidy, ports, clock, memory, storage, userId, paths } = room
      await save()
      if (isNew) await memory.uploads.remove(memory.all().uploads[1]?.id ?? '')
      clock.advance(31 * MINUTE)
      const orphans = isNew ? room.copies() : []
      const { hook, reached } = atEffect(step, async (_name, act) => {
        await deleteUser({ clock, random: ports.random, stores: memory, storage }, userId)
        return act()
      })
      await tidy(withHook(ports, hook))
      if (!reached()) break
      expect({ step, text: JSON.stringify(memory.all()) }).toEqual({ step, text: expect.not.stringContaining(userId) })
      clock.advance(2 * HOUR)
      await tidy()
      expect({ step, paths: paths(), uploads: memory.all().uploads }).toEqual({ step, paths: orphans, uploads: [] })
    }
    expect(step).toBeGreaterThan(10)
    expect(step).toBeLessThan(MOST_EFFECTS)
  })
})
