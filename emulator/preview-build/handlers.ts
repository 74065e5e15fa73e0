// Handlers that cannot exist: a name the template uses and no script of the component ever says.

import type { HandlerUse } from '../preview/program'
import type { Project } from './project'
import type { Sources } from './sources'

/**
 * A method may come from a behavior or be made by a helper, so only a name that appears in none of the scripts the
 * component reaches is an error here. What remains is checked against the real methods when the component registers.
 */
export const checkHandlers = (
  sources: Sources,
  { parts }: Project,
  handlers: Readonly<Record<string, HandlerUse[]>>,
  imports: ReadonlyMap<string, string[]>,
): void => {
  for (const part of parts.values()) {
    const scripts = reachable(part.script, imports)
    const missing = (handlers[part.path] ?? []).filter(
      ({ name }) => !scripts.some((file) => says(sources.read(file), name)),
    )
    for (const { file, line, column, attribute, name } of missing) {
      const message = `${attribute}="${name}": ${sources.name(part.script)} has no method "${name}"`
      sources.problems.push({ file, line, column, message })
    }
  }
}

const reachable = (script: string, imports: ReadonlyMap<string, string[]>): string[] => {
  const reached = new Set<string>()
  const reach = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const imported of imports.get(file) ?? []) reach(imported)
  }
  reach(script)
  return [...reached]
}

const says = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w$])${name.replace(/[$.*+?^{}()|[\]\\]/g, '\\$&')}(?![\\w$])`).test(text)
