// wx.login and wx.checkSession, by callback: WeChat documents no promise for the first.
import { authError } from '../core/errors'
import type { LoginPort } from '../core/ports'
import { loginFailure } from './err-msg'

/** What DevTools hands out for a project without an AppID; no exchange will ever accept it. */
const MOCK_CODE = 'the code is a mock one'

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
export const createLogin = (device: WechatMiniprogram.Wx): LoginPort => ({
  takeCode: () =>
    new Promise((resolve, reject) => {
      device.login({
        success: ({ code }) => {
          if (code === MOCK_CODE)
            reject(authError('MISCONFIGURED', 'a mock code of DevTools: put your own AppID into project.config.json'))
          else if (code) resolve(code)
          else reject(authError('WECHAT_BUSY', 'wx.login gave no code'))
        },
        fail: (failure) => reject(loginFailure(failure)),
      })
    }),

  checkSession: () =>
    new Promise((resolve) => {
      device.checkSession({ success: () => resolve(true), fail: () => resolve(false) })
    }),
})
