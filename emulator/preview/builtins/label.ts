// <label>: https://developers.weixin.qq.com/miniprogram/dev/component/label.html

import type { Builtin, Host } from './types'

export const label: Builtin = {
  css: 'wx-label{display:inline;cursor:pointer}',
  mount(host) {
    host.onTap((target) => {
      // A control inside has taken the tap itself: passing it on would toggle it twice.
      if (target && target !== host && target.controls.activate && host.below().includes(target)) return
      labelled(host)?.controls.activate?.()
    })
    return {}
  },
}

const labelled = (host: Host): Host | undefined => {
  const id = String(host.properties['for'])
  return id === '' ? host.below().find((it) => it.controls.activate) : host.sibling(id)
}
