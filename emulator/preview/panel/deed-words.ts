// What the chips about sign-in say: a label, and what WeChat would be doing, in one line.

import type { Language } from '../shell/words'

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

export interface DeedWords {
  label: string
  says: string
}

const zhCN: Record<DeedName, DeedWords> = {
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
}

const en: Record<DeedName, DeedWords> = {
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
}

export const deedWords: Record<Language, Record<DeedName, DeedWords>> = { zh_CN: zhCN, en }
