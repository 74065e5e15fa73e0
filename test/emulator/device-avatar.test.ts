// <button open-type="chooseAvatar"> on a handset: row 16 of the platform's acceptance list, temporary files, base libraries.
import type { AvatarTap, Device, DeviceOptions } from '../../emulator/types'
import { useEmulator } from '../support/journey'

const world = useEmulator()

/** A handset of the first account, who has agreed to the guideline. */
const agreed = (options: DeviceOptions = {}): Device => {
  world.emulator.weixin.agreePrivacy('v1')
  return world.emulator.device(options)
}
const choose = async (device: Device, tap: AvatarTap = {}): Promise<string> =>
  (await device.tapAvatar(tap))?.avatarUrl ?? 'no event'
const sizeOf = async ({ wx }: Device, filePath: string): Promise<number> => {
  const info = await new Promise<{ size: number }>((success, fail) =>
    wx.getFileSystemManager().getFileInfo({ filePath, success, fail }),
  )
  return info.size
}

describe('row 16', () => {
  test('a picked picture is a temporary file with its bytes in it', async () => {
    const device = agreed()
    const avatarUrl = await choose(device)

    expect(avatarUrl).toMatch(/^wxfile:\/\/tmp_[0-9a-f]{64}\.png$/)
    expect(await device.wx.getImageInfo({ src: avatarUrl })).toMatchObject({ type: 'png', width: 132, height: 132 })
  })

  test('it is gone when the mini-program is launched again', async () => {
    const avatarUrl = await choose(agreed())

    await expect(sizeOf(agreed(), avatarUrl)).rejects.toMatchObject({ errno: 1301112 })
  })

  test('it is of this handset and this person only', async () => {
    const avatarUrl = await choose(agreed())
    const others = [agreed({ device: 'phone-2' }), agreed({ account: 'v2' })]

    for (const other of others) await expect(sizeOf(other, avatarUrl)).rejects.toMatchObject({ errno: 1301112 })
  })

  test('a cancelled sheet fires no event', async () => {
    expect(await agreed().tapAvatar({ choose: 'cancel' })).toBeUndefined()
  })

  test('an unsafe picture fires no event from 2.24.4 on, and is a picture like any other before', async () => {
    const fired = async (libVersion: string) =>
      (await agreed({ libVersion }).tapAvatar({ choose: 'album:unsafe' })) !== undefined

    expect([await fired('2.24.3'), await fired('2.24.4'), await fired('3.17.0')]).toEqual([true, false, false])
  })
})

test('whatever is chosen is unsafe when WeChat was told to find it so', async () => {
  world.emulator.weixin.setProfileService({ avatar: 'unsafe' })

  expect(await agreed().tapAvatar()).toBeUndefined()
  world.emulator.weixin.setProfileService({ avatar: 'ask' })
  expect(await agreed().tapAvatar()).toBeDefined()
})

test('one choice at a time: the second tap has no event, the one after it does', async () => {
  const device = agreed()
  const [first, second] = await Promise.all([device.tapAvatar(), device.tapAvatar()])

  expect([first, second]).toEqual([expect.anything(), undefined])
  expect(await device.tapAvatar()).toBeDefined()
})

test('two people have two faces, and each is always the same', async () => {
  const bytes = async (account: string) => {
    world.emulator.weixin.agreePrivacy(account)
    const device = world.emulator.device({ account })
    const filePath = await choose(device)
    const read = await new Promise<{ data: string | ArrayBuffer }>((success, fail) =>
      device.wx.getFileSystemManager().readFile({ filePath, encoding: 'base64', success, fail }),
    )
    return read.data
  }

  expect(await bytes('v1')).toBe(await bytes('v1'))
  expect(await bytes('v1')).not.toBe(await bytes('v2'))
})

describe('the album', () => {
  test('has a picture over 2 MB, and a file that calls itself a picture and is none', async () => {
    const device = agreed()
    const [large, renamed] = [
      await choose(device, { choose: 'album:large' }),
      await choose(device, { choose: 'album:renamed' }),
    ]

    expect(await sizeOf(device, large)).toBeGreaterThan(2 * 1024 * 1024)
    expect(renamed).toMatch(/\.png$/)
    await expect(device.wx.getImageInfo({ src: renamed })).rejects.toEqual({
      errMsg: 'getImageInfo:fail image format error',
    })
  })

  test('takes a picture of the tester’s own', async () => {
    const device = agreed()
    const filePath = await choose(device, {
      picture: { name: 'me.GIF', bytes: new TextEncoder().encode('GIF89a\x02\0\x03\0') },
    })

    expect(filePath).toMatch(/\.gif$/)
    expect(await device.wx.getImageInfo({ src: filePath })).toMatchObject({ type: 'gif', width: 2, height: 3 })
  })

  test('refuses to offer what it does not have', async () => {
    await expect(agreed().tapAvatar({ choose: 'album:nothing' })).rejects.toThrow('no picture album:nothing')
  })
})

test('part of a file is read by position and length, and nothing beyond its end', async () => {
  const device = agreed()
  const filePath = await choose(device)
  const read = (position: number, length: number) =>
    new Promise<{ data: string | ArrayBuffer }>((success, fail) =>
      device.wx.getFileSystemManager().readFile({ filePath, position, length, success, fail }),
    )

  const { data } = await read(1, 3)
  expect(data).toBeInstanceOf(ArrayBuffer)
  expect(Buffer.from(data as ArrayBuffer).toString()).toBe('PNG')
  await expect(read(10_000_000, 1)).rejects.toMatchObject({ errMsg: expect.stringContaining('readFile:fail') })
})

test('DevTools spells a temporary path its own way', async () => {
  expect(await choose(agreed({ platform: 'devtools' }))).toMatch(/^http:\/\/tmp\/[0-9a-f]{32}\.png$/)
})

describe('the base library and the consent', () => {
  test('there is no such button before 2.21.2', async () => {
    await expect(agreed({ libVersion: '2.21.1' }).tapAvatar()).rejects.toThrow('2.21.1 has no button chooseAvatar')
    expect(await agreed({ libVersion: '2.21.2' }).tapAvatar()).toBeDefined()
  })

  test('consent is asked for first, by its name; a refusal fires no event', async () => {
    const asked: string[] = []
    const device = world.emulator.device()
    const listener = (resolve: (answer: object) => void, { referrer }: { referrer: string }) => {
      asked.push(referrer)
      resolve({ event: 'disagree' })
    }
    Reflect.apply(device.wx.onNeedPrivacyAuthorization, device.wx, [listener])

    expect(await device.tapAvatar()).toBeUndefined()
    expect(asked).toEqual(['button.chooseAvatar'])
    expect(world.emulator.trace.count('button.chooseAvatar')).toBe(0)
  })

  test('the combined button gives the consent and then the picture', async () => {
    expect(await world.emulator.device().tapAvatar({ agrees: true })).toBeDefined()
  })

  test('an app that does not declare it gets no picture', async () => {
    world.emulator.weixin.declarePrivacy(['phone'])

    expect(await agreed().tapAvatar()).toBeUndefined()
  })
})

test('the trace keeps the choice, not the bytes', async () => {
  await agreed().tapAvatar({ picture: { name: 'me.png', bytes: new TextEncoder().encode('my very own face') } })

  const hop = world.emulator.trace.hops.find(({ op }) => op === 'button.chooseAvatar')
  expect(hop?.request).toMatchObject({ picture: { name: 'me.png' } })
  expect(JSON.stringify(hop)).not.toContain(Buffer.from('my very own face').toString('base64'))
})

test('a picture that WeChat was told of by its bytes fires no event, another one does', async () => {
  const mine = { name: 'me.png', bytes: new TextEncoder().encode('one') }
  world.emulator.weixin.setUnsafePicture(mine.bytes, true)

  expect(await agreed().tapAvatar({ picture: mine })).toBeUndefined()
  expect(await agreed().tapAvatar({ picture: { ...mine, bytes: new TextEncoder().encode('two') } })).toBeDefined()
  world.emulator.weixin.setUnsafePicture(mine.bytes, false)
  expect(await agreed().tapAvatar({ picture: mine })).toBeDefined()
})
