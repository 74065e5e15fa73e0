// The avatar button, the nickname field and the older user information as a person sees them, with the whole emulator behind them.

import path from 'node:path'
import type { Browser } from 'playwright-core'
import { createEmulator } from '../../emulator/index'
import type { Emulator } from '../../emulator/types'
import { launchBrowser, type OpenPhone, openPhone } from '../support/browser'
import { copySample, type SampleProject } from '../support/preview-sample'

let browser: Browser
let sample: SampleProject
let emulator: Emulator
let phone: OpenPhone

const WXML = `
<button open-type="chooseAvatar" bindchooseavatar="chosen" class="choose">选头像</button>
<image wx:if="{{url}}" class="face" src="{{url}}" bindload="loaded" binderror="broken" />
<form bindsubmit="save">
  <input type="nickname" name="nickname" class="nickname" maxlength="20" placeholder="昵称" bindinput="typed" bindnicknamereview="reviewed" />
  <button form-type="submit">保存</button>
</form>
<button bindtap="profile">旧接口</button>
<button open-type="getUserInfo" bindgetuserinfo="info">更旧的按钮</button>
<open-data type="userNickName" class="open-name" /><open-data type="userAvatarUrl" class="open-face" />
<view class="seen">{{seen}}</view>
<view class="shape">{{shape}}</view>
<view class="saved">{{saved}}</view>
<view class="inputs">{{inputs}}</view>
`
const TS = `
Page({
  data: { url: '', seen: '', shape: '', saved: '', inputs: '' },
  chosen(event: WechatMiniprogram.ButtonChooseAvatar) {
    this.setData({ url: event.detail.avatarUrl, seen: event.detail.avatarUrl })
  },
  loaded(event: WechatMiniprogram.ImageLoad) {
    this.setData({ shape: event.detail.width + '×' + event.detail.height })
  },
  broken() {
    this.setData({ shape: '坏图' })
  },
  typed(event: WechatMiniprogram.Input) {
    this.setData({ inputs: this.data.inputs + event.detail.value + ';' })
  },
  reviewed(event: WechatMiniprogram.CustomEvent<object>) {
    this.setData({ seen: JSON.stringify(event.detail) })
  },
  save(event: WechatMiniprogram.FormSubmit) {
    this.setData({ saved: '保存「' + event.detail.value['nickname'] + '」' })
  },
  profile() {
    const show = ({ errMsg, userInfo }: { errMsg: string; userInfo?: WechatMiniprogram.UserInfo }) =>
      this.setData({ seen: errMsg + ' ' + (userInfo?.nickName ?? ''), url: userInfo?.avatarUrl ?? '' })
    wx.getUserProfile({ desc: '用于完善资料', success: show, fail: show })
  },
  info(event: WechatMiniprogram.ButtonGetUserInfo) {
    this.setData({ seen: event.detail.errMsg + ' ' + (event.detail.userInfo?.nickName ?? '') })
  },
})
`

beforeAll(async () => {
  browser = await launchBrowser()
  sample = copySample()
  const config = { appid: 'touristappid', miniprogramRoot: 'miniprogram/', cloudfunctionRoot: 'functions/' }
  sample.write('../project.config.json', JSON.stringify(config))
  sample.write('pages/form/form.wxml', WXML)
  sample.write('pages/form/form.ts', TS)
  emulator = await createEmulator({ project: sample.folder, functions: [path.resolve('test/emulator/functions')] })
})
beforeEach(async () => {
  await emulator.reset()
  emulator.weixin.agreePrivacy('v1')
})
afterEach(() => phone.context.close())
afterAll(async () => {
  await emulator.close()
  await browser.close()
  sample.remove()
})

const open = async (lib?: string, size: { width?: number; height?: number; theme?: 'dark' } = {}) => {
  phone = await openPhone(browser, emulator.url, {
    page: 'pages/form/form',
    ...size,
    ...(lib === undefined ? {} : { lib }),
  })
}
const tap = (words: string) => phone.screen.getByText(words, { exact: true }).click()
const press = (words: string) => phone.page.locator('.dialogs').getByText(words, { exact: true }).click()
const sees = (selector: string, text: string | RegExp) => phone.screen.locator(selector, { hasText: text }).waitFor()
const field = () => phone.screen.locator('.nickname input')
const suggestion = () => phone.page.locator('.keyboard-bar .suggestion')

describe('chooseAvatar', () => {
  test('the WeChat face is shown at once, and no longer after a relaunch', async () => {
    await open()
    await tap('选头像')
    await press('用微信头像')
    await sees('.seen', /^wxfile:\/\/tmp_/)
    await sees('.shape', '132×132')
    const gone = await phone.screen.locator('.seen').textContent()

    await phone.page.reload()
    await phone.page.locator('.phone[data-ready="true"]').waitFor()
    const again = emulator.device({ account: 'v1' })

    await expect(again.wx.getImageInfo({ src: gone ?? '' })).rejects.toMatchObject({ errno: 1301112 })
  })

  test('a cancelled sheet and an unsafe picture leave the page as it was', async () => {
    await open()
    await tap('选头像')
    await press('取消')
    await tap('选头像')
    await press('从相册选择')
    await press('违规')
    await emulator.trace.until('button.chooseAvatar', 2)
    await tap('选头像')
    await press('拍照')

    await sees('.shape', '256×256')
    expect(
      emulator.trace.hops.filter(({ op }) => op === 'button.chooseAvatar').map(({ error }) => error !== undefined),
    ).toEqual([true, true, false])
  })

  test('the tester’s own picture comes from a file', async () => {
    await open()
    await tap('选头像')
    await press('从相册选择')
    const gif = Buffer.from('R0lGODlhAgADAIAAAAAAAP///yH5BAEAAAAALAAAAAACAAMAAAICRF4AOw==', 'base64')
    await phone.page.locator('.own-picture input').setInputFiles({ name: 'me.gif', mimeType: 'image/gif', buffer: gif })

    await sees('.seen', /\.gif$/)
    await sees('.shape', '2×3')
  })

  test('a picture of three megabytes crosses whole', async () => {
    await open()
    await tap('选头像')
    await press('从相册选择')
    const bytes = Buffer.alloc(3_000_000, 7)
    await phone.page
      .locator('.own-picture input')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: bytes })

    await sees('.seen', /\.png$/)
    await sees('.shape', '坏图')
  })

  test.each([
    ['light', 390, 844],
    ['dark', 320, 568],
  ] as const)('in %s at %d×%d no row is cut, and each is large enough for a finger', async (theme, width, height) => {
    await open(undefined, { width, height, ...(theme === 'dark' ? { theme } : {}) })
    await tap('选头像')
    await press('从相册选择')
    const sheet = phone.page.locator('.avatar-sheet')
    const box = await sheet.boundingBox()

    expect((box?.y ?? 0) >= 0 && (box?.y ?? 0) + (box?.height ?? 0) <= height).toBe(true)
    expect(await sheet.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0)
    for (const row of await sheet.locator('.item, .picture').all()) {
      expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
  })
})

describe('the nickname field', () => {
  test('the name above the keyboard is taken with one tap, and a form reads it although bindinput was told nothing', async () => {
    await open()
    await field().click()
    await suggestion().click()
    expect(await field().inputValue()).toBe('小满')
    await tap('保存')

    await sees('.saved', '保存「小满」')
    expect(await phone.screen.locator('.inputs').textContent()).toBe('')
    expect(await suggestion().count()).toBe(0)
  })

  test('an unsafe name is cleared when the field is left', async () => {
    emulator.weixin.setProfileService({ nickname: 'unsafe' })
    await open()
    await field().fill('坏名字')
    await field().blur()

    await sees('.seen', '{"pass":false,"timeout":false}')
    expect(await field().inputValue()).toBe('')
  })

  test('without consent it is a plain field', async () => {
    emulator.weixin.forgetConsent('v1')
    await open()
    await field().click()
    await field().fill('小明')
    await field().blur()
    await tap('保存')

    await sees('.saved', '保存「小明」')
    expect(emulator.trace.count('input.*')).toBe(0)
    expect(await phone.page.locator('.dialogs .modal').count()).toBe(0)
  })

  test('the name does not reach the page before it is taken', async () => {
    await open()
    await field().click()
    await suggestion().waitFor()
    const frame = phone.page.frames()[1]

    expect(await frame?.content()).not.toContain('小满')
    await field().blur()
    await suggestion().waitFor({ state: 'detached' })
  })
})

describe('older libraries', () => {
  test('getUserProfile asks by a dialog below 2.27.1, and gives a real face that the page can show', async () => {
    await open('2.20.0')
    await tap('旧接口')
    await phone.page.locator('.user-info', { hasText: '用于完善资料' }).waitFor()
    await press('允许')

    await sees('.seen', 'getUserProfile:ok 小满')
    await sees('.shape', '132×132')
  })

  test('a no is a no', async () => {
    await open('2.20.0')
    await tap('旧接口')
    await press('拒绝')

    await sees('.seen', 'getUserProfile:fail auth deny')
  })

  test('from 2.27.1 nobody is asked, and the answer is the anonymous user', async () => {
    await open('2.27.1')
    await tap('旧接口')

    await sees('.seen', 'getUserProfile:ok 微信用户')
    expect(await phone.page.locator('.dialogs .modal').count()).toBe(0)
  })

  test('open-data shows the anonymous user in place of anybody', async () => {
    await open()

    expect(await phone.screen.locator('.open-name').textContent()).toBe('微信用户')
    await phone.screen.locator('.open-face img[src^="data:image/png"]').waitFor()
  })

  test('the getUserInfo button gives the anonymous user, and asks where the program is old', async () => {
    await open('2.10.3')
    await tap('更旧的按钮')
    await sees('.seen', 'getUserInfo:ok 微信用户')

    emulator.weixin.setProfileService({ userInfo: 'dialog' })
    await tap('更旧的按钮')
    await press('拒绝')
    await sees('.seen', 'getUserInfo:fail auth deny')
  })
})
