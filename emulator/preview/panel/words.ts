/** What the panel says, in both languages: for developers, in plain words. */

import type { Language } from '../shell/words'
import type { Kind } from './journey'
import type { LANES } from './rows'

/** A fault, a jump of the clock, or a clean-up, by name. */
export type DeedName =
  | 'sessionKey'
  | 'session'
  | 'busy'
  | 'blocked'
  | 'tooOften'
  | 'secret'
  | 'code'
  | 'offline'
  | 'day'
  | 'month'
  | 'forget'
  | 'reset'

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
  /** The label of a chip, and what WeChat would be doing, in one line. */
  deeds: Record<DeedName, { label: string; says: string }>
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
  deeds: {
    sessionKey: { label: 'session_key 过期', says: '微信换掉了 session_key：checkSession 会失败，下次启动静默登录' },
    session: { label: '会话过期', says: '我们的服务器不再认这个会话：下一次调用被拒绝，续上后重放一次' },
    busy: { label: '-1', says: '微信系统繁忙，连续三次：小程序每次换新 code 重试，三次之后才告诉用户' },
    blocked: { label: '40226', says: '微信判定这个用户风险高，拦下这次登录：重试没有用' },
    tooOften: { label: '45011', says: '微信限制这个用户一分钟内的次数：过一会儿再试才有意义' },
    secret: { label: '40125', says: '云函数里的 AppSecret 不对：开发者要改配置，用户做什么都没有用' },
    code: { label: '40029', says: '微信不认这个 code：小程序换一个新的再试一次，用户看不到' },
    offline: { label: '离线', says: '手机没有网络：wx.login 和云函数立刻失败；恢复后不用重新打开' },
    day: { label: '时钟 +1 天', says: '时间过去一天，所有手机和云函数都一样；时间不能倒退' },
    month: { label: '时钟 +31 天', says: '时间过去 31 天：三十天没用的会话到期，session_key 也已作废' },
    forget: {
      label: '忘记这台设备',
      says: '清空这个账号在这台手机上的存储并重新启动，像新装的一样；服务器上的账号还在',
    },
    reset: { label: '重置', says: '一切回到第一天：账号、会话、数据库、存储、故障；时间不倒退' },
  },
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
  deeds: {
    sessionKey: {
      label: 'session_key expired',
      says: 'WeChat replaced the session_key: checkSession fails, the next launch signs in silently',
    },
    session: {
      label: 'Session expired',
      says: 'Our server no longer knows the session: the next call is refused, renewed and sent once more',
    },
    busy: { label: '-1', says: 'WeChat is busy, three times: a new code each time, and only then is the user told' },
    blocked: { label: '40226', says: 'WeChat finds this user risky and stops the sign-in: trying again is no use' },
    tooOften: { label: '45011', says: 'WeChat limits this user per minute: another try is worth it in a while' },
    secret: { label: '40125', says: 'The AppSecret of the function is wrong: for the developer to mend, not the user' },
    code: {
      label: '40029',
      says: 'WeChat does not know the code: a new one is taken, once, and the user sees nothing',
    },
    offline: { label: 'Offline', says: 'No network: wx.login and the function fail at once; it recovers by itself' },
    day: { label: 'Clock +1 day', says: 'A day passes, for every phone and function; time never runs back' },
    month: {
      label: 'Clock +31 days',
      says: '31 days pass: a session unused for thirty is over, the session_key is dead',
    },
    forget: {
      label: 'Forget this device',
      says: 'Clears what this account stored on this phone and relaunches; the account on the server stays',
    },
    reset: {
      label: 'Reset',
      says: 'Back to the first day: accounts, sessions, database, storage, faults; not the time',
    },
  },
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
