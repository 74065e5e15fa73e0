// The few words the phone itself says, in the language of the phone.

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
  /** In the status bar. */
  noNetwork: string
  privacy: string
  privacyText: string
  privacyTitle: string
  /** `{contract}` is the name of the guideline. */
  privacyAsk: string
  agree: string
  refuse: string
  allow: string
  avatarTitle: string
  avatarWeixin: string
  avatarAlbum: string
  avatarCamera: string
  /** A picture of the tester's own machine. */
  avatarOwn: string
  /** What the pictures of the album are, by their names. */
  avatarPictures: Readonly<Record<string, string>>
  /** Before the name above the keyboard. */
  nicknameOffer: string
  userInfoTitle: string
  userInfoText: string
  phoneAsk: string
  phoneAskRealtime: string
  phoneBound: string
  phoneAdded: string
  phoneOther: string
  phoneField: string
  phoneAdd: string
  /** Next to a field that is no number. */
  phoneWrong: string
  phoneDeny: string
  noQuota: string
  noQuotaText: string
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
    noNetwork: '无服务',
    privacy: '小程序用户隐私保护指引',
    privacyText: '在真机上，微信会在这里显示开发者在公众平台填写的《小程序用户隐私保护指引》。',
    privacyTitle: '用户隐私保护提示',
    privacyAsk: '请阅读并同意{contract}，之后才能使用这项功能。',
    agree: '同意',
    refuse: '拒绝',
    allow: '允许',
    avatarTitle: '选择头像',
    avatarWeixin: '用微信头像',
    avatarAlbum: '从相册选择',
    avatarCamera: '拍照',
    avatarOwn: '用这台电脑上的图片',
    avatarPictures: { hills: '山', sea: '海', large: '超过 2 MB', renamed: 'SVG 改名', unsafe: '违规' },
    nicknameOffer: '微信昵称',
    userInfoTitle: '申请获取你的头像、昵称',
    userInfoText: '你的微信昵称和头像会交给这个小程序。',
    phoneAsk: '申请获取并验证你的手机号',
    phoneAskRealtime: '申请获取并实时验证你的手机号',
    phoneBound: '微信绑定号码',
    phoneAdded: '其他号码',
    phoneOther: '使用其他号码',
    phoneField: '手机号码',
    phoneAdd: '添加',
    phoneWrong: '请输入 5 至 15 位数字，国外号码如 +852 61234567',
    phoneDeny: '不允许',
    noQuota: '该功能使用次数已达上限',
    noQuotaText: '小程序的手机号验证额度已用完，暂时无法使用。',
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
    noNetwork: 'No service',
    privacy: 'Privacy guideline',
    privacyText:
      'On a phone, WeChat shows here the privacy guideline that the developer filled in at mp.weixin.qq.com.',
    privacyTitle: 'Your privacy',
    privacyAsk: 'Please read and agree to {contract} before you use this.',
    agree: 'Agree',
    refuse: 'Refuse',
    allow: 'Allow',
    avatarTitle: 'Choose a picture',
    avatarWeixin: 'Use the WeChat picture',
    avatarAlbum: 'From the album',
    avatarCamera: 'Take a photo',
    avatarOwn: 'A picture of this computer',
    avatarPictures: { hills: 'Hills', sea: 'Sea', large: 'Over 2 MB', renamed: 'Renamed SVG', unsafe: 'Unsafe' },
    nicknameOffer: 'WeChat name',
    userInfoTitle: 'This mini-program asks for your name and picture',
    userInfoText: 'Your name and picture on WeChat will be given to this mini-program.',
    phoneAsk: 'This mini-program asks for your phone number',
    phoneAskRealtime: 'This mini-program asks for your phone number and verifies it now',
    phoneBound: 'Bound to WeChat',
    phoneAdded: 'Another number',
    phoneOther: 'Use another number',
    phoneField: 'Phone number',
    phoneAdd: 'Add',
    phoneWrong: '5 to 15 digits, abroad like +852 61234567',
    phoneDeny: "Don't allow",
    noQuota: 'This cannot be used any more',
    noQuotaText: 'The mini-program has used up its phone number verifications.',
  },
}
