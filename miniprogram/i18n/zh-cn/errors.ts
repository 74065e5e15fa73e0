// What went wrong in Chinese.
import type { Words } from '../words'

export const errors: Pick<Words, 'errors'> = {
  errors: {
    NETWORK: { what: '网络不通', todo: '检查网络后再试一次' },
    TIMEOUT: { what: '没有等到回应', todo: '可能是网络不好，请再试一次' },
    WECHAT_BUSY: { what: '微信有点忙', todo: '不是你的网络问题，过一会儿再试' },
    SESSION_EXPIRED: { what: '登录已过期', todo: '再登录一次就好' },
    CODE_INVALID: { what: '刚才没有登录成功', todo: '再登录一次就好' },
    USER_DENIED: { what: '你没有同意', todo: '不影响继续使用，需要时再点一次', action: '再点一次' },
    PRIVACY_DENIED: { what: '你没有同意隐私保护指引', todo: '可以看过之后再决定', action: '查看指引' },
    RATE_LIMITED: { what: '操作太频繁了', todo: '过一会儿再试', action: '稍后再试' },
    PHONE_CODE_INVALID: { what: '这次授权已经失效', todo: '号码没有变动，再点一次就好', action: '再点一次' },
    PHONE_TAKEN: {
      what: '这个号码绑定了其他账号',
      todo: '可以换一个号码，或先在原来的账号解除绑定',
      action: '换一个号码',
    },
    SESSION_KEY_STALE: { what: '这次授权已经失效', todo: '再点一次就好', action: '再点一次' },
    PROFILE_REJECTED: { what: '昵称没有通过审核', todo: '请换一个昵称', action: '换一个' },
    AVATAR_REJECTED: { what: '头像没有通过审核', todo: '请换一张图片', action: '换一张' },
    SIGNED_OUT: { what: '已退出登录', todo: '需要时再登录', action: '一键登录' },
    USER_BLOCKED: {
      what: '微信限制了这个账号登录',
      todo: '请先在微信里查看账号状态，仍有疑问可以联系我们',
    },
    QUOTA_EXHAUSTED: { what: '暂时不能获取手机号', todo: '不是你的问题，请联系我们' },
    PRIVACY_UNDECLARED: { what: '这项功能还不能用', todo: '不是你的问题，请联系我们' },
    NOT_PERMITTED: { what: '这项功能还没有开通', todo: '不是你的问题，请联系我们' },
    USER_CHANGED: { what: '微信账号已经更换', todo: '刚才的操作没有进行，有疑问请联系我们' },
    DATA_MISMATCH: { what: '账号信息对不上', todo: '刚才的操作没有进行，请联系我们' },
    BAD_REQUEST: { what: '这一步没有完成', todo: '请重新打开小程序，仍然不行请联系我们' },
    MISCONFIGURED: { what: '登录服务还没有准备好', todo: '不是你的问题，请联系我们' },
    INTERNAL: { what: '这一步没有完成', todo: '不是你的问题，请联系我们' },
  },
}
