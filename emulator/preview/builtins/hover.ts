// `hover-class`: a class of the page that an element wears while a finger is on it.

import type { Host } from './types'

/** Call once in `mount`. `none` and the empty string mean no class; a disabled element wears none. */
export const wearHoverClass = (host: Host): void => {
  let worn = ''
  const take = (): void => {
    for (const name of worn.split(/\s+/).filter(Boolean)) {
      host.toggleClass(name, false)
      host.element.classList.remove(name)
    }
    worn = ''
  }
  host.element.addEventListener('pointerdown', () => {
    const { hoverClass, disabled } = host.properties
    if (disabled === true || typeof hoverClass !== 'string' || hoverClass === '' || hoverClass === 'none') return
    take()
    worn = hoverClass
    for (const name of worn.split(/\s+/).filter(Boolean)) {
      host.toggleClass(name, true)
      // The default classes belong to the built-in, not to a page: they have no scope.
      if (/^(?:button|navigator)-hover$/.test(name)) host.element.classList.add(name)
    }
  })
  for (const type of ['pointerup', 'pointercancel', 'pointerleave']) host.element.addEventListener(type, take)
}
