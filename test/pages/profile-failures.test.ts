// The page of the profile when something does not work: each refusal its sentence, nothing lost, nothing half saved.
import { refuse } from '../support/client-world'
import { settle, usePages } from '../support/page'
import { openProfile, plain } from '../support/page-profile'

usePages()

const named = { ...plain, nickname: '小禾' }

describe('the picture', () => {
  test.each([
    ['svg', 100, '这不是能用的图片，请换一张'],
    ['png', 2 * 1024 * 1024 + 1, '图片太大了，请换一张两兆以内的'],
  ] as const)('%s of %i bytes is refused before anything is sent', async (kind, size, words) => {
    const { device, choose, src, notice } = await openProfile()
    await choose('wxfile://tmp_1.png', kind, size)
    expect([notice(), src(), device.sentCalls('avatarUpload')]).toEqual([words, '', []])
  })

  test('exactly two megabytes are taken', async () => {
    const { choose, src } = await openProfile()
    await choose('wxfile://tmp_1', 'jpeg', 2 * 1024 * 1024)
    expect(src()).toBe('wxfile://tmp_1')
  })

  test('an upload that is cut saves nothing, and 重试 sends the same picture to a new path', async () => {
    const { page, profiles, choose, save, saved, src, notice } = await openProfile()
    profiles.upload = 'cut'
    await choose('wxfile://tmp_1')
    await save('小禾')
    expect(notice()).toBe('头像上传中断了，填写的内容还在，请再试一次')
    expect([saved(), src()]).toEqual([[], 'wxfile://tmp_1'])
    profiles.upload = 'ok'
    await page.tap('.notice', '.act')
    expect(saved()).toEqual([{ nickname: '小禾', avatar: 'avatars/path-2.png' }])
    expect(notice()).toBe('')
  })

  test('an upload that never ends is given up', async () => {
    const { profiles, choose, save, saved, notice } = await openProfile()
    profiles.upload = 'silence'
    await choose('wxfile://tmp_1')
    await save('小禾')
    await settle(31_000)
    expect([notice(), saved()]).toEqual(['没有等到回应，填写的内容还在，请再试一次', []])
  })

  test('a picture the server rejects is dropped, the name stays to be saved', async () => {
    const { profiles, choose, save, src, notice, type, saved } = await openProfile()
    profiles.profile = () => refuse('AVATAR_REJECTED')
    await choose('wxfile://tmp_1')
    await type('小禾')
    await save('小禾')
    expect([notice(), src()]).toEqual(['头像没有通过审核，请换一张图片', ''])
    profiles.profile = profiles.store
    await save('小禾')
    expect(saved().at(-1)).toEqual({ nickname: '小禾' })
  })

  test('bytes that are there already are not sent again for another name', async () => {
    const { profiles, choose, save, saved, notice } = await openProfile()
    profiles.profile = () => refuse('PROFILE_REJECTED')
    await choose('wxfile://tmp_1')
    await save('坏名字')
    expect(notice()).toBe('昵称没有通过审核，请换一个昵称')
    profiles.profile = profiles.store
    await save('小禾')
    expect(profiles.uploads).toHaveLength(1)
    expect(saved().at(-1)).toEqual({ nickname: '小禾', avatar: 'avatars/path-1.png' })
  })

  test('a path that an unanswered save has used up is no fault of the picture: it goes up once more', async () => {
    const { profiles, page, choose, save, saved, src, notice } = await openProfile()
    profiles.profile = () => 'offline'
    await choose('wxfile://tmp_1')
    await save('小禾')
    await settle(10_000)
    profiles.profile = (changes) =>
      changes.avatar === 'avatars/path-1.png' ? refuse('AVATAR_REJECTED') : profiles.store(changes)
    await page.tap('.notice', '.act')
    expect(saved().at(-1)).toEqual({ nickname: '小禾', avatar: 'avatars/path-2.png' })
    expect([notice(), src()]).toEqual(['', 'cloud://env.bucket/avatars/path-2.png'])
  })

  test('a picture that is refused at a new path as well is bad, and is sent no third time', async () => {
    const { profiles, page, choose, save, notice } = await openProfile()
    profiles.profile = () => 'offline'
    await choose('wxfile://tmp_1')
    await save('小禾')
    await settle(10_000)
    profiles.profile = () => refuse('AVATAR_REJECTED')
    await page.tap('.notice', '.act')
    expect([notice(), profiles.uploads.length]).toEqual(['头像没有通过审核，请换一张图片', 2])
  })

  test('a cancel is nothing at all', async () => {
    const { page, notice, src } = await openProfile()
    await page.fire('chooseAvatar', {}, '.picker-host', '.choose')
    expect([notice(), src()]).toEqual(['', ''])
  })
})

describe('the name', () => {
  test('that WeChat clears is told of, and typing on takes the word away', async () => {
    const { type, review, notice, field, saved } = await openProfile()
    await type('坏名字')
    await review({ pass: false, timeout: false })
    expect([notice(), field()]).toEqual(['微信没有通过这个昵称，请换一个', ''])
    await type('好')
    expect([notice(), saved()]).toEqual(['', []])
  })

  test('that WeChat did not get to is for the server to judge', async () => {
    const { type, review, notice, save, saved } = await openProfile()
    await type('小禾')
    await review({ pass: false, timeout: true })
    expect(notice()).toBe('')
    await save('小禾')
    expect(saved()).toEqual([{ nickname: '小禾' }])
  })

  test('that was saved before WeChat cleared it stands there again', async () => {
    const { save, review, field, notice } = await openProfile()
    await save('小禾')
    await review({ pass: false, timeout: false })
    expect([field(), notice()]).toEqual(['小禾', ''])
  })

  test('that was not accepted takes the cursor by one tap', async () => {
    const { page, profiles, save } = await openProfile()
    profiles.profile = () => refuse('PROFILE_REJECTED')
    await save('坏名字')
    expect(page.textOf('.notice', '.act')).toBe('换一个')
    await page.tap('.notice', '.act')
    expect(page.attr('focus', '.input')).toBe(true)
  })
})

describe('the save', () => {
  test('offline says so, keeps everything, and goes through with 重试', async () => {
    const { page, profiles, save, saved, notice } = await openProfile()
    profiles.isOffline = true
    await save('小禾')
    await settle(10_000)
    expect(notice()).toBe('网络不通，填写的内容还在，网络恢复后再保存')
    profiles.isOffline = false
    await page.tap('.notice', '.act')
    expect([saved().at(-1), notice()]).toEqual([{ nickname: '小禾' }, ''])
  })

  test('whose answer was lost is looked up, and counts', async () => {
    const { page, profiles, choose, save, saved, notice } = await openProfile()
    profiles.profile = (changes) => {
      profiles.store(changes)
      return 'offline'
    }
    await choose('wxfile://tmp_1')
    await save('小禾')
    await settle(10_000)
    expect([notice(), page.textOf('.save'), saved()]).toEqual(['', '已保存', expect.anything()])
    expect(saved()).toHaveLength(1)
  })

  test.each([
    ['WECHAT_BUSY', '暂时没有保存成功，不是你的网络问题，过一会儿再试', '重试'],
    ['RATE_LIMITED', '操作太频繁了，填写的内容还在，过一会儿再保存', ''],
    ['NOT_PERMITTED', '资料审核还没有开通，不是你的问题，请联系我们', '复制以上信息'],
    ['MISCONFIGURED', '资料服务还没有准备好，不是你的问题，请联系我们', '复制以上信息'],
    ['INTERNAL', '没有保存成功，不是你的问题，请联系我们', '复制以上信息'],
  ] as const)('%s: its sentence, one action, nothing lost', async (code, words, action) => {
    const { page, profiles, save, notice } = await openProfile()
    profiles.profile = () => refuse(code)
    await save('小禾')
    await settle(10_000)
    expect(notice()).toContain(words)
    expect(page.has('.notice', '.act') ? page.textOf('.notice', '.act') : '').toBe(action)
    expect((await page.reopen()).attr('value', '.input')).toBe('小禾')
  })

  test('a removal that found no network goes with 重试', async () => {
    const { page, profiles, notice, field } = await openProfile({ user: named })
    profiles.isOffline = true
    await page.tap('.remove-name')
    await settle(10_000)
    expect([notice().slice(0, 4), field()]).toEqual(['网络不通', '小禾'])
    profiles.isOffline = false
    await page.tap('.notice', '.act')
    expect([notice(), field()]).toEqual(['', ''])
  })

  test('of no picture is not taken for done because the address of the old one is missing', async () => {
    const user = { ...named, avatarUrl: 'https://a.example/avatars/old.png?sign=1', avatarState: 'passed' } as const
    const { page, profiles, notice } = await openProfile({ user })
    profiles.profile = () => 'offline'
    profiles.tell = ({ avatarUrl: _slow, ...rest }) => rest
    await page.tap('.remove-picture')
    await settle(10_000)
    expect(notice().slice(0, 4)).toBe('网络不通')
  })

  test('of a picture whose answer was lost counts also when the verdict has put its copy in place', async () => {
    const { profiles, choose, save, src, notice } = await openProfile()
    const copy = `cloud://env.bucket/copies/${'c'.repeat(32)}/avatars/path-1.png`
    profiles.profile = (changes) => {
      profiles.store(changes)
      profiles.tell = (user) => ({ ...user, avatarUrl: copy, avatarState: 'passed' })
      return 'offline'
    }
    await choose('wxfile://tmp_1')
    await save('小禾')
    await settle(10_000)
    expect([notice(), src()]).toEqual(['', copy])
  })

  test('signed out from elsewhere meanwhile: it says why, and keeps what was typed for the next sign-in', async () => {
    const { page, profiles, save, type } = await openProfile()
    await type('小禾')
    profiles.profile = () => refuse('SIGNED_OUT')
    await save('小禾')
    expect(page.text()).toContain('这台设备已退出登录')
    await page.tap('.main')
    expect(page.attr('value', '.input')).toBe('小禾')
  })
})
