// Makes glass-easel components of the built-ins.

import type { CodeSpace, glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Program } from '../program'
import { targetOf } from '../runtime/events'
import { addStyle, templateOf } from '../runtime/space'
import { button } from './button'
import { ARIA, BUILTIN_TAGS, BUILTINS, type BuiltinTag, builtinPath, camel, refuseValue } from './catalogue'
import { form } from './form'
import { createHost, hostOf } from './host'
import { icon } from './icon'
import { image } from './image'
import { input } from './input'
import { label } from './label'
import { navigator } from './navigator'
import { openData } from './open-data'
import { scrollView } from './scroll-view'
import { switchToggle } from './switch'
import { text } from './text'
import type { Builtin, Platform } from './types'
import { view } from './view'

const ALL: Record<BuiltinTag, Builtin> = {
  view,
  text,
  image,
  icon,
  button,
  input,
  'open-data': openData,
  form,
  label,
  switch: switchToggle,
  'scroll-view': scrollView,
  navigator,
}

/** Scope of the classes inside built-ins: `wxb--spinner`. */
const SCOPE = 'wxb'

const BASE_CSS = `
wx-page{display:flow-root;min-height:100%;overflow-wrap:break-word}
[hidden]{display:none!important}
html,body{margin:0;height:100%;-webkit-tap-highlight-color:transparent;-webkit-text-size-adjust:100%;scrollbar-width:none}
body{font-family:var(--phone-font);font-size:16px;line-height:normal}
.page-holder{height:100%}
`

/** Registers all of them in the global space; answers with the definitions by tag. */
export const registerBuiltins = (
  space: CodeSpace,
  program: Program,
  platform: Platform,
): Array<[tag: string, definition: glassEasel.GeneralComponentDefinition]> => {
  addStyle('base', BASE_CSS)
  return BUILTIN_TAGS.map((tag) => {
    const path = builtinPath(tag)
    const builtin = ALL[tag]
    addStyle(path, program.style === 'v2' ? builtin.css + (builtin.cssV2 ?? '') : builtin.css)
    space.addComponentStaticConfig(path, { component: true, usingComponents: {} })
    space.addStyleSheet(path, undefined, SCOPE)
    space.addCompiledTemplate(path, templateOf(program, path))
    return [tag, define(space, path, tag, builtin, platform)]
  })
}

const define = (
  space: CodeSpace,
  path: string,
  tag: BuiltinTag,
  builtin: Builtin,
  platform: Platform,
): glassEasel.GeneralComponentDefinition => {
  const { properties: own, inert = [] } = BUILTINS[tag]
  const typed = Object.entries({ ...own, hidden: false }).map(([name, value]) => {
    const type = typeof value === 'string' ? String : typeof value === 'number' ? Number : Boolean
    return [name, { type, value }]
  })
  const untyped = [...inert, ...ARIA.map(ariaProperty)].map((name) => [name, { type: null }])
  const properties = Object.fromEntries([...typed, ...untyped])
  const update = (component: glassEasel.GeneralComponent): void => {
    const host = hostOf(component)
    if (!host) return
    for (const [name, value] of Object.entries(host.properties)) {
      const isDefault = value === BUILTINS[tag].properties[name]
      const refusal = typeof value === 'string' && !isDefault && refuseValue(tag, name, value)
      if (refusal) platform.complain(refusal)
    }
    for (const name of ARIA) reflectAria(host.element, name, host.properties[ariaProperty(name)])
    host.element.toggleAttribute('hidden', host.properties['hidden'] === true)
    for (const name of builtin.reflect ?? []) reflect(host.element, name, host.properties[name])
    host.controls.update?.(host.properties)
  }
  const registered = space
    .component(path)
    .definition({
      properties,
      observers: {
        '**'() {
          update(componentOf(this))
        },
      },
      lifetimes: {
        created() {
          const component = componentOf(this)
          createHost(component, tag, builtin, platform, targetOf)
          update(component)
        },
      },
    })
    .register()
  // The adapter keeps the definition under a field that its types hide.
  return Reflect.get(registered, '_$') as glassEasel.GeneralComponentDefinition
}

const reflect = (element: HTMLElement, name: string, value: unknown): void => {
  if (value === false || value === undefined) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

const ariaProperty = (name: string): string => camel(`aria-${name}`)

/** WeChat says `aria-role` where HTML says `role`; `false` is a value here, not an absence. */
const reflectAria = (element: HTMLElement, name: (typeof ARIA)[number], value: unknown): void => {
  const attribute = name === 'role' ? 'role' : `aria-${name}`
  if (value === undefined || value === null || value === '') element.removeAttribute(attribute)
  else element.setAttribute(attribute, String(value))
}

/** A component's caller hides the component under `_$`. */
const componentOf = (caller: object): glassEasel.GeneralComponent =>
  Reflect.get(caller, '_$') as glassEasel.GeneralComponent
