// Home in Chinese.
import type { Words } from '../words'

export const home: Pick<Words, 'home' | 'signedOut'> = {
  home: {
    title: '我的',
    restoring: '正在读取登录状态',
    signIn: '一键登录',
    signingIn: '正在登录…',
    notNow: '暂不登录，先看看',
    consent: '登录即表示同意',
    and: '与',
    agreement: '用户协议',
    privacy: '隐私保护指引',
    agreementRow: '用户协议',
    privacyRow: '隐私保护指引',
    newFriend: '新朋友',
    signOut: '退出登录',
    signOutWarning: '退出后，这台设备不会再自动登录',
    phone: '手机号',
    profile: '头像与昵称',
    account: '账号与设备',
    notSet: '未填写',
    notLinked: '未绑定',
    partly: '未完善',
    complete: '已完善',
    browseTitle: '先看看',
    browseLead: '不登录也可以了解这里怎么做',
    browse: [
      { heading: '你点了才登录', body: '打开小程序不会弹窗询问，也不会自动建立账号。' },
      { heading: '登录一次就够', body: '之后打开就是登录状态，直到你退出。' },
      {
        heading: '登录不要手机号和头像',
        body: '登录只需要点一下。手机号、头像和昵称由你决定要不要填写，随时可以移除。',
      },
    ],
  },
  signedOut: {
    never: { title: '还没有登录', lead: '登录后，换手机也能找回你的账号' },
    user: { title: '已退出登录', lead: '这台设备不会再自动登录，需要时再点一下' },
    server: { title: '这台设备已退出登录', lead: '已在其他设备上让它退出，或者账号有变动。需要时再登录' },
  },
}
