// <icon>: https://developers.weixin.qq.com/miniprogram/dev/component/icon.html

import type { Builtin } from './types'

const MARKS: Readonly<Record<string, readonly [mark: string, color: string]>> = {
  success: ['✓', '#07c160'],
  success_no_circle: ['✓', '#07c160'],
  info: ['i', '#10aeff'],
  warn: ['!', '#fa5151'],
  waiting: ['…', '#10aeff'],
  cancel: ['×', '#fa5151'],
  download: ['↓', '#07c160'],
  search: ['⌕', '#b2b2b2'],
  clear: ['×', '#b2b2b2'],
  circle: ['', '#c9c9c9'],
}
const BARE = ['success_no_circle', 'search', 'circle']

export const icon: Builtin = {
  css: 'wx-icon{display:inline-block;font-size:0}wx-icon>i{display:inline-flex;align-items:center;justify-content:center;border-radius:50%;color:#fff;font-style:normal;line-height:1}',
  mount(host) {
    const mark = host.inner('mark', HTMLElement)
    return {
      update({ type, size, color }) {
        const [sign, tint] = MARKS[String(type)] ?? ['', 'transparent']
        const shade = String(color) || tint
        const isBare = BARE.includes(String(type))
        mark.textContent = sign
        Object.assign(mark.style, {
          width: `${size}px`,
          height: `${size}px`,
          fontSize: `${Number(size) * 0.7}px`,
          background: isBare ? 'transparent' : shade,
          color: isBare ? shade : '#fff',
          boxShadow: type === 'circle' ? `inset 0 0 0 1px ${shade}` : '',
        })
      },
    }
  },
}
