// <view>: https://developers.weixin.qq.com/miniprogram/dev/component/view.html

import { wearHoverClass } from './hover'
import type { Builtin } from './types'

export const view: Builtin = {
  css: 'wx-view{display:block}',
  mount(host) {
    wearHoverClass(host)
    return {}
  },
}
