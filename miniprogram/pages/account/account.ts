// The page of the account: the edge between what `wx` tells and shows and what the page does.
import type { IAppOption } from '../../app'
import { SUPPORT_CONTACT } from '../../config'
import { destructiveColour, difference } from '../shared'
import { type AccountPage, createAccountPage } from './account-model'
import { EMPTY } from './present'

/** The user takes the one row of the sheet, or waves it away. */
const takesRow = (alertText: string, row: string): Promise<boolean> =>
  new Promise((resolve) => {
    wx.showActionSheet({
      alertText,
      itemList: [row],
      itemColor: destructiveColour(),
      success: () => resolve(true),
      fail: () => resolve(false),
    })
  })

interface Question {
  title: string
  content: string
  confirmText: string
  cancelText: string
}

/** A second yes, for what cannot be taken back. */
const isSure = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    wx.showModal({
      ...question,
      confirmColor: destructiveColour(),
      success: ({ confirm }) => resolve(confirm),
      fail: () => resolve(false),
    })
  })

Page({
  data: { ...EMPTY, t: {} as object },
  model: undefined as AccountPage | undefined,

  onLoad() {
    const { auth, words } = getApp<IAppOption>().globalData
    const { account, say } = words
    this.setData({ t: account })
    this.model = createAccountPage({
      auth,
      given: { words, contact: SUPPORT_CONTACT },
      show: (view) => {
        const news = difference(this.data, view)
        if (Object.keys(news).length > 0) this.setData(news)
      },
      confirmOne: (device) => takesRow(say.signOutOneWarning(device), account.signOutOne),
      confirmOthers: (count) =>
        isSure({
          title: account.othersTitle,
          content: say.signOutOthersWarning(count),
          confirmText: account.yes,
          cancelText: account.no,
        }),
      confirmSignOut: () => takesRow(account.signOutThisWarning, account.signOutThis),
      confirmErase: () =>
        isSure({
          title: account.eraseSureTitle,
          content: account.eraseSureLead,
          confirmText: account.eraseSure,
          cancelText: account.no,
        }),
      copy: (data) => void wx.setClipboardData({ data, fail: () => {} }),
      home: () => void wx.reLaunch({ url: '/pages/home/home' }),
      now: () => Date.now(),
      log: (thrown) => console.warn(thrown),
    })
  },

  onReady() {
    wx.setNavigationBarTitle({ title: getApp<IAppOption>().globalData.words.account.title })
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

  onDevice({ currentTarget }: WechatMiniprogram.BaseEvent) {
    void this.model?.signOutOne(String(currentTarget.dataset['handle']))
  },

  onOthers() {
    void this.model?.signOutOthers()
  },

  onSignOut() {
    void this.model?.signOut()
  },

  onLeave() {
    this.model?.leave()
  },

  onStay() {
    this.model?.stay()
  },

  onNotice() {
    this.model?.act(this.data.noticeDeed)
  },
})
