/** The few words the phone itself says, in the language of the phone. */

export type Language = 'zh_CN' | 'en'

export interface Words {
  ok: string
  cancel: string
  back: string
  close: string
  /** Of the overlay that shows what is wrong with the mini-program. */
  problems: string
  problem: string
  hint: string
  unreachable: string
  /** WeChat says so itself after setClipboardData. */
  copied: string
  privacy: string
  privacyText: string
}

export const words: Record<Language, Words> = {
  zh_CN: {
    ok: '确定',
    cancel: '取消',
    back: '返回',
    close: '关闭',
    problems: '编译没有通过',
    problem: '页面出错了',
    hint: '保存文件后会自动重新运行',
    unreachable: '连接不上模拟器，请确认 npm start 仍在运行',
    copied: '内容已复制',
    privacy: '小程序用户隐私保护指引',
    privacyText: '在真机上，微信会在这里显示开发者在公众平台填写的《小程序用户隐私保护指引》。',
  },
  en: {
    ok: 'OK',
    cancel: 'Cancel',
    back: 'Back',
    close: 'Close',
    problems: 'This does not compile',
    problem: 'Something went wrong in the page',
    hint: 'Save a file and it runs again',
    unreachable: 'The emulator does not answer. Is npm start still running?',
    copied: 'Copied',
    privacy: 'Privacy guideline',
    privacyText:
      'On a phone, WeChat shows here the privacy guideline that the developer filled in at mp.weixin.qq.com.',
  },
}
