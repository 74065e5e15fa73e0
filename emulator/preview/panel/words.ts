// What the panel says, in both languages: for developers, in plain words.

import type { Language } from '../shell/words'
import { type DeedName, type DeedWords, deedWords } from './deed-words'
import type { Kind } from './journey'
import { type PhoneDeedName, type PhoneWords, phoneWords } from './phone-words'
import type { Group } from './prefs'
import { type ProfileDeedName, type ProfileWords, profileWords } from './profile-words'
import type { LANES } from './rows'
import { type ServiceDeedName, type ServiceWords, serviceWords } from './service-words'

export interface PanelWords {
  lanes: Record<(typeof LANES)[number], string>
  sequence: string
  kinds: Record<Kind, string>
  /** What the picture shows, by what its first hop followed. */
  rule: Record<'launch' | 'tap' | 'pause', string>
  nothing: string
  noSignal: string
  steps(count: number): string
  answered(op: string): string
  waiting: string
  request: string
  reply: string
  close: string
  storage: string
  relaunch: string
  otherLanguage: string
  dark: string
  light: string
  break: string
  /** Before the chips of code2Session. */
  nextExchange: string
  hint: string
  deeds: Record<DeedName | PhoneDeedName | ProfileDeedName | ServiceDeedName, DeedWords>
  groups: Record<Group, string>
  phone: PhoneWords
  profile: ProfileWords
  service: ServiceWords
  failed: string
  who: string
  account: string
  handset: string
  library: string
  language: string
  theme: string
  size: string
  clock: string
  ahead(days: number): string
  device(name: string): string
}

const zhCN: PanelWords = {
  lanes: { 'mini-program': '小程序', wx: 'wx', function: '云函数', weixin: '微信', database: '数据库' },
  sequence: '最近一段往来',
  kinds: {
    firstSignIn: '第一次登录',
    renewed: '会话过期，静默续上并重放',
    signedIn: '静默登录',
    failed: '没有成功',
    signedOut: '退出登录',
    called: '带着会话直接调用',
    quiet: '启动，没有打扰任何人',
    local: '没有离开手机上的微信',
  },
  rule: {
    launch: '这部手机自上次启动以来的往来；点按或安静 1.5 秒后另起一段',
    tap: '这部手机自上次点按以来的往来；启动或安静 1.5 秒后另起一段',
    pause: '这部手机安静 1.5 秒之后的往来；启动或点按后另起一段',
  },
  nothing: '还没有往来，点一下手机试试',
  noSignal: '手机离线：请求没有离开手机，这里什么也看不到',
  steps: (count) => `${count} 步`,
  answered: (op) => `${op} 的回应`,
  waiting: '等待回应…',
  request: '请求',
  reply: '回应',
  close: '关闭',
  storage: '显示存储',
  relaunch: '重新启动小程序',
  otherLanguage: 'English',
  dark: '深色',
  light: '浅色',
  break: '让它出错',
  nextExchange: '下次 code2Session',
  hint: '点一下，看小程序怎么应对。亮着的还在生效，再点一次取消',
  deeds: { ...deedWords.zh_CN, ...phoneWords.zh_CN.deeds, ...profileWords.zh_CN.deeds, ...serviceWords.zh_CN.deeds },
  groups: {
    signIn: '登录与网络',
    phone: phoneWords.zh_CN.title,
    profile: profileWords.zh_CN.title,
    service: serviceWords.zh_CN.title,
  },
  phone: phoneWords.zh_CN,
  profile: profileWords.zh_CN,
  service: serviceWords.zh_CN,
  failed: '没有做到：',
  who: '谁在用',
  account: '微信账号',
  handset: '手机',
  library: '基础库',
  language: '手机语言',
  theme: '手机外观',
  size: '屏幕',
  clock: '模拟时间',
  ahead: (days) => `快了 ${days} 天`,
  device: (name) => `这个浏览器是 ${name}`,
}

const en: PanelWords = {
  lanes: { 'mini-program': 'mini-program', wx: 'wx', function: 'function', weixin: 'WeChat', database: 'database' },
  sequence: 'The last journey',
  kinds: {
    firstSignIn: 'A first sign-in',
    renewed: 'Session over: renewed, replayed',
    signedIn: 'A silent sign-in',
    failed: 'It did not work',
    signedOut: 'A sign-out',
    called: 'A call with the session at hand',
    quiet: 'A launch that asked nobody',
    local: 'No server was asked',
  },
  rule: {
    launch: 'This phone since its last launch; a tap or 1.5 quiet seconds begin anew',
    tap: 'This phone since the last tap; a launch or 1.5 quiet seconds begin anew',
    pause: 'This phone after 1.5 quiet seconds; a launch or a tap begin anew',
  },
  nothing: 'Nothing happened yet. Tap the phone',
  noSignal: 'The phone is offline: requests do not leave it, so there is nothing to see',
  steps: (count) => `${count} ${count === 1 ? 'step' : 'steps'}`,
  answered: (op) => `answer of ${op}`,
  waiting: 'no answer yet…',
  request: 'Request',
  reply: 'Answer',
  close: 'Close',
  storage: 'Show storage',
  relaunch: 'Relaunch',
  otherLanguage: '中文',
  dark: 'Dark',
  light: 'Light',
  break: 'Break it',
  nextExchange: 'Next code2Session',
  hint: 'Tap one and see what the mini-program does. Lit ones are armed; tap again to disarm',
  deeds: { ...deedWords.en, ...phoneWords.en.deeds, ...profileWords.en.deeds, ...serviceWords.en.deeds },
  groups: {
    signIn: 'Sign-in, network',
    phone: phoneWords.en.title,
    profile: profileWords.en.title,
    service: serviceWords.en.title,
  },
  phone: phoneWords.en,
  profile: profileWords.en,
  service: serviceWords.en,
  failed: 'That failed: ',
  who: 'Who is using it',
  account: 'WeChat account',
  handset: 'Handset',
  library: 'Base library',
  language: 'Its language',
  theme: 'Its theme',
  size: 'Screen',
  clock: 'Emulated time',
  ahead: (days) => `${days} ${days === 1 ? 'day' : 'days'} ahead`,
  device: (name) => `This browser is ${name}`,
}

export const panelWords: Record<Language, PanelWords> = { zh_CN: zhCN, en }
