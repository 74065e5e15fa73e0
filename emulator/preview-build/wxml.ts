// WXML to code: every template of the project through glass-easel's compiler, its warnings taken as errors.

import { join, posix } from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import { BUILTIN_TAGS, BUILTINS, builtinPath } from '../preview/builtins/catalogue'
import type { HandlerUse } from '../preview/program'
import { placeOfText } from './problems'
import type { Part, Project } from './project'
import { isRecord, type Sources, stringsOf } from './sources'
import { checkElements, handlersOf } from './wxml-check'
import { toScript, wxsRequires } from './wxs'

export interface Templates {
  /** A JavaScript expression: an object of template groups by path. */
  code: string
  handlers: Record<string, HandlerUse[]>
}

export const compileTemplates = (sources: Sources, { root, parts }: Project): Templates => {
  // The development flavour keeps attribute names for error messages.
  const group = TmplGroup.newDev()
  const added = new Set<string>()
  const scripts = new Set<string>()

  const addScript = (path: string, from: string): void => {
    if (scripts.has(path)) return
    scripts.add(path)
    const file = join(root, path.replace(/(?:\.wxs)?$/, '.wxs'))
    if (!sources.exists(file)) {
      sources.complain(from, placeOfText(sources.read(from), posix.basename(path)), `wxs "${path}" is missing`)
      return
    }
    const code = sources.read(file)
    group.addScript(path, toScript(code))
    for (const required of wxsRequires(code, path)) addScript(required, file)
  }

  const addTemplate = (path: string, from: string): void => {
    if (added.has(path)) return
    added.add(path)
    const file = join(root, `${path}.wxml`)
    if (!sources.exists(file)) {
      sources.complain(
        from,
        placeOfText(sources.read(from), posix.basename(path)),
        `template "${path}.wxml" is missing`,
      )
      return
    }
    const warnings: unknown = group.addTmpl(path, sources.read(file))
    for (const warning of Array.isArray(warnings) ? warnings.filter(isRecord) : []) {
      // The compiler counts lines and columns from 0.
      const place = { line: Number(warning['startLine']) + 1, column: Number(warning['startColumn']) + 1 }
      sources.complain(file, place, String(warning['message']))
    }
    for (const dependency of stringsOf(group.getDirectDependencies(path))) addTemplate(dependency, file)
    for (const script of stringsOf(group.getScriptDependencies(path))) addScript(script, file)
    for (const module of stringsOf(group.getInlineScriptModuleNames(path))) {
      const code = group.getInlineScript(path, module)
      for (const required of wxsRequires(code, path)) addScript(required, file)
      group.setInlineScript(path, module, toScript(code))
    }
  }

  const handlers: Record<string, HandlerUse[]> = {}
  try {
    for (const part of parts.values()) {
      addTemplate(part.path, join(root, `${part.path}.wxml`))
      handlers[part.path] = checkPart(sources, root, part, (path) => stringsOf(group.getDirectDependencies(path)))
    }
    for (const tag of BUILTIN_TAGS) group.addTmpl(builtinPath(tag), BUILTINS[tag].wxml)
    return { code: group.getTmplGenObjectGroups(), handlers }
  } finally {
    group.free()
  }
}

/** Checks a part's template together with the templates it imports: those use its components and its methods. */
const checkPart = (
  sources: Sources,
  root: string,
  part: Part,
  dependenciesOf: (path: string) => string[],
): HandlerUse[] => {
  const reached = new Set<string>()
  const reach = (path: string): void => {
    if (reached.has(path) || !sources.exists(join(root, `${path}.wxml`))) return
    reached.add(path)
    for (const dependency of dependenciesOf(path)) reach(dependency)
  }
  reach(part.path)
  const generics = isRecord(part.json['componentGenerics']) ? Object.keys(part.json['componentGenerics']) : []
  const using = { ...part.config.usingComponents, ...Object.fromEntries(generics.map((name) => [name, name])) }
  return [...reached].flatMap((path) => {
    const file = join(root, `${path}.wxml`)
    checkElements(sources, file, using)
    return handlersOf(sources, file)
  })
}
