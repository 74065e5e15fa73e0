// What the user reads in Chinese. Short, no exclamation marks, no jargon; a refusal is the user's right.
import { legalZhCN } from './legal-zh-cn'
import type { Words } from './words'
import { account } from './zh-cn/account'
import { errors } from './zh-cn/errors'
import { home } from './zh-cn/home'
import { phone } from './zh-cn/phone'
import { profile } from './zh-cn/profile'

export const zhCN: Words = {
  ...errors,
  ...home,
  ...phone,
  ...profile,
  ...account,
  actions: { retry: '重试', retrying: '正在重试…', copy: '复制以上信息' },
  consent: {
    title: '隐私保护提示',
    things: {
      'button.getPhoneNumber': '你的手机号',
      'button.getRealtimePhoneNumber': '你的手机号',
      getPhoneNumber: '你的手机号',
      getRealtimePhoneNumber: '你的手机号',
      'button.chooseAvatar': '你选择的头像',
      chooseAvatar: '你选择的头像',
      getUserProfile: '你的头像与昵称',
      getUserInfo: '你的头像与昵称',
      'button.getUserInfo': '你的头像与昵称',
      setClipboardData: '剪贴板，用来复制文字',
    },
    thing: '你的个人信息',
    guideline: '查看隐私保护指引',
    agree: '同意',
    refuse: '暂不同意',
  },
  say: {
    signOutNotKept: '这次已退出，但设备没能记下来，下次打开可能仍是登录状态',
    asks: (thing) => `接下来会用到${thing}。请先阅读隐私保护指引，同意后继续。不同意也可以使用其他功能。`,
    withLastKnown: (what) => `${what}，显示的是上次的资料`,
    withWay: (what, todo) => `${what}，${todo}`,
    tryAgainIn: (seconds) => `请在 ${seconds} 秒后再试`,
    tryAgainNow: '现在可以再试一次',
    signOutOneWarning: (device) => `${device}上的登录会马上失效`,
    signOutOthers: (count) => `退出其他 ${count} 台设备`,
    signOutOthersWarning: (count) => `其他 ${count} 台设备上的登录会马上失效，这台设备不受影响。`,
    lastUsed: (days) => {
      if (days < 1) return '今天用过'
      if (days < 2) return '昨天用过'
      return days < 30 ? `${days} 天前用过` : `${Math.floor(days / 30)} 个月前用过`
    },
    letters: (count) => `已写 ${count} 个字，最多 20 个字`,
    contact: (address) => `联系 ${address}`,
    requestId: (id) => `编号 ${id}`,
  },
  legal: legalZhCN,
}
