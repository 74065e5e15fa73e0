// The page of the profile: the edge between what `wx` tells and shows and what the page does.
import type { IAppOption } from '../../app'
import type { Failure } from '../../auth/index'
import { BASE_URL, SUPPORT_CONTACT } from '../../config'
import { destructiveColour, difference, openGuideline } from '../shared'
import { createDrafts } from './drafts'
import { createPictures } from './pictures'
import { EMPTY } from './present'
import { createProfilePage, type ProfilePage } from './profile-model'

/** Outlives the page, not the launch. */
const drafts = createDrafts()

Page({
  data: { ...EMPTY, nickname: '', isFocused: false, notNow: '', t: {} as object },
  model: undefined as ProfilePage | undefined,

  onLoad() {
    const { auth, words } = getApp<IAppOption>().globalData
    const { profile, phone } = words
    this.setData({ t: profile, notNow: phone.notNow })
    this.model = createProfilePage({
      auth,
      given: { words, contact: SUPPORT_CONTACT },
      drafts,
      pictures: createPictures(wx, BASE_URL),
      show: (view) => {
        const news = difference(this.data, view)
        if (Object.keys(news).length > 0) this.setData(news)
      },
      put: (nickname) => {
        // The data knows what was put there last, not what was typed since: the same value again would change nothing.
        if (nickname === this.data.nickname) this.setData({ nickname: `${nickname} ` })
        this.setData({ nickname })
      },
      focus: () => {
        this.setData({ isFocused: false })
        this.setData({ isFocused: true })
      },
      confirm: (what) =>
        new Promise((resolve) => {
          const isName = what === 'removeName'
          wx.showActionSheet({
            alertText: isName ? profile.removeNameWarning : profile.removePictureWarning,
            itemList: [isName ? profile.removeName : profile.removePicture],
            itemColor: destructiveColour(),
            success: () => resolve(true),
            fail: () => resolve(false),
          })
        }),
      copy: (data) => void wx.setClipboardData({ data, fail: () => {} }),
      read: openGuideline,
      now: () => Date.now(),
      log: (thrown) => console.warn(thrown),
    })
  },

  onReady() {
    wx.setNavigationBarTitle({ title: getApp<IAppOption>().globalData.words.profile.title })
  },

  onShow() {
    this.model?.shown()
  },

  onUnload() {
    this.model?.close()
    this.model = undefined
  },

  onSignIn() {
    void this.model?.signIn()
  },

  /** Opened by a link there is nothing to go back to. */
  onBack() {
    wx.navigateBack({ fail: () => void wx.reLaunch({ url: '/pages/home/home' }) })
  },

  /** The one reading of the field that counts: filling and clearing by WeChat may pass by every other event. */
  onSubmit({ detail }: WechatMiniprogram.FormSubmit) {
    void this.model?.save(String(detail.value['nickname'] ?? ''))
  },

  onTyped({ detail }: WechatMiniprogram.Input) {
    this.model?.typed(detail.value)
  },

  onLeft({ detail }: WechatMiniprogram.InputBlur) {
    if (this.data.isFocused) this.setData({ isFocused: false })
    this.model?.typed(detail.value)
  },

  onReviewed({ detail }: WechatMiniprogram.CustomEvent<{ pass: boolean; timeout: boolean }>) {
    this.model?.reviewed(detail)
  },

  onChosen({ detail }: WechatMiniprogram.CustomEvent<{ path: string }>) {
    void this.model?.chosen(detail.path)
  },

  onGiven({ detail }: WechatMiniprogram.CustomEvent<{ isNothing: boolean }>) {
    this.model?.given(detail)
  },

  onFailed({ detail }: WechatMiniprogram.CustomEvent<Failure>) {
    this.model?.failed(detail)
  },

  onBroken({ detail }: WechatMiniprogram.CustomEvent<{ src: string }>) {
    this.model?.broken(detail.src)
  },

  onRemoveName() {
    void this.model?.remove('removeName')
  },

  onRemovePicture() {
    void this.model?.remove('removePicture')
  },

  onNotice() {
    this.model?.act(this.data.noticeDeed)
  },
})
