// The user agreement, to read.
import type { IAppOption } from '../../app'
import type { LegalText } from '../../i18n/index'

const BLANK: LegalText = { title: '', lead: '', sections: [] }

Page({
  data: { ...BLANK },

  onLoad() {
    this.setData({ ...getApp<IAppOption>().globalData.words.legal.agreement })
  },

  onReady() {
    wx.setNavigationBarTitle({ title: this.data.title })
  },
})
