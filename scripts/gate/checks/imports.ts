// Imports that only a bundler would forgive: WeChat compiles each file alone and finds modules by their exact path.

import { dirname, relative, resolve, sep } from 'node:path'
import { parse } from '@babel/parser'
import type { CallExpression, Node, Statement } from '@babel/types'
import type { Finding } from '../finding'
import type { Place } from '../json-places'
import { findingIn, type MiniProgram } from '../mini-program'

interface Import {
  target: string
  place: Place
}

export const checkImports = (mini: MiniProgram): Finding[] => {
  const scripts = mini.files.filter((file) => /\.(?:ts|js)$/.test(file) && !file.endsWith('.d.ts'))
  return scripts.flatMap((file) => {
    const imports = valueImports(mini.sources.read(file))
    if ('mistake' in imports) return [findingIn('imports', mini.sources)(file, imports.place, imports.mistake)]
    return imports.list.flatMap(({ target, place }) => {
      const message = refuse(mini, file, target)
      return message ? [findingIn('imports', mini.sources)(file, place, message)] : []
    })
  })
}

const refuse = ({ root, sources }: MiniProgram, from: string, target: string): string | undefined => {
  const isBare = !target.startsWith('.') && !target.startsWith('/')
  const base = target.startsWith('/') ? resolve(root, `.${target}`) : resolve(dirname(from), target)
  if (isBare) return bareRefusal(root, sources.exists, from, target)
  if (relative(root, base).split(sep)[0] === '..') {
    return `"${target}" lies outside of miniprogramRoot: only types may come from there (import type)`
  }
  if ([base, `${base}.ts`, `${base}.js`, `${base}.json`].some(sources.exists)) return undefined
  if ([`${base}/index.ts`, `${base}/index.js`].some(sources.exists)) {
    return `"${target}" is a folder: WeChat's analyser does not look into it, write "${target.replace(/\/$/, '')}/index"`
  }
  return `"${target}" is not found`
}

/** A package is found in miniprogram_npm, or beside the file when it is written without "./". */
const bareRefusal = (
  root: string,
  exists: (file: string) => boolean,
  from: string,
  target: string,
): string | undefined => {
  const npm = resolve(root, 'miniprogram_npm', target)
  if ([`${npm}.js`, `${npm}/index.js`].some(exists)) return undefined
  const beside = resolve(dirname(from), target)
  if ([`${beside}.ts`, `${beside}.js`].some(exists)) return `"${target}": write "./${target}"`
  return `"${target}" is a package that is not in miniprogram_npm`
}

const valueImports = (text: string): { list: Import[] } | { mistake: string; place: Place } => {
  try {
    const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] })
    return { list: [...program.body.flatMap(fromStatement), ...requiresIn(program)] }
  } catch (thrown) {
    const loc: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'loc') : undefined
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    const place =
      typeof loc === 'object' && loc !== null
        ? { line: Number(Reflect.get(loc, 'line')), column: Number(Reflect.get(loc, 'column')) + 1 }
        : { line: 1, column: 1 }
    return { mistake: message, place }
  }
}

const placeOfNode = ({ loc }: Node): Place => ({ line: loc?.start.line ?? 1, column: (loc?.start.column ?? 0) + 1 })

/** `import type` and `import { type A }` leave no trace in what is compiled; everything else does. */
const fromStatement = (statement: Statement): Import[] => {
  if (statement.type === 'ImportDeclaration') {
    const { specifiers, importKind, source } = statement
    const isOnlyTypes =
      specifiers.length > 0 && specifiers.every((it) => it.type === 'ImportSpecifier' && it.importKind === 'type')
    return importKind === 'type' || isOnlyTypes ? [] : [{ target: source.value, place: placeOfNode(source) }]
  }
  if (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportAllDeclaration') {
    const { source, exportKind } = statement
    if (!source || exportKind === 'type') return []
    const isOnlyTypes =
      statement.type === 'ExportNamedDeclaration' &&
      statement.specifiers.length > 0 &&
      statement.specifiers.every((it) => it.type === 'ExportSpecifier' && it.exportKind === 'type')
    return isOnlyTypes ? [] : [{ target: source.value, place: placeOfNode(source) }]
  }
  return []
}

/** `require('…')` and `import('…')`, wherever they stand. */
const requiresIn = (root: Node): Import[] => {
  const found: Import[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item)
      return
    }
    if (typeof value !== 'object' || value === null || !('type' in value)) return
    if (value.type === 'CallExpression') {
      const target = requiredBy(value as CallExpression)
      if (target) found.push(target)
    }
    for (const inner of Object.values(value)) walk(inner)
  }
  walk(root)
  return found
}

const requiredBy = ({ callee, arguments: [first] }: CallExpression): Import | undefined => {
  const isRequire = callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require')
  return isRequire && first?.type === 'StringLiteral' ? { target: first.value, place: placeOfNode(first) } : undefined
}
