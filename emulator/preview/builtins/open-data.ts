// <open-data>: https://developers.weixin.qq.com/miniprogram/dev/component/open-data.html

import { ANONYMOUS_FACE, ANONYMOUS_NAME } from '../../anonymous'
import type { Builtin } from './types'

/** Withdrawn on 2022-02-21: a grey face, WeChat's anonymous name, and nothing else of anybody. */
export const openData: Builtin = {
  css: 'wx-open-data{display:inline-block}wx-open-data>img{display:block;width:100%;height:100%}wx-open-data>img:not([src]){display:none}',
  mount(host) {
    const face = host.inner('face', HTMLImageElement)
    const words = host.inner('words', HTMLElement)
    return {
      update({ type }) {
        words.textContent = type === 'userNickName' ? ANONYMOUS_NAME : ''
        if (type !== 'userAvatarUrl') face.removeAttribute('src')
        else if (!face.hasAttribute('src'))
          void host.platform.resolveFile(ANONYMOUS_FACE, host.owner).then((address) => {
            face.src = address
          })
      },
    }
  },
}
