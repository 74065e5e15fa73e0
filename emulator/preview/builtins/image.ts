// <image>: https://developers.weixin.qq.com/miniprogram/dev/component/image.html

import type { Builtin } from './types'

const FIT: Readonly<Record<string, string>> = { aspectFit: 'contain', aspectFill: 'cover' }

export const image: Builtin = {
  css: 'wx-image{display:inline-block;width:320px;height:240px;overflow:hidden;position:relative}wx-image>img{display:block;width:100%;height:100%}wx-image>img:not([src]){visibility:hidden}',
  mount(host) {
    const picture = host.inner('img', HTMLImageElement)
    let shown = ''
    picture.addEventListener('load', (event) => {
      event.stopPropagation()
      host.fire('load', { width: picture.naturalWidth, height: picture.naturalHeight })
    })
    picture.addEventListener('error', (event) => {
      event.stopPropagation()
      host.fire('error', { errMsg: `GET ${shown} failed` })
    })
    const load = async (src: string): Promise<void> => {
      try {
        const address = await host.platform.resolveFile(src, host.owner)
        if (src === shown) picture.src = address
      } catch {
        if (src === shown) host.fire('error', { errMsg: `GET ${src} failed` })
      }
    }
    return {
      update({ src, mode }) {
        picture.style.objectFit = FIT[String(mode)] ?? 'fill'
        const isWide = mode === 'widthFix'
        const isHigh = mode === 'heightFix'
        host.element.style.height = picture.style.height = isWide ? 'auto' : ''
        host.element.style.width = picture.style.width = isHigh ? 'auto' : ''
        const wanted = String(src)
        if (wanted === shown) return
        shown = wanted
        if (wanted === '') picture.removeAttribute('src')
        else void load(wanted)
      },
    }
  },
}
