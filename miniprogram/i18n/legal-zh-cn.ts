// The agreement and the privacy guideline in Chinese: true of this mini-program as it is; a product writes its own.
import { SUPPORT_CONTACT } from '../config'
import type { Words } from './words'

export const legalZhCN: Words['legal'] = {
  agreement: {
    title: '用户协议',
    lead: '登录即表示你同意以下内容。',
    sections: [
      { heading: '账号', body: '登录时，微信会告诉我们一个只属于这个小程序的编号，我们用它认出你并建立账号。' },
      {
        heading: '你的选择',
        body: '不登录也可以浏览。手机号、头像和昵称由你决定要不要填写，可以随时更换或移除。你可以随时在“我的”里退出登录，在“账号与设备”里注销账号。',
      },
      { heading: '使用', body: '请不要用他人的身份登录，不要使用违法或侵权的头像与昵称，也不要干扰服务的正常运行。' },
      { heading: '变更', body: '内容有变动时，会在这里更新，并在你下次登录时生效。' },
      { heading: '联系我们', body: `有疑问可以写信到 ${SUPPORT_CONTACT}。` },
    ],
  },
  privacy: {
    title: '隐私保护指引',
    lead: '我们只收集登录所需要的信息，以及你主动提供的手机号、头像与昵称。',
    sections: [
      { heading: '收集什么', body: '微信给出的用户编号、登录的时间、手机的型号与系统，以及为这台设备随机生成的编号。' },
      {
        heading: '手机号',
        body: '只有在你点击并允许之后，我们才会取得你的手机号，用于通知与找回账号。不提供也不影响其他功能。',
      },
      {
        heading: '头像与昵称',
        body: '只有在你选择并保存之后，我们才会取得头像与昵称，用于展示给你和你交流的人。保存前会交给微信的内容安全服务审核。不提供也不影响其他功能。',
      },
      {
        heading: '登录的设备',
        body: '为了让你看到账号登录在哪些设备上并能让它们退出，我们会记录每台设备的型号、系统和最近一次使用的日期。',
      },
      { heading: '为什么', body: '用来认出你、保持登录。不用于广告，也不会出售。' },
      {
        heading: '存在哪里',
        body: '存放在小程序所属的微信云环境中，登录凭据与手机号加密保存。登录状态最长保留 180 天，手机号、头像与昵称保留到你移除或注销为止，换下的头像会被删除。',
      },
      {
        heading: '你的权利',
        body: `你可以随时退出登录，让其他设备退出登录，更换或移除手机号、头像与昵称，也可以在“账号与设备”里注销账号：注销后以上信息都会删除，不能恢复。有疑问请写信到 ${SUPPORT_CONTACT}。`,
      },
    ],
  },
}
