// Which age of WeChat's profile data this device has.
import { atLeast } from '../../auth/index'

/**
 * `fill`: the user chooses a picture and types a name, from 2.21.2. `dialog`: `wx.getUserProfile` asks for both at once,
 * from 2.10.4. `button`: below it `<button open-type="getUserInfo">` does.
 *
 * From 2.21.2 to 2.27.0 a device has both of the first two; it fills in, because there WeChat's own check looks at what
 * is chosen, and what is chosen is never the anonymous answer.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/userProfile.html
 */
export type Age = 'fill' | 'dialog' | 'button'

export const ageOf = (version: string): Age => {
  if (atLeast(version, '2.21.2')) return 'fill'
  return atLeast(version, '2.10.4') ? 'dialog' : 'button'
}
