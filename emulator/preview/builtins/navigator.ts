// <navigator>: https://developers.weixin.qq.com/miniprogram/dev/component/navigator.html

import { wearHoverClass } from './hover'
import type { Builtin } from './types'

export const navigator: Builtin = {
  css: 'wx-navigator{display:block;cursor:pointer}wx-navigator.navigator-hover{background-color:rgba(0,0,0,.1);opacity:.7}',
  mount(host) {
    wearHoverClass(host)
    host.onTap(() => {
      const { openType, url, delta } = host.properties
      host.platform.navigate(String(openType), String(url), Number(delta))
    })
    return {}
  },
}
