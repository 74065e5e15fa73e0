// What the chips about pushes, content checks and timers say: a label, and what WeChat would be doing, in one line.

import type { Language } from '../shell/words'
import type { DeedWords } from './deed-words'

export type ServiceDeedName =
  | 'push-phone'
  | 'push-nickname'
  | 'push-cancelled'
  | 'text-risky'
  | 'picture-risky'
  | 'picture-never'
  | 'housekeeping'

export interface ServiceWords {
  title: string
  /** Before the chips of each kind. */
  pushes: string
  content: string
  timer: string
  deeds: Record<ServiceDeedName, DeedWords>
}

const zhCN: ServiceWords = {
  title: '推送与审核',
  pushes: '用户撤回',
  content: '内容安全',
  timer: '定时器',
  deeds: {
    'push-phone': { label: '手机号', says: '用户在微信里撤回手机号的授权：微信推送给云函数 push，服务器删掉号码' },
    'push-nickname': { label: '昵称', says: '用户撤回昵称的授权：微信推送给云函数 push，服务器删掉昵称' },
    'push-cancelled': { label: '注销微信', says: '用户注销了微信账号：微信推送给云函数 push，服务器删掉整个账号' },
    'text-risky': { label: '文字违规', says: 'msgSecCheck 对什么文字都说 risky：昵称存不进去' },
    'picture-risky': { label: '图片违规', says: '图片送审两秒后，微信推送 risky：服务器删掉头像' },
    'picture-never': { label: '图片无结果', says: '图片送审之后一直没有推送：头像只有本人看得到，定时器会再问' },
    housekeeping: { label: '跑一次清理', says: '现在就触发云函数 housekeeping 的定时器：清掉过期的，补做没做完的' },
  },
}

const en: ServiceWords = {
  title: 'Pushes, checks',
  pushes: 'Withdrawn',
  content: 'Content check',
  timer: 'Timer',
  deeds: {
    'push-phone': {
      label: 'Phone number',
      says: 'The person withdraws it in WeChat: the function push is told, and the server forgets the number',
    },
    'push-nickname': {
      label: 'Nickname',
      says: 'The person withdraws it in WeChat: the function push is told, and the server forgets the name',
    },
    'push-cancelled': {
      label: 'WeChat account',
      says: 'The person closed it: the function push is told, and the server deletes the account',
    },
    'text-risky': { label: 'Risky text', says: 'msgSecCheck finds every text risky: no nickname can be saved' },
    'picture-risky': {
      label: 'Risky picture',
      says: 'Two seconds after a picture is checked WeChat pushes risky: the server erases the avatar',
    },
    'picture-never': {
      label: 'No verdict',
      says: 'Nothing is pushed: only its owner sees the avatar, and the timer asks again',
    },
    housekeeping: {
      label: 'Run housekeeping',
      says: 'Fires the timer of the function housekeeping now: what is over goes, what was left half done is done',
    },
  },
}

export const serviceWords: Record<Language, ServiceWords> = { zh_CN: zhCN, en }
