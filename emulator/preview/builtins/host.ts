// One element of a built-in, as the built-in sees it: glass-easel stays outside.

import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { plainTarget } from '../runtime/events'
import type { Builtin, Controls, Host, Platform, Properties } from './types'

const hosts = new WeakMap<object, Host>()

/** The host behind a framework node or a component's caller. */
export const hostOf = (node: unknown): Host | undefined => {
  if (typeof node !== 'object' || node === null) return undefined
  const known = hosts.get(node)
  if (known) return known
  const inner: unknown = Reflect.get(node, '_$')
  return typeof inner === 'object' && inner !== null ? hosts.get(inner) : undefined
}

const hostOfElement = (element: Element | null | undefined): Host | undefined =>
  element ? hostOf(Reflect.get(element, '__wxElement')) : undefined

export const createHost = (
  component: glassEasel.GeneralComponent,
  tag: string,
  builtin: Builtin,
  platform: Platform,
  targetOf: (event: object) => unknown,
): Host => {
  const element: unknown = component.$$
  if (!(element instanceof HTMLElement)) throw new Error(`<${tag}> has no element`)
  let controls: Controls = {}
  const host: Host = {
    tag,
    element,
    platform,
    get owner() {
      return component.ownerShadowRoot?.getHostNode().is ?? ''
    },
    get properties() {
      return component.data as Properties
    },
    target: () => plainTarget(component),
    get controls() {
      return controls
    },
    inner(id, kind) {
      const found: unknown = component.getShadowRoot()?.getElementById(id)?.$$
      if (!(found instanceof kind)) throw new Error(`<${tag}> has no ${id}`)
      return found
    },
    set: (values) => component.setData(values),
    fire: (event, detail = {}) => component.triggerEvent(event, detail, {}),
    onTap(listener) {
      component.addListener('tap', (event: object) => listener(hostOfTarget(targetOf(event))))
    },
    toggleClass(name, on) {
      component.classList?.toggle(name, on)
    },
    closest(wanted) {
      for (let at = element.parentElement; at; at = at.parentElement) {
        const found = hostOfElement(at)
        if (found?.tag === wanted) return found
      }
      return undefined
    },
    below: () => [...element.querySelectorAll('*')].flatMap((it) => hostOfElement(it) ?? []),
    sibling: (id) => hostOf(component.ownerShadowRoot?.getElementById(id)),
  }
  hosts.set(component, host)
  controls = builtin.mount?.(host) ?? {}
  return host
}

/** A tap may hit an inner element: the built-in is the nearest above it in the document. */
const hostOfTarget = (target: unknown): Host | undefined => {
  const direct = hostOf(target)
  if (direct) return direct
  const element: unknown = typeof target === 'object' && target !== null ? Reflect.get(target, '$$') : undefined
  for (let at = element instanceof Element ? element : null; at; at = at.parentElement) {
    const found = hostOfElement(at)
    if (found) return found
  }
  return undefined
}
