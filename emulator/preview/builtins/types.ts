// What a built-in component is to the runtime, and what it may ask of it. Types only.

import type { NicknameField } from '../../device/nickname'
import type { DeviceAnswer } from '../../device/port'
import type { PlainTarget } from '../runtime/events'

export type PropertyValue = string | number | boolean
export type Properties = Readonly<Record<string, PropertyValue>>

export interface Builtin {
  css: string
  /** Added when app.json says `"style": "v2"`. */
  cssV2?: string
  /** Properties that selectors may see: mirrored as attributes of the element. */
  reflect?: readonly string[]
  /** Called once per element, before its first `update`. */
  mount?(host: Host): Controls
}

export interface Controls {
  /** Called when it is made and whenever a property changes. */
  update?(properties: Properties): void
  /** What a form reads under its `name`. */
  value?(): unknown
  /** What a form's reset does. */
  reset?(): void
  /** What a tap on its label does. */
  activate?(): void
}

/** One element of a built-in. */
export interface Host {
  readonly tag: string
  /** Path of the page or component whose template it stands in. */
  readonly owner: string
  /** What events call it: `id` and `dataset` as the template has them. */
  target(): PlainTarget
  /** The `wx-…` element. */
  readonly element: HTMLElement
  readonly properties: Properties
  readonly platform: Platform
  /** The real element with this id in the template. */
  inner<E extends HTMLElement>(id: string, kind: new () => E): E
  set(values: Partial<Record<string, PropertyValue>>): void
  fire(event: string, detail?: unknown): void
  onTap(listener: (target: Host | undefined) => void): void
  /** Puts a class of the page (not of the built-in) on the element, or takes it off. */
  toggleClass(name: string, on: boolean): void
  /** The nearest element of this built-in that this one stands in. */
  closest(tag: string): Host | undefined
  /** Every built-in below this one, in document order. */
  below(): Host[]
  /** The element with this id in the same template. */
  sibling(id: string): Host | undefined
  readonly controls: Controls
}

/** What built-ins need of the world. */
export interface Platform {
  /** Asks the phone or the emulator; see Bridge.call. */
  call(op: string, args: unknown): Promise<DeviceAnswer>
  /** A tap on a button with these open-types, one of them at a time; see Buttons.tap. */
  tapButton(openType: string, args: object, together: readonly string[]): Promise<DeviceAnswer> | undefined
  /** What stands behind a field of the type `nickname`; `withdraw` takes the name above the keyboard away. */
  readonly nickname: NicknameField & { withdraw(): void }
  /** Where the browser finds a file of the mini-program (relative to `owner`), a temporary file, an `https:` picture. */
  resolveFile(src: string, owner: string): Promise<string>
  /** A finger tapped: handlers are about to hear of it. */
  tapped(): void
  navigate(openType: string, url: string, delta: number): void
  /** Something the developer must hear of. */
  complain(message: string): void
}
