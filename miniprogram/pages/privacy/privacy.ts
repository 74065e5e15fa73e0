// The privacy guideline, for devices on which WeChat's own view of it does not open (below 2.32.3).
import type { IAppOption } from '../../app'
import type { LegalText } from '../../i18n/index'

const BLANK: LegalText = { title: '', lead: '', sections: [] }

Page({
  data: { ...BLANK },

  onLoad() {
    this.setData({ ...getApp<IAppOption>().globalData.words.legal.privacy })
  },

  onReady() {
    wx.setNavigationBarTitle({ title: this.data.title })
  },
})
