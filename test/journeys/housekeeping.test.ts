// Housekeeping by the timer: what time ended is gone, what is in use stays, and nobody else can set it off.
import { useEmulator } from '../support/journey'
import { codeOf, signInOn } from '../support/person'
import { pictureOf } from '../support/pictures'
import { judged } from '../support/verdicts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const world = useEmulator()

const run = () => world.emulator.functions.timer('housekeeping') as Promise<Record<string, number>>
const on = (device: string, account = 'v1') => signInOn(world.emulator, account, device)
const pictures = () =>
  world.emulator.storage
    .list()
    .map(({ path }) => path)
    .filter((path) => /^(avatars|copies)\//.test(path))
const copyOf = (path: string) => expect.stringMatching(new RegExp(`^copies/[0-9a-f]{32}/${path}$`))
const jobs = (kind: string) => world.emulator.database.find('jobs', { kind })
const lines = () =>
  world.emulator.logs.filter(({ function: name }) => name === 'housekeeping').map(({ text }) => JSON.parse(text))
const NOTHING = {
  deletions: 0,
  uploads: 0,
  checks: 0,
  claims: 0,
  sessions: 0,
  counters: 0,
  phoneCodes: 0,
  nonces: 0,
  failed: 0,
}

describe('the timer', () => {
  test('removes sessions that are over, and leaves the others', async () => {
    const [phone] = [await on('phone'), await on('tablet'), await on('phone', 'v2')]
    await world.emulator.clock.advance(29 * DAY)
    await phone.call('profile')
    await world.emulator.clock.advance(2 * DAY)

    expect(await run()).toMatchObject({ sessions: 2 })
    expect(world.emulator.database.find('sessions')).toHaveLength(1)
    expect(codeOf(await phone.call('profile'))).toBe('ok')
  })

  test('keeps the mark of a device that was signed out for 180 days, and no longer', async () => {
    const [phone, tablet] = [await on('phone'), await on('tablet')]
    await phone.call('signOut', { which: 'others' })
    await world.emulator.clock.advance(179 * DAY)
    expect(await run()).toMatchObject({ sessions: 1 }) // the phone's own
    expect(codeOf(await tablet.call('profile'))).toBe('SIGNED_OUT')
    await world.emulator.clock.advance(DAY + 1)

    expect(await run()).toMatchObject({ sessions: 1 })
    expect(world.emulator.database.find('sessions')).toEqual([])
  })

  test('erases a picture that was uploaded and never saved, once its hour is over', async () => {
    const person = await on('phone')
    const path = await person.upload(pictureOf('png'))
    await world.emulator.clock.advance(HOUR / 2)
    await run()
    expect(pictures()).toEqual([path])
    await world.emulator.clock.advance(HOUR)

    expect(await run()).toMatchObject({ uploads: 1 })
    expect(pictures()).toEqual([])
    expect(jobs('upload')).toEqual([])
  })

  test('leaves a picture that is in use, for years', async () => {
    const person = await on('phone')
    const avatar = await person.upload(pictureOf('png'))
    await person.call('profile', { avatar })
    await judged(world.emulator)
    for (let years = 0; years < 3; years++) {
      await world.emulator.clock.advance(365 * DAY)
      await run()
    }

    expect(pictures()).toEqual([copyOf(avatar)])
    expect(jobs('upload')).toMatchObject([{ path: pictures()[0], state: 'saved' }])
  })

  test('erases the file of a picture that was replaced while the storage was away', async () => {
    const person = await on('phone')
    await person.call('profile', { avatar: await person.upload(pictureOf('png')) })
    const next = await person.upload(pictureOf('png'))
    world.emulator.faults.add({ at: '*eleteFile', answer: { errcode: -501001 }, times: 10 })
    expect(codeOf(await person.call('profile', { avatar: next }))).toBe('ok')
    world.emulator.faults.clear()
    expect(pictures()).toHaveLength(4)
    await judged(world.emulator, 2)
    await world.emulator.clock.advance(HOUR)
    await run()

    expect(pictures()).toEqual([copyOf(next)])
  })

  test('asks again for a verdict that did not come, and the picture passes', async () => {
    const person = await on('phone')
    const asking = world.emulator.faults.add({ at: '*mediaCheckAsync*', answer: { errcode: -1 }, times: 10 })
    await person.call('profile', { avatar: await person.upload(pictureOf('png')) })
    expect(asking.hits).toBeGreaterThan(0)
    world.emulator.faults.clear()
    await world.emulator.clock.advance(HOUR)
    expect(await run()).toMatchObject({ checks: 1, failed: 0 })
    await judged(world.emulator)

    expect((await person.call('profile')).data).toMatchObject({ user: { avatarState: 'passed' } })
    expect(jobs('mediaCheck')).toEqual([])
  })

  test('removes counters and phone codes whose time is over', async () => {
    const person = await on('phone')
    await person.call('phone', { code: world.emulator.weixin.phoneCode('v1').code })
    await person.call('phone', { encryptedData: 'AAAA', iv: 'AAAA' })
    expect([jobs('phoneCode').length, world.emulator.database.find('counters').length]).toEqual([1, 1])
    await world.emulator.clock.advance(HOUR)

    expect(await run()).toMatchObject({ phoneCodes: 1, counters: 1 })
    expect([...jobs('phoneCode'), ...world.emulator.database.find('counters')]).toEqual([])
    expect((await person.call('profile')).data).toHaveProperty('user.phone')
  })

  test('finds nothing to do when there is nothing', async () => {
    await on('phone')
    expect(await run()).toEqual(NOTHING)
  })

  test('leaves one line, with counts and nobody’s name', async () => {
    const person = await on('phone')
    await person.deleteAccount()
    await on('phone', 'v2')
    await world.emulator.clock.advance(31 * DAY)
    await run()

    expect(lines()).toMatchObject([
      { call: '(housekeeping)', ok: true, detail: expect.stringContaining('"sessions":1') },
    ])
    expect(JSON.stringify(lines())).not.toContain(person.id)
    expect(lines()[0]).not.toHaveProperty('user')
  })
})

describe('at once and again', () => {
  test('four runs over more than a page of everything remove each thing once, and leave nothing', async () => {
    const { accounts, clock, database } = world.emulator
    for (const { id } of accounts) {
      const people = await Promise.all(['phone', 'tablet', 'watch'].map((device) => on(device, id)))
      await Promise.all(people.map((person) => person.call('avatarUpload', { type: 'png', size: 64 })))
    }
    expect([database.find('sessions').length, jobs('upload').length]).toEqual([72, 72])
    await clock.advance(31 * DAY)
    const done = await Promise.all([run(), run(), run(), run()])
    // On a slow machine a run ends before its work does: the next one goes on.
    do done.push(await run())
    while (Object.values(done.at(-1) ?? {}).some((count) => count > 0))

    expect(done.reduce((sum, { sessions = 0 }) => sum + sessions, 0)).toBe(72)
    expect([database.find('sessions'), jobs('upload'), database.find('counters')]).toEqual([[], [], []])
    expect(done.at(-1)).toEqual(NOTHING)
  })

  test('a run that is cut off is continued by the next one', async () => {
    const person = await on('phone')
    await person.upload(pictureOf('png'))
    await world.emulator.clock.advance(31 * DAY)
    world.emulator.faults.add({ at: 'sessions.remove', answer: 'cut', times: 1 })
    expect(await run()).toMatchObject({ uploads: 1, sessions: 0, failed: 1 })

    expect(await run()).toMatchObject({ uploads: 0, sessions: 1, failed: 0 })
  })
})

describe('nobody else', () => {
  const overdue = async () => {
    await on('phone')
    world.emulator.database.update('sessions', {}, { $set: { expiresAt: 1 } })
  }

  test.each(['wx_client', 'wx_devtools', 'wx_localdebug', 'wx_http', 'wx_crawler', 'wx_client,scf'])(
    'sets it off from %s',
    async (source) => {
      await overdue()
      await world.emulator.functions.invoke('housekeeping', { Type: 'Timer' }, { source }).catch(() => undefined)

      expect(world.emulator.database.find('sessions')).toHaveLength(1)
      expect(lines()).toMatchObject([{ ok: false, code: 'NOT_PERMITTED' }])
    },
  )

  test('sets it off with an openid, whatever the source says, or by wx.cloud.callFunction', async () => {
    await overdue()
    const { invoke } = world.emulator.functions
    await invoke('housekeeping', { Type: 'Timer' }, { account: 'v1', source: 'wx_trigger' }).catch(() => undefined)
    const { wx } = world.emulator.device({ account: 'v2' })
    wx.cloud.init()
    await wx.cloud.callFunction({ name: 'housekeeping', data: { Type: 'Timer' } }).catch(() => undefined)

    expect(world.emulator.database.find('sessions')).toHaveLength(1)
    expect(lines().map(({ code }) => code)).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED'])
  })
})

describe('where timers fire by themselves', () => {
  const running = useEmulator({ timers: true })

  test('it is done every ten minutes', async () => {
    const { clock, database, functions, trace, weixin } = running.emulator
    const code = weixin.loginCode('v1')
    await functions.invoke('auth', { v: 1, call: 'login', data: {}, code }, { account: 'v1' })
    database.update('sessions', {}, { $set: { expiresAt: 1 } })
    const removed = trace.until('sessions.remove')
    await clock.advance(10 * 60_000)
    await removed

    expect(database.find('sessions')).toEqual([])
  })
})
