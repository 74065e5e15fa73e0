// One open page: its place in the document and its life.

import type { Faults } from './faults'
import type { RouterPorts } from './router'

export interface OpenPage {
  readonly path: string
  /** What `getCurrentPages()` shows. */
  readonly instance: object
  /** Calls a method of the page if it has it; what it throws is reported. */
  call(method: string, ...args: unknown[]): unknown
  load(): void
  show(): void
  hide(): void
  ready(): void
  unload(): void
  isReady(): boolean
}

export const createPage = (
  { space, backend, faults, flushReady }: RouterPorts,
  path: string,
  query: Record<string, string>,
): OpenPage => {
  const holder = document.createElement('div')
  holder.className = 'page-holder'
  const placeholder = document.createElement('span')
  holder.append(placeholder)
  document.body.append(holder)
  const search = new URLSearchParams(query).toString()
  const root = backend.createRoot('page', space, `/${path}${search ? `?${search}` : ''}`)
  const instance: object = root.get()
  const component = root.getComponent()
  Object.assign(instance, { route: path, __route__: path, options: query })
  // Sheets of pages are told apart by this.
  const element: unknown = component.$$
  if (element instanceof HTMLElement) element.dataset['path'] = path
  let scroll = 0
  let isReady = false
  let isShown = false

  const page: OpenPage = {
    path,
    instance,
    call: (method, ...args) => callMethod(faults, instance, path, method, args),
    load() {
      // The framework's own element types do not know the document's.
      const parent = holder as unknown as Parameters<typeof root.attach>[0]
      root.attach(parent, placeholder as unknown as Parameters<typeof root.attach>[1])
      page.call('onLoad', query)
    },
    show() {
      if (isShown) return
      isShown = true
      holder.hidden = false
      window.scrollTo(0, scroll)
      component.triggerPageLifetime('show', [])
      page.call('onShow')
    },
    hide() {
      if (!isShown) return
      isShown = false
      scroll = window.scrollY
      holder.hidden = true
      component.triggerPageLifetime('hide', [])
      page.call('onHide')
    },
    ready() {
      flushReady()
      isReady = true
      page.call('onReady')
    },
    unload() {
      holder.hidden = true
      page.call('onUnload')
      root.release()
      holder.remove()
    },
    isReady: () => isReady,
  }
  return page
}

const callMethod = (faults: Faults, instance: object, path: string, method: string, args: unknown[]): unknown => {
  const found: unknown = Reflect.get(instance, method)
  if (typeof found !== 'function') return undefined
  return faults.guard(`${path} ${method}`, () => Reflect.apply(found, instance, args))
}
