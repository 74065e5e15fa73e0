// What a handler receives: a plain event, as WeChat gives it, not the framework's living one.

import { glassEasel } from 'glass-easel-miniprogram-adapter'

/** `target` and `currentTarget` of an event in a mini-program. */
export interface PlainTarget {
  id: string
  dataset: Record<string, unknown>
  offsetLeft: number
  offsetTop: number
}

type Wrapped = ReturnType<glassEasel.Event<unknown>['wrapShadowedEvent']>

const targets = new WeakMap<object, unknown>()

/** The framework's node that an event came from; plain events do not show it. */
export const targetOf = (event: object): unknown => targets.get(event)

export const plainTarget = (caller: unknown): PlainTarget => {
  const node = innerNode(caller)
  const element: unknown = node && Reflect.get(node, '$$')
  const isElement = element instanceof HTMLElement
  return {
    id: String((node && Reflect.get(node, 'id')) ?? ''),
    dataset: { ...((node && Reflect.get(node, 'dataset')) ?? {}) },
    offsetLeft: isElement ? element.offsetLeft : 0,
    offsetTop: isElement ? element.offsetTop : 0,
  }
}

/** A component's handlers see its caller; the node stands behind it under `_$`. */
const innerNode = (caller: unknown): object | undefined => {
  if (typeof caller !== 'object' || caller === null) return undefined
  const inner: unknown = Reflect.get(caller, '_$')
  return typeof inner === 'object' && inner !== null ? inner : caller
}

/** Call once, before anything renders. */
export const makeEventsPlain = (): void => {
  const wrap = glassEasel.Event.prototype.wrapShadowedEvent
  glassEasel.Event.prototype.wrapShadowedEvent = function (target, mark, current) {
    const event: Wrapped = wrap.call(this, target, mark, current)
    targets.set(event, target)
    // Own fields, so that the event can be copied and turned to JSON.
    const own: Record<string, unknown> = {
      type: this.type,
      timeStamp: this.timeStamp,
      detail: this.detail,
      target: plainTarget(target),
      currentTarget: plainTarget(current),
      mark: mark ?? {},
      ...touchesOf(this.type, this.getOriginalEvent()),
    }
    return Object.assign(event, own)
  }
}

const touchesOf = (type: string, original: unknown): Record<string, unknown> => {
  if (!/^(?:tap|touch|long)/.test(type)) return {}
  const list = touchList(original)
  return list.length > 0 ? { touches: list, changedTouches: list } : {}
}

const touchList = (original: unknown): object[] => {
  const point = (at: MouseEvent | Touch, identifier: number) => ({
    identifier,
    pageX: at.pageX,
    pageY: at.pageY,
    clientX: at.clientX,
    clientY: at.clientY,
  })
  if (original instanceof MouseEvent) return [point(original, 0)]
  if (typeof TouchEvent !== 'undefined' && original instanceof TouchEvent) {
    return [...original.changedTouches].map((touch) => point(touch, touch.identifier))
  }
  return []
}
