// Home: the edge between what `wx` tells and shows and what home does.
import type { IAppOption } from '../../app'
import { PAGES, SUPPORT_CONTACT } from '../../config'
import { destructiveColour, difference, openGuideline } from '../shared'
import { createHome, type Home } from './home-model'
import { EMPTY } from './present'

Page({
  data: { ...EMPTY, t: {} as object },
  home: undefined as Home | undefined,

  onLoad() {
    const { globalData } = getApp<IAppOption>()
    const { auth, words } = globalData
    this.setData({ t: words.home })
    this.home = createHome({
      auth,
      given: { words, pages: PAGES, contact: SUPPORT_CONTACT },
      choice: globalData,
      show: (view) => {
        const news = difference(this.data, view)
        if (Object.keys(news).length > 0) this.setData(news)
      },
      copy: (data) => void wx.setClipboardData({ data, fail: () => {} }),
      log: (thrown) => console.warn(thrown),
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    wx.onNetworkStatusChange(({ isConnected }) => this.home?.networkChanged(isConnected))
  },

  onReady() {
    const { words } = getApp<IAppOption>().globalData
    wx.setNavigationBarTitle({ title: words.home.title })
  },

  onShow() {
    this.home?.shown()
  },

  onUnload() {
    this.home?.close()
    this.home = undefined
  },

  onMain() {
    this.home?.act(this.data.deed)
  },

  onNotice() {
    this.home?.act(this.data.noticeDeed)
  },

  onNotNow() {
    this.home?.notNow()
  },

  onEntry({ currentTarget }: WechatMiniprogram.BaseEvent) {
    wx.navigateTo({ url: String(currentTarget.dataset['url']) })
  },

  onAgreement() {
    wx.navigateTo({ url: '/pages/agreement/agreement' })
  },

  onPrivacy: openGuideline,

  onSignOut() {
    const { home } = getApp<IAppOption>().globalData.words
    wx.showActionSheet({
      alertText: home.signOutWarning,
      itemList: [home.signOut],
      itemColor: destructiveColour(),
      success: () => void this.home?.signOut(),
      fail: () => {}, // the user stays; without this callback WeChat reports an error
    })
  },
})
