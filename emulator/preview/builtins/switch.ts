// <switch>: https://developers.weixin.qq.com/miniprogram/dev/component/switch.html

import type { Builtin } from './types'

export const switchToggle: Builtin = {
  css: 'wx-switch{position:relative;display:inline-block;width:52px;height:32px;box-sizing:border-box;vertical-align:middle;border-radius:16px;background:#dfdfdf;cursor:pointer;transition:background .15s}wx-switch[disabled]{opacity:.7}wx-switch>.wxb--knob{position:absolute;left:2px;top:2px;width:28px;height:28px;border-radius:50%;background:#fff;box-shadow:0 1px 3px rgba(0,0,0,.4);transition:transform .15s}wx-switch[checked]>.wxb--knob{transform:translateX(20px)}',
  reflect: ['checked', 'disabled'],
  mount(host) {
    const flip = (): void => {
      if (host.properties['disabled'] === true) return
      const checked = host.properties['checked'] !== true
      host.set({ checked })
      host.fire('change', { value: checked })
    }
    host.onTap(flip)
    return {
      update({ checked, color }) {
        host.element.style.background = checked === true ? String(color) : ''
      },
      value: () => host.properties['checked'] === true,
      reset: () => host.set({ checked: false }),
      activate: flip,
    }
  },
}
