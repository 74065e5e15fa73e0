// The second tab: everything a form may hold.

Page({
  data: { typed: '', sent: '', cells: [1, 2, 3, 4, 5, 6, 7, 8] },
  type(event: WechatMiniprogram.Input) {
    this.setData({ typed: event.detail.value })
  },
  confirm(event: WechatMiniprogram.InputConfirm) {
    this.setData({ typed: `${event.detail.value} 确认` })
  },
  toggle(event: WechatMiniprogram.SwitchChange) {
    this.setData({ typed: `开关 ${event.detail.value}` })
  },
  loaded(event: WechatMiniprogram.ImageLoad) {
    this.setData({ typed: `图 ${event.detail.width}` })
  },
  save(event: WechatMiniprogram.FormSubmit) {
    this.setData({ sent: JSON.stringify(event.detail.value) })
  },
  clear() {
    this.setData({ sent: '空' })
  },
  phone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    this.setData({ sent: JSON.stringify(event.detail) })
  },
  agreed() {
    this.setData({ typed: '已同意' })
  },
  end() {
    this.setData({ typed: '到底' })
  },
})
