// Runs the mini-program's scripts with Page, Component and Behavior in place, and checks what they registered.

import type { CodeSpace, glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Program } from '../program'
import type { Faults } from './faults'

/** What a script passes to Page, Component or Behavior. */
type Definition = Record<string, unknown>
type Register = (definition: Definition) => unknown

/** `wx://form-field` and its kin: names in user code, nothing the framework knows. */
const FIELD_BEHAVIORS = ['wx://form-field', 'wx://form-field-group', 'wx://form-field-button', 'wx://component-export']

/** Runs the script of every part; one that throws is reported and the others still run. */
export const runScripts = (program: Program, space: CodeSpace, faults: Faults): void => {
  const known = space.componentEnv('~wx', ({ Behavior }) => {
    const field = Behavior({ properties: { name: String, value: { type: null, value: '' } } })
    return new Map<unknown, unknown>(
      FIELD_BEHAVIORS.map((name) => [name, name === 'wx://form-field' ? field : Behavior({})]),
    )
  })
  const withBehaviors = (definition: Definition): Definition => {
    const { behaviors } = definition
    if (!Array.isArray(behaviors)) return definition
    return { ...definition, behaviors: behaviors.map((it: unknown) => known.get(it) ?? it) }
  }

  for (const [path, run] of program.scripts) {
    faults.guard(path, () =>
      space.componentEnv(path, (env) => {
        const global: Record<string, unknown> = globalThis as never
        const register =
          (make: unknown): Register =>
          (definition) =>
            (make as Register)(withBehaviors(definition ?? {}))
        const before = { Page: global['Page'], Component: global['Component'], Behavior: global['Behavior'] }
        Object.assign(global, {
          Page: register(env.Page),
          Component: register(env.Component),
          Behavior: register(env.Behavior),
        })
        try {
          run()
        } finally {
          Object.assign(global, before)
        }
      }),
    )
    checkRegistered(program, space, faults, path)
  }
}

/** A page without Page(), or a template that names a method nobody wrote, is told at once and not at the tap. */
const checkRegistered = (program: Program, space: CodeSpace, faults: Faults, path: string): void => {
  const definition = space.getComponentSpace().getComponentByUrlWithoutDefault(path, '')
  const kind = program.pages.includes(path) ? 'Page()' : 'Component()'
  if (!definition) {
    faults.report({ message: `${path} did not call ${kind}`, at: { file: `${path}.ts`, line: 1, column: 1 } })
    return
  }
  const methods = methodsOf(definition)
  for (const { name, attribute, file, line, column } of program.handlers[path] ?? []) {
    if (name in methods) continue
    faults.report({ message: `${attribute}="${name}": "${path}" has no method "${name}"`, at: { file, line, column } })
  }
}

const methodsOf = (definition: glassEasel.GeneralComponentDefinition): object => {
  const behavior = definition.behavior
  behavior.prepare()
  return behavior.getMethods()
}
