// What the chips about avatar and nickname say: a label, and what WeChat would be doing, in one line.

import type { Language } from '../shell/words'
import type { DeedWords } from './deed-words'

export type ProfileDeedName =
  | 'avatar-unsafe'
  | 'nickname-pass'
  | 'nickname-unsafe'
  | 'nickname-timeout'
  | 'userInfo-dialog'
  | 'upload-cut'
  | 'upload-lost'
  | 'platform-off'

export interface ProfileWords {
  title: string
  /** Before the chips of each kind. */
  avatar: string
  nickname: string
  older: string
  platform: string
  deeds: Record<ProfileDeedName, DeedWords>
}

const zhCN: ProfileWords = {
  title: '头像昵称',
  avatar: '选头像',
  nickname: '昵称审核',
  older: '旧接口',
  platform: '开放平台',
  deeds: {
    'avatar-unsafe': { label: '图片违规', says: '微信认为选中的图片不合适：2.24.4 起不触发事件，页面什么也收不到' },
    'nickname-pass': { label: '都通过', says: '输入框失去焦点后，微信对什么昵称都说没问题' },
    'nickname-unsafe': { label: '不通过', says: '输入框失去焦点后，微信清空昵称；2.29.1 起页面会收到 pass 为 false' },
    'nickname-timeout': { label: '超时', says: '微信来不及看完：昵称留着，页面收到 timeout 为 true，要由服务器再查' },
    'userInfo-dialog': {
      label: 'getUserInfo 弹窗',
      says: '当作 2021 年 4 月之前发布的小程序：getUserInfo 按钮会问用户，并给出真实数据',
    },
    'upload-cut': { label: '上传中断', says: '下一次上传在发出之前断开：什么也没有传上去' },
    'upload-lost': { label: '上传无回应', says: '下一次上传已经传完，回应在路上丢了：小程序不知道成没成' },
    'platform-off': { label: '解绑', says: '小程序没有绑定开放平台：微信不再给 unionid，换个小程序就认不出是同一个人' },
  },
}

const en: ProfileWords = {
  title: 'Avatar, name',
  avatar: 'Choosing',
  nickname: 'Name review',
  older: 'Older',
  platform: 'Open Platform',
  deeds: {
    'avatar-unsafe': {
      label: 'Unsafe picture',
      says: 'WeChat finds the chosen picture unfit: no event is fired from 2.24.4 on, the page hears nothing',
    },
    'nickname-pass': { label: 'Passes', says: 'Whatever the name, WeChat has nothing against it' },
    'nickname-unsafe': {
      label: 'Unsafe',
      says: 'WeChat clears the field after it was left; from 2.29.1 on the page hears pass: false',
    },
    'nickname-timeout': {
      label: 'Too slow',
      says: 'WeChat does not look in time: the name stays, timeout: true, the server has to look',
    },
    'userInfo-dialog': {
      label: 'getUserInfo asks',
      says: 'As if published before April 2021: the button asks the person, and the data is real',
    },
    'upload-cut': { label: 'Upload cut', says: 'The next upload breaks before it is sent: nothing arrives' },
    'upload-lost': {
      label: 'Upload unanswered',
      says: 'The next upload arrives and its answer is lost: the mini-program cannot know',
    },
    'platform-off': {
      label: 'Unbound',
      says: 'WeChat tells no unionid: in another mini-program the same person is somebody else',
    },
  },
}

export const profileWords: Record<Language, ProfileWords> = { zh_CN: zhCN, en }
