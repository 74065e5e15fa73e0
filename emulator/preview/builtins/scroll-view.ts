// <scroll-view>: https://developers.weixin.qq.com/miniprogram/dev/component/scroll-view.html

import type { Builtin } from './types'

export const scrollView: Builtin = {
  css: 'wx-scroll-view{display:block;width:100%;overflow:hidden;scrollbar-width:none}wx-scroll-view[scrolly]{overflow-y:auto}wx-scroll-view[scrollx]{overflow-x:auto}',
  reflect: ['scrollX', 'scrollY'],
  mount(host) {
    const { element } = host
    let applied: Record<string, unknown> = {}
    let [wasAtTop, wasAtBottom] = [true, false]
    element.addEventListener('scroll', () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight } = element
      host.fire('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth })
      const isAtTop = scrollTop <= Number(host.properties['upperThreshold'])
      const isAtBottom = scrollTop + clientHeight >= scrollHeight - Number(host.properties['lowerThreshold'])
      if (isAtTop && !wasAtTop) host.fire('scrolltoupper', { direction: 'top' })
      if (isAtBottom && !wasAtBottom) host.fire('scrolltolower', { direction: 'bottom' })
      wasAtTop = isAtTop
      wasAtBottom = isAtBottom
    })
    return {
      update({ scrollTop, scrollLeft, scrollIntoView, scrollWithAnimation, enableFlex }) {
        if (enableFlex === true) element.style.display = 'flex'
        const behavior = scrollWithAnimation === true ? 'smooth' : 'auto'
        if (scrollTop !== applied['scrollTop']) element.scrollTo({ top: Number(scrollTop), behavior })
        if (scrollLeft !== applied['scrollLeft']) element.scrollTo({ left: Number(scrollLeft), behavior })
        if (scrollIntoView !== applied['scrollIntoView'] && scrollIntoView !== '') {
          // The element may be part of the same update.
          setTimeout(() => host.sibling(String(scrollIntoView))?.element.scrollIntoView({ behavior }), 0)
        }
        applied = { scrollTop, scrollLeft, scrollIntoView }
      },
    }
  },
}
