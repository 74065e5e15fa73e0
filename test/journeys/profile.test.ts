// A face and a name: saved whole, checked by WeChat, shown to others when they passed, and gone when they are taken away.
import { useEmulator } from '../support/journey'
import { type Person, personOf } from '../support/journey-profile'
import { judged } from '../support/verdicts'

const world = useEmulator()

const fileNames = () =>
  world.emulator.storage
    .list()
    .map(({ path }) => path)
    .filter((path) => /^(avatars|copies)\//.test(path))
const copyOf = (path: string) => expect.stringMatching(new RegExp(`^copies/[0-9a-f]{32}/${path}$`))
const jobs = (kind: string) => world.emulator.database.find('jobs', { kind })
const stored = () => world.emulator.database.find('users')[0]
const lastLine = (): unknown => JSON.parse(world.emulator.logs.at(-1)?.text ?? '{}')
const stateOf = async ({ auth }: Person) => (await auth.call('profile', {})).user.avatarState

describe('a name and a face', () => {
  test('are there after a save, and when the mini-program is opened again', async () => {
    const person = await personOf(world.emulator)
    const avatar = await person.upload()

    const { user } = await person.auth.call('profile', { nickname: ' 小明 ', avatar })

    expect(user).toMatchObject({ nickname: '小明', avatarState: 'checking' })
    expect(user.avatarUrl).toMatch(new RegExp(`^cloud://[^/]+/${avatar}$`))
    expect(await person.auth.call('profile', {})).toEqual({ user })
    expect((await personOf(world.emulator)).auth.state).toMatchObject({ user: { nickname: '小明' } })
  })

  test('are taken away by null, the file with them', async () => {
    const person = await personOf(world.emulator)
    await person.auth.call('profile', { nickname: '小明', avatar: await person.upload() })

    const { user } = await person.auth.call('profile', { nickname: null, avatar: null })

    expect(user).not.toHaveProperty('nickname')
    expect(user).not.toHaveProperty('avatarUrl')
    expect(fileNames()).toEqual([])
    expect(jobs('upload')).toEqual([])
  })

  test('a new face erases the one before it', async () => {
    const person = await personOf(world.emulator)
    await person.auth.call('profile', { avatar: await person.upload() })
    const next = await person.upload()

    await person.auth.call('profile', { avatar: next })

    expect(fileNames()).toEqual([next, copyOf(next)])
    expect(jobs('upload').map(({ path }) => path)).toEqual(expect.arrayContaining(fileNames()))
    expect(jobs('upload')).toHaveLength(2)
  })

  test('a name that WeChat finds risky saves neither itself nor the face beside it', async () => {
    const person = await personOf(world.emulator)
    const avatar = await person.upload()

    await expect(person.auth.call('profile', { nickname: '我是违规词', avatar })).rejects.toMatchObject({
      code: 'PROFILE_REJECTED',
    })

    expect(stored()).not.toHaveProperty('nickname')
    expect(stored()).not.toHaveProperty('avatar')
    expect(await person.auth.call('profile', { nickname: '小明', avatar })).toMatchObject({
      user: { nickname: '小明', avatarState: 'checking' },
    })
  })

  test('a face that is none saves neither itself nor the name beside it', async () => {
    const person = await personOf(world.emulator)
    const avatar = await person.upload(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))

    await expect(person.auth.call('profile', { nickname: '小明', avatar })).rejects.toMatchObject({
      code: 'AVATAR_REJECTED',
    })

    expect(stored()).not.toHaveProperty('nickname')
  })

  test('six saves at once leave one of them whole', async () => {
    const person = await personOf(world.emulator)
    const wanted = await Promise.all(
      Array.from({ length: 6 }, async (_, n) => ({ nickname: `name ${n}`, avatar: await person.upload() })),
    )

    const outcomes = await Promise.allSettled(wanted.map((changes) => person.auth.call('profile', changes)))

    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true)
    const { nickname, avatar } = stored() as unknown as { nickname: string; avatar: { path: string } }
    expect(wanted).toContainEqual({ nickname, avatar: avatar.path })
    expect(fileNames()).toContain(avatar.path)
  })
})

describe('WeChat’s check of a name', () => {
  test('is asked again while WeChat is busy', async () => {
    const { auth } = await personOf(world.emulator)
    world.emulator.faults.add({ at: 'security.msgSecCheck', answer: { errcode: -1 }, times: 2 })

    expect(await auth.call('profile', { nickname: '小明' })).toMatchObject({ user: { nickname: '小明' } })
  })

  test('that stays busy saves nothing, and says so', async () => {
    const { auth } = await personOf(world.emulator)
    world.emulator.faults.add({ at: 'security.msgSecCheck', answer: { errcode: -1 }, times: 50 })

    await expect(auth.call('profile', { nickname: '小明' })).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
    expect(stored()).not.toHaveProperty('nickname')
  })

  test('that has not seen the person for two hours is mended by a fresh login, unnoticed', async () => {
    const { auth } = await personOf(world.emulator)
    world.emulator.faults.add({ at: 'security.msgSecCheck', answer: { errcode: 61010 } })

    expect(await auth.call('profile', { nickname: '小明' })).toMatchObject({ user: { nickname: '小明' } })
  })

  test('is asked by cloud call, with no token', async () => {
    const { auth } = await personOf(world.emulator)
    await auth.call('profile', { nickname: '小明' })

    expect(world.emulator.trace.count('security.msgSecCheck')).toBe(1)
    expect(world.emulator.trace.count('stable_token')).toBe(0)
  })
})

describe('WeChat’s verdict on a face', () => {
  test('that passes lets others see it', async () => {
    const person = await personOf(world.emulator)
    await person.auth.call('profile', { avatar: await person.upload() })
    expect(await stateOf(person)).toBe('checking')

    await judged(world.emulator)

    expect(await stateOf(person)).toBe('passed')
    expect(jobs('mediaCheck')).toEqual([])
  })

  test('that is risky erases the picture, and tells its owner', async () => {
    const person = await personOf(world.emulator)
    await person.auth.call('profile', { nickname: '小明', avatar: await person.upload() })
    world.emulator.weixin.setContentService({ picture: 'risky' })

    await judged(world.emulator)

    const { user } = await person.auth.call('profile', {})
    expect(user).toMatchObject({ nickname: '小明', avatarState: 'rejected' })
    expect(user).not.toHaveProperty('avatarUrl')
    expect(fileNames()).toEqual([])
  })

  test('on a face that was replaced meanwhile says nothing of the new one', async () => {
    const person = await personOf(world.emulator)
    await person.auth.call('profile', { avatar: await person.upload() })
    const good = await person.upload()
    await person.auth.call('profile', { avatar: good })

    await judged(world.emulator, 2)

    expect(await stateOf(person)).toBe('passed')
    expect(fileNames()).toEqual([good, copyOf(good)])
  })

  test('cannot be asked for now: the face is saved all the same, and asked about later', async () => {
    const person = await personOf(world.emulator)
    world.emulator.faults.add({ at: 'security.mediaCheckAsync', answer: { errcode: -1 }, times: 5 })

    expect(await person.auth.call('profile', { avatar: await person.upload() })).toMatchObject({
      user: { avatarState: 'checking' },
    })

    expect(jobs('mediaCheck')).toHaveLength(1)
    expect(lastLine()).toMatchObject({ ok: true })
  })
})
