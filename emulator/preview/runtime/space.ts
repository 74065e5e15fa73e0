// The code space: built-ins, templates, configurations and style scopes of one program.

import {
  type AssociatedBackend,
  type CodeSpace,
  type glassEasel,
  MiniProgramEnv,
} from 'glass-easel-miniprogram-adapter'
import { registerBuiltins } from '../builtins/register'
import type { Platform } from '../builtins/types'
import type { Program } from '../program'
import { createBackend } from './backend'

export interface Space {
  space: CodeSpace
  backend: AssociatedBackend
  /** Runs `ready` of the components that were attached since; glass-easel leaves that to its host. */
  flushReady(): void
}

/**
 * `writeFieldsToNode: false`: a component's properties may be called `dataset` or `id`.
 * `useMethodCallerListeners`: handlers put on the instance later count too.
 * `writeIdToDOM`: ids stand in the document as `PREFIX--id`, which `#id` in WXSS is compiled to.
 */
const OPTIONS = { writeFieldsToNode: false, useMethodCallerListeners: true, writeIdToDOM: true }

export const createSpace = (program: Program, platform: Platform): Space => {
  const env = new MiniProgramEnv()
  const global = env.getGlobalCodeSpace()
  global.getComponentSpace().updateComponentOptions(OPTIONS)
  const builtins = registerBuiltins(global, program, platform)

  const space = env.createCodeSpace('', true)
  const components = space.getComponentSpace()
  components.updateComponentOptions(OPTIONS)
  for (const [tag, definition] of builtins) components.setGlobalUsingComponent(tag, definition)

  const attached: glassEasel.GeneralComponent[] = []
  const flushReady = (): void => {
    for (const component of attached.splice(0)) component.triggerLifetime('ready', [])
  }
  const overall = components
    .define()
    .lifetime('attached', function () {
      // Callers of the adapter hide the component under `_$`.
      attached.push((Reflect.get(this, '_$') ?? this) as glassEasel.GeneralComponent)
      // While a page opens its router flushes first; what comes later is ready once the current work is done.
      queueMicrotask(flushReady)
    })
    .registerBehavior()
  space.setOverallBehavior(overall as glassEasel.GeneralBehavior)

  addStyle('app', program.styles['app'])
  for (const [path, config] of Object.entries(program.configs)) {
    // The type of the framework's static configuration is narrower than what app authors may write.
    space.addComponentStaticConfig(path, config as Parameters<CodeSpace['addComponentStaticConfig']>[1])
    space.addCompiledTemplate(path, templateOf(program, path))
    const scope = program.scopes[path]
    if (scope !== undefined) space.addStyleSheet(path, undefined, scope)
    addStyle(path, program.styles[path])
  }
  return { space, backend: env.associateBackend(createBackend(platform)), flushReady }
}

/** One group serves all templates, because they include each other. */
export const templateOf = (program: Program, path: string): glassEasel.template.ComponentTemplate =>
  // Generated code: only glass-easel knows its shape.
  ({
    groupList: program.templates,
    content: program.templates[path],
  }) as unknown as glassEasel.template.ComponentTemplate

export const addStyle = (name: string, css: string | undefined): void => {
  if (!css) return
  const style = document.createElement('style')
  style.dataset['sheet'] = name
  style.textContent = css
  document.head.append(style)
}
