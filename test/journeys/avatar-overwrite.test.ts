// A picture written over by the person who uploaded it: what others see is always what WeChat has judged.
import { publicProfileOf } from '../../cloudfunctions/core/users'
import { userOf } from '../../cloudfunctions/platform/cloud-records'
import * as https from '../support/https-client'
import { useEmulator } from '../support/journey'
import { type Person, personOf, userInfoOf } from '../support/journey-profile'
import { pictureOf } from '../support/pictures'
import { judged } from '../support/verdicts'

const world = useEmulator()

const MINUTE = 60_000
const good = pictureOf('png')
const bad = pictureOf('png')

/** What somebody else is shown; undefined when it is no picture. */
const othersSee = (): Buffer | undefined => {
  const [document = {}] = world.emulator.database.find('users')
  const { avatarFileID } = publicProfileOf(userOf(document))
  return avatarFileID === undefined ? undefined : world.emulator.storage.get(pathOf(avatarFileID))
}
const pathOf = (fileID: string) => fileID.replace(/^cloud:\/\/[^/]+\//, '')
const pictures = () =>
  world.emulator.storage
    .list()
    .map(({ path }) => path)
    .filter((path) => /^(avatars|copies)\//.test(path))
const avatarOf = async ({ auth }: Person) => {
  const { user } = await auth.call('profile', {})
  return { state: user.avatarState, path: pathOf(user.avatarUrl ?? '') }
}
const housekeeping = () => world.emulator.functions.timer('housekeeping') as Promise<Record<string, number>>

/** One who has saved a good picture, and has a bad one at hand. WeChat's chooser would not give it to them. */
const saved = async (): Promise<{ person: Person; path: string; writeOver(bytes?: Buffer): Promise<string> }> => {
  const person = await personOf(world.emulator)
  const path = await person.upload(good)
  await person.auth.call('profile', { avatar: path })
  const writeOver = async (bytes = bad) => {
    const fileID = await person.send(path, bytes)
    world.emulator.weixin.setUnsafePicture(bad, true)
    return fileID
  }
  return { person, path, writeOver }
}

describe('over WeChat Cloud', () => {
  test('a picture written over before the verdict is not the one that is shown', async () => {
    const { person, writeOver } = await saved()
    await writeOver()
    expect(othersSee()).toBeUndefined()

    await judged(world.emulator)

    expect(othersSee()).toEqual(good)
    expect(await avatarOf(person)).toMatchObject({ state: 'passed' })
  })

  test('a picture written over after it passed is still what others see', async () => {
    const { writeOver } = await saved()
    await judged(world.emulator)
    expect(othersSee()).toEqual(good)

    await writeOver()

    expect(othersSee()).toEqual(good)
  })

  test('one written over before it was copied is judged as it is then, and goes', async () => {
    const busy = world.emulator.faults.add({ at: 'storage.put', answer: { errcode: -501001 }, times: 20 })
    const { person, writeOver } = await saved()
    expect(busy.hits).toBeGreaterThan(0)
    world.emulator.faults.clear()
    await writeOver()
    await world.emulator.clock.advance(2 * MINUTE)
    expect(await housekeeping()).toMatchObject({ checks: 1, failed: 0 })

    await judged(world.emulator)

    expect([othersSee(), pictures()]).toEqual([undefined, []])
    expect(await avatarOf(person)).toMatchObject({ state: 'rejected' })
  })

  test('what is shown lies where nobody but the server writes: not its owner, and nobody else', async () => {
    const { person } = await saved()
    await judged(world.emulator)
    const { path } = await avatarOf(person)
    const other = await personOf(world.emulator, 'v2')
    for (const { send } of [person, other]) {
      await expect(send(path, bad)).rejects.toMatchObject({ errCode: -503002 })
    }

    expect(path).toMatch(/^copies\//)
    expect(othersSee()).toEqual(good)
    await world.emulator.clock.advance(3 * MINUTE)
    await housekeeping()
    expect(pictures()).toEqual([path])
  })

  test('the copy is no path that can be saved', async () => {
    const { person } = await saved()
    await judged(world.emulator)
    const { path } = await avatarOf(person)

    await expect(person.auth.call('profile', { avatar: path })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('the same save once more, after the copy took its place, is done already', async () => {
    const { person, path } = await saved()
    await judged(world.emulator)
    const before = await avatarOf(person)

    const { user } = await person.auth.call('profile', { avatar: path })

    expect(user).toMatchObject({ avatarState: 'passed', avatarUrl: expect.stringContaining(path) })
    expect(await avatarOf(person)).toEqual(before)
  })
})

describe('over HTTPS', () => {
  const signedIn = async () => {
    const { token } = await https.signIn(world.emulator)
    const call = async (name: string, data: object) => {
      const { envelope } = await https.post(world.emulator, { v: 1, call: name, data }, https.withToken(token))
      if (!envelope.ok) throw new Error(JSON.stringify(envelope.error))
      return envelope.data as Record<string, unknown>
    }
    const { cloudPath } = await call('avatarUpload', { type: 'png', size: good.length })
    return { call, path: String(cloudPath), hand: await personOf(world.emulator) }
  }

  test('a picture is copied too: the client knew its path before the server wrote there', async () => {
    const { call, path, hand } = await signedIn()
    await https.upload(world.emulator, path, good)
    await call('profile', { avatar: path })
    await judged(world.emulator)

    await expect(hand.send(path, bad)).rejects.toMatchObject({ errCode: -503002 })

    expect(othersSee()).toEqual(good)
    expect(pictures()).toEqual([path, expect.stringMatching(/^copies\//)])
  })

  test('a picture that came to its path by WeChat Cloud is copied like any other', async () => {
    const { call, path, hand } = await signedIn()
    await hand.send(path, good)
    await call('profile', { avatar: path })
    await judged(world.emulator)

    await hand.send(path, bad)

    expect(othersSee()).toEqual(good)
  })
})

test('a face that the server fetched itself is judged where it lies', async () => {
  const { auth } = await personOf(world.emulator)
  const { user } = await auth.call('userInfo', await userInfoOf(world.emulator))
  await judged(world.emulator)

  expect(pictures()).toEqual([pathOf(user.avatarUrl ?? '')])
  expect(othersSee()).toBeDefined()
})
