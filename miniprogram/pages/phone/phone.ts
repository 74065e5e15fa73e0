// The page of the phone number: the edge between what `wx` tells and shows and what the page does.
import type { IAppOption } from '../../app'
import { atLeast, sdkVersion } from '../../auth/index'
import type { AskFailure, Phase } from '../../components/phone-button/ask'
import { SUPPORT_CONTACT } from '../../config'
import { destructiveColour, difference, openGuideline } from '../shared'
import { createPhonePage, type PhonePage } from './phone-model'
import { EMPTY } from './present'

Page({
  data: { ...EMPTY, t: {} as object },
  model: undefined as PhonePage | undefined,

  onLoad() {
    const { auth, words } = getApp<IAppOption>().globalData
    const { phone } = words
    this.setData({ t: phone })
    this.model = createPhonePage({
      auth,
      given: { words, contact: SUPPORT_CONTACT, hasRealtime: atLeast(sdkVersion(wx), '2.24.4') },
      show: (view) => {
        const news = difference(this.data, view)
        if (Object.keys(news).length > 0) this.setData(news)
      },
      confirmTake: () =>
        new Promise((resolve) => {
          wx.showModal({
            title: phone.takeTitle,
            content: phone.takeWarning,
            confirmText: phone.takeYes,
            cancelText: phone.takeNo,
            success: ({ confirm }) => resolve(confirm),
            fail: () => resolve(false),
          })
        }),
      confirmRemove: () =>
        new Promise((resolve) => {
          wx.showActionSheet({
            alertText: phone.removeWarning,
            itemList: [phone.removeRow],
            itemColor: destructiveColour(),
            success: () => resolve(true),
            fail: () => resolve(false),
          })
        }),
      copy: (data) => void wx.setClipboardData({ data, fail: () => {} }),
      read: openGuideline,
      // Opened by a link there is nothing to go back to.
      leave: () => void wx.navigateBack({ fail: () => void wx.reLaunch({ url: '/pages/home/home' }) }),
      log: (thrown) => console.warn(thrown),
    })
  },

  onReady() {
    wx.setNavigationBarTitle({ title: getApp<IAppOption>().globalData.words.phone.title })
  },

  onShow() {
    this.model?.shown()
  },

  onUnload() {
    this.model?.close()
    this.model = undefined
  },

  onMain() {
    this.model?.main()
  },

  onBack() {
    this.model?.back()
  },

  onNotice() {
    this.model?.act(this.data.noticeDeed)
  },

  onStrict() {
    this.model?.strict()
  },

  onChange() {
    this.model?.change()
  },

  onRemove() {
    void this.model?.remove()
  },

  onPhase({ detail }: WechatMiniprogram.CustomEvent<{ phase: Phase }>) {
    this.model?.phase(detail.phase)
  },

  onBound() {
    this.model?.bound()
  },

  onFailed({ detail }: WechatMiniprogram.CustomEvent<AskFailure>) {
    this.model?.failed(detail)
  },
})
