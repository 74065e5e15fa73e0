// <text>: https://developers.weixin.qq.com/miniprogram/dev/component/text.html

import type { Builtin } from './types'

export const text: Builtin = {
  css: 'wx-text{display:inline;white-space:pre-line;user-select:none}wx-text[selectable],wx-text[userselect]{user-select:text}wx-text[userselect]{display:inline-block}',
  reflect: ['selectable', 'userSelect'],
}
