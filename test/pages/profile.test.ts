// The page of the profile: a face and a name, chosen, typed, saved, and there again.
import { settle, usePages } from '../support/page'
import { createProfiles, faceOn, openProfile, plain } from '../support/page-profile'

usePages()

const named = {
  ...plain,
  nickname: '小禾',
  avatarUrl: 'cloud://env.bucket/avatars/old.png',
  avatarState: 'passed',
} as const

describe('saving', () => {
  test('a name and a picture go in one save, the picture by the path that was issued', async () => {
    const { page, profiles, choose, save, saved, src } = await openProfile()
    await choose('wxfile://tmp_1')
    expect(src()).toBe('wxfile://tmp_1')
    await save(' 小禾 ')
    expect(profiles.uploads).toEqual([{ cloudPath: 'avatars/path-1.png', filePath: 'wxfile://tmp_1' }])
    expect(saved()).toEqual([{ nickname: '小禾', avatar: 'avatars/path-1.png' }])
    expect([src(), page.textOf('.save')]).toEqual(['cloud://env.bucket/avatars/path-1.png', '已保存'])
  })

  test('the server is told what the bytes are, not what the name says', async () => {
    const { device, choose, save } = await openProfile()
    await choose('wxfile://tmp_1.png', 'webp', 4_321)
    await save('')
    expect(device.sentCalls('avatarUpload').map(({ data }) => data)).toEqual([{ type: 'webp', size: 4_321 }])
  })

  test('what is stored shows again, and saving it again sends nothing', async () => {
    const { field, save, saved, page } = await openProfile({ user: named })
    expect(field()).toBe('小禾')
    await save()
    expect(saved()).toEqual([])
    expect(page.textOf('.save')).toBe('已保存')
  })

  test('the field is read at submit, whatever was told before', async () => {
    const { type, save, saved } = await openProfile()
    await type('小')
    await save('键盘上的名字')
    expect(saved()).toEqual([{ nickname: '键盘上的名字' }])
  })

  test('a second tap while it runs does nothing', async () => {
    const { page, saved, choose } = await openProfile()
    await choose('wxfile://tmp_1')
    void page.send('submit', { value: { nickname: '小禾' } }, '.form')
    void page.send('submit', { value: { nickname: '小禾' } }, '.form')
    await settle(100)
    expect(saved()).toHaveLength(1)
  })

  test('what was typed while it ran stays', async () => {
    const { page, profiles, save, type, field } = await openProfile()
    profiles.profile = () => 'silence'
    await save('小禾')
    await type('小禾苗')
    await settle(60_000)
    expect(page.textOf('.count')).toBe('3 / 20')
    expect((await page.reopen()).attr('value', '.input')).toBe('小禾苗')
    expect(field()).not.toBe('小禾')
  })

  /** A reading that is answered after the save that began later. */
  const overtaken = async (more: Parameters<typeof openProfile>[0] = {}) => {
    let slowMs = 1
    const answerMs = ({ data }: { data: object }) => (Object.keys(data).length === 0 ? slowMs : 1)
    const opened = await openProfile({ user: named, answerMs, ...more })
    slowMs = 2_000
    await opened.page.hideAndShow()
    return {
      ...opened,
      reads: () => opened.device.sentCalls('profile').length - opened.saved().length,
    }
  }

  test('what was read before it and comes in after it brings nothing old back', async () => {
    const { choose, save, src, field, page } = await overtaken()
    await choose('wxfile://tmp_1')
    await save('小禾苗')
    for (const ms of [100, 1_900, 1_900, 2_000]) {
      await settle(ms)
      expect([field(), src()]).toEqual(['小禾苗', 'cloud://env.bucket/avatars/path-1.png'])
    }
    expect((await page.reopen()).attr('value', '.input')).toBe('小禾苗')
  })

  test('what was read before a removal does not bring back what is gone', async () => {
    const { page, field } = await overtaken()
    await page.tap('.remove-name')
    await settle(2_000)
    expect([field(), page.has('.remove-name')]).toEqual(['', false])
  })

  test('nothing is read while it runs', async () => {
    const { page, profiles, device, saved } = await openProfile()
    profiles.profile = () => 'silence'
    void page.send('submit', { value: { nickname: '小禾' } }, '.form')
    await settle()
    const before = device.sentCalls('profile').length
    await page.hideAndShow()
    expect([device.sentCalls('profile').length - before, saved().length]).toEqual([0, 1])
  })

  test('emptying the field removes nothing, and says how to', async () => {
    const { save, saved, notice } = await openProfile({ user: named })
    await save('')
    expect([saved(), notice()]).toEqual([[], '昵称是空的，没有改动。要移除昵称，请点下面的“移除昵称”'])
  })

  test('nothing to save is said', async () => {
    const { save, saved, notice } = await openProfile()
    await save('  ')
    expect([saved().length, notice()]).toEqual([0, '还没有填写，写下昵称或选择头像后再保存'])
  })

  test('a name that is too long is not sent', async () => {
    const { type, save, saved, notice, page } = await openProfile()
    await type('一二三四五六七八九十一二三四五六七八九十一')
    expect(page.textOf('.count')).toBe('21 / 20')
    await save('一二三四五六七八九十一二三四五六七八九十一')
    expect([saved().length, notice()]).toEqual([0, '昵称最多 20 个字，请短一些'])
  })
})

describe('leaving and coming back', () => {
  test('loses nothing that was typed or chosen', async () => {
    const { page, type, choose } = await openProfile()
    await type('写了一半')
    await choose('wxfile://tmp_1')
    page.close()
    const again = await page.reopen()
    expect(again.attr('value', '.input')).toBe('写了一半')
    expect(faceOn(again)).toBe('wxfile://tmp_1')
  })

  test('a chosen picture that can no longer be shown gives way to the stored one, without a word', async () => {
    const { page, choose, src, notice } = await openProfile({ user: named })
    await choose('wxfile://tmp_1')
    await page.send('error', {}, '.picker-host', '.face-of', '.picture')
    expect([src(), notice()]).toEqual([named.avatarUrl, ''])
  })

  test('a chosen picture that is gone at the save is asked for again, and the name stays', async () => {
    const { files, choose, save, saved, notice, field } = await openProfile()
    await choose('wxfile://tmp_1')
    files.clear()
    await save('小禾')
    expect([saved(), notice()]).toEqual([[], '这张图片已经不在手机上了，请再选一次'])
    await save('小禾')
    expect([saved(), field()]).toEqual([[{ nickname: '小禾' }], '小禾'])
  })
})

describe('removing', () => {
  test('the name goes after one question', async () => {
    const { page, device, saved, field } = await openProfile({ user: named })
    await page.tap('.remove-name')
    expect(device.sheets).toEqual([{ alertText: '移除后，会显示为“新朋友”', itemList: ['移除昵称'] }])
    expect([saved(), field(), page.has('.remove-name')]).toEqual([[{ nickname: null }], '', false])
  })

  test('the picture goes after one question', async () => {
    const { page, saved, src } = await openProfile({ user: named })
    await page.tap('.remove-picture')
    expect([saved(), src()]).toEqual([[{ avatar: null }], ''])
  })

  test('nothing goes when the question is waved away', async () => {
    const { page, device, saved } = await openProfile({ user: named })
    device.answerSheet = 'cancel'
    await page.tap('.remove-name')
    expect(saved()).toEqual([])
  })

  test('what is not there cannot be removed', async () => {
    const { page } = await openProfile()
    expect([page.has('.remove-name'), page.has('.remove-picture')]).toEqual([false, false])
  })
})

describe('what WeChat says of the picture', () => {
  test.each([
    ['checking', '头像正在审核，通过之前只有你能看到'],
    ['rejected', '上次的头像没有通过审核，已经删除'],
  ] as const)('%s is told quietly', async (avatarState, words) => {
    const { page } = await openProfile({ user: { ...plain, avatarState } })
    expect(page.textOf('.check')).toBe(words)
  })

  test('passed needs no word', async () => {
    const { page } = await openProfile({ user: named })
    expect(page.textOf('.check')).toBe('')
  })

  test('what another device saved meanwhile is there', async () => {
    const { field } = await openProfile({ user: plain, profiles: createProfiles(named) })
    expect(field()).toBe('小禾')
  })
})

describe('nobody signed in', () => {
  test('no account is made by looking, and signing in leads on', async () => {
    const { page, device } = await openProfile({ stored: new Map() })
    expect([device.logins(), page.has('.form')]).toEqual([0, false])
    await page.tap('.main')
    expect(page.has('.form')).toBe(true)
  })

  test('"not now" leads back', async () => {
    const { page, device } = await openProfile({ stored: new Map() })
    await page.tap('.back')
    expect(device.wentBack()).toBe(1)
  })

  test('English is spoken on an English phone', async () => {
    const { page, device } = await openProfile({ language: 'en' })
    expect(device.titles).toEqual(['Photo and name'])
    expect(page.text()).not.toMatch(/[\u3400-\u9fff]/)
  })
})
