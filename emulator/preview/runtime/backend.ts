// How glass-easel reaches the document: elements of its own names, rpx in inline styles, taps and long presses.

import { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Platform } from '../builtins/types'

const toVw = (style: string): string =>
  style.replace(/(?<![\w#-])(-?\d*\.?\d+)rpx\b/g, (_, count: string) => `${Number(count) / 7.5}vw`)

/** `n-input` is a real HTML element, everything else is `wx-…`, so that no style of the browser's gets in. */
const createElement = (tag: string): HTMLElement => {
  const element = document.createElement(tag.startsWith('n-') ? tag.slice(2) : `wx-${tag}`)
  const set = element.setAttribute
  element.setAttribute = (name: string, value: string) =>
    set.call(element, name, name === 'style' ? toVw(String(value)) : value)
  return element
}

const LONG_PRESS_MS = 350

export const createBackend = ({ tapped }: Pick<Platform, 'tapped'>): glassEasel.CurrentWindowBackendContext => {
  const backend = new glassEasel.CurrentWindowBackendContext()
  // The framework's Element is a structural subset of the real one that the compiler cannot match by itself.
  backend.document = {
    createElement,
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  } as unknown as typeof backend.document
  backend.onEvent((target, type, detail, options) => {
    if (isSwallowed(type, options.originalEvent)) return undefined
    if (type === 'tap') tapped()
    const event = new glassEasel.Event(type, detail, options)
    glassEasel.Event.dispatchEvent(target, event)
    return event.getEventBubbleStatus()
  })
  listenForLongPress()
  return backend
}

/** A disabled button takes the tap and tells nobody, neither the page nor what it stands in. */
const isSwallowed = (type: string, original: unknown): boolean =>
  /^(?:tap|long)/.test(type) &&
  original instanceof Event &&
  original.target instanceof Element &&
  original.target.closest('wx-button[disabled]') !== null

/** The node of the framework that this element of the document belongs to, or the nearest above it. */
export const nodeOf = (start: EventTarget | null): glassEasel.Element | undefined => {
  let element = start instanceof Element ? start : null
  while (element) {
    const node: unknown = Reflect.get(element, '__wxElement')
    // Put there by the framework's backend.
    if (node) return node as glassEasel.Element
    element = element.parentElement
  }
  return undefined
}

const listenForLongPress = (): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = (): void => clearTimeout(timer)
  document.addEventListener(
    'pointerdown',
    (event) => {
      cancel()
      timer = setTimeout(() => {
        const node = nodeOf(event.target)
        const options = { bubbles: true, composed: true, capturePhase: true, originalEvent: event }
        const detail = { x: event.clientX, y: event.clientY }
        if (!node || isSwallowed('longpress', event)) return
        for (const type of ['longpress', 'longtap']) {
          glassEasel.Event.dispatchEvent(node, new glassEasel.Event(type, detail, options))
        }
      }, LONG_PRESS_MS)
    },
    true,
  )
  for (const type of ['pointerup', 'pointermove', 'pointercancel']) document.addEventListener(type, cancel, true)
}
