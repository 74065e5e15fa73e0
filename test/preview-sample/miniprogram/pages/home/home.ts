// The first tab: data, events, dialogs.

import type { SampleApp } from '../../app'
import { greet } from './words'

const app = getApp<SampleApp>()

Page({
  data: { name: greet(), cents: 1250, chosen: '', items: [{ id: 'a', text: '苹果' }] },
  onLoad() {
    app.steps.push('home load')
    const count = Number(wx.getStorageSync('count') || 0) + 1
    wx.setStorageSync('count', count)
    this.setData({ name: `${greet()} ${count}` })
  },
  onShow() {
    app.steps.push('home show')
  },
  onReady() {
    app.steps.push('home ready')
  },
  onHide() {
    app.steps.push('home hide')
  },
  onUnload() {
    app.steps.push('home unload')
  },
  choose(event: WechatMiniprogram.TouchEvent) {
    this.setData({ chosen: String(event.currentTarget.dataset['id']) })
  },
  onPick(event: WechatMiniprogram.CustomEvent<{ label: string }>) {
    this.setData({ chosen: event.detail.label })
  },
  more() {
    const { items } = this.data
    this.setData({ [`items[${items.length}]`]: { id: `n${items.length}`, text: '梨' } })
    wx.showToast({ title: '已添加', icon: 'success' })
  },
  async ask() {
    const { confirm } = await wx.showModal({ title: '确认', content: '要继续吗？' })
    this.setData({ chosen: confirm ? '继续' : '算了' })
  },
  sheet() {
    wx.showActionSheet({
      itemList: ['一', '二'],
      success: ({ tapIndex }) => this.setData({ chosen: `第 ${tapIndex}` }),
      fail: ({ errMsg }) => this.setData({ chosen: errMsg }),
    })
  },
})
