// What a mini-program consists of: project.config.json, app.json, the pages, and every component they use.

import { dirname, join, posix, resolve } from 'node:path'
import type { ComponentConfig } from '../preview/program'
import { placeOfText } from './problems'
import { isRecord, type Sources, stringsOf, withExtension } from './sources'

export interface Part {
  /** Path from the root without extension: `pages/home/home`. */
  path: string
  isPage: boolean
  /** Absolute path of the script. */
  script: string
  /** page.json or component.json as written. */
  json: Record<string, unknown>
  config: ComponentConfig
}

export interface Project {
  /** Absolute path of miniprogramRoot. */
  root: string
  appJson: Record<string, unknown>
  appScript: string | undefined
  pages: string[]
  /** Components before the pages that use them. */
  parts: Map<string, Part>
}

const START = { line: 1, column: 1 }

/** Reads the project; what is wrong goes to `sources.problems`. */
export const readProject = (sources: Sources): Project => {
  const config = sources.json(join(sources.project, 'project.config.json'))
  const miniprogramRoot = config['miniprogramRoot']
  const root = resolve(sources.project, typeof miniprogramRoot === 'string' ? miniprogramRoot : '.')
  const appFile = join(root, 'app.json')
  const appJson = sources.json(appFile)
  const appScript = withExtension(sources, join(root, 'app'), ['.ts', '.js'])
  if (!appScript) sources.complain(join(root, 'app.ts'), START, 'this file is missing')

  const pages = pagesOf(appJson)
  if (pages.length === 0 && sources.problems.length === 0) sources.complain(appFile, START, '"pages" names no page')

  const parts = new Map<string, Part>()
  const visited = new Set<string>()
  const visit = (path: string, isPage: boolean, from: string): void => {
    // Global components belong to each other too: a circle is no mistake.
    if (visited.has(path)) return
    visited.add(path)
    const script = withExtension(sources, join(root, path), ['.ts', '.js'])
    const hasTemplate = sources.exists(join(root, `${path}.wxml`))
    if (!script || !hasTemplate) {
      const place = sources.exists(from) ? placeOfText(sources.read(from), basenameOf(path)) : START
      const missing = script ? '.wxml' : '.ts'
      sources.complain(from, place, `${isPage ? 'page' : 'component'} "${path}" has no ${missing} file`)
      return
    }
    const jsonFile = join(root, `${path}.json`)
    const json = sources.exists(jsonFile) ? sources.json(jsonFile) : {}
    if (!isPage && json['component'] !== true) {
      sources.complain(
        sources.exists(jsonFile) ? jsonFile : from,
        START,
        `"${path}" is used as a component: its .json needs "component": true`,
      )
    }
    const using: Record<string, string> = {}
    for (const [source, file, base] of [
      [appJson, appFile, ''],
      [json, jsonFile, path],
    ] as const) {
      for (const [tag, reference] of Object.entries(usingOf(source))) {
        const target = resolveComponent(sources, root, base, reference)
        if (target === undefined) {
          sources.complain(
            file,
            placeOfText(sources.read(file), `"${tag}"`),
            `component <${tag}> is not found at "${reference}"`,
          )
          continue
        }
        using[tag] = `/${target}`
        visit(target, false, file)
      }
    }
    parts.set(path, { path, isPage, script, json, config: configOf(json, isPage, using) })
  }
  for (const page of pages) visit(page, true, appFile)
  checkTabBar(sources, appFile, appJson, pages)
  return { root, appJson, appScript, pages, parts }
}

const basenameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const pagesOf = (appJson: Record<string, unknown>): string[] => {
  const packages = appJson['subPackages'] ?? appJson['subpackages']
  const inPackages = Array.isArray(packages)
    ? packages
        .filter(isRecord)
        .flatMap((it) => stringsOf(it['pages']).map((page) => posix.join(String(it['root']), page)))
    : []
  return [...stringsOf(appJson['pages']), ...inPackages]
}

const usingOf = (json: Record<string, unknown>): Record<string, string> => {
  const using = json['usingComponents']
  if (!isRecord(using)) return {}
  return Object.fromEntries(
    Object.entries(using).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

const resolveComponent = (sources: Sources, root: string, base: string, reference: string): string | undefined => {
  const candidates = reference.startsWith('/')
    ? [reference.slice(1)]
    : [
        posix.join(dirname(base || 'app'), reference),
        posix.join('miniprogram_npm', reference),
        posix.join('miniprogram_npm', reference, 'index'),
      ]
  return candidates.find((path) => !path.startsWith('..') && sources.exists(join(root, `${path}.json`)))
}

const configOf = (json: Record<string, unknown>, isPage: boolean, using: Record<string, string>): ComponentConfig => {
  const config: ComponentConfig = { ...json, usingComponents: using }
  // A page written with Component() would lose app.wxss: for pages the default is "shared" whatever made them.
  if (isPage && config.styleIsolation === undefined) config.styleIsolation = 'shared'
  return config
}

const checkTabBar = (sources: Sources, file: string, appJson: Record<string, unknown>, pages: string[]): void => {
  const bar = appJson['tabBar']
  if (!isRecord(bar)) return
  const list = Array.isArray(bar['list']) ? bar['list'].filter(isRecord) : []
  const text = sources.read(file)
  if (list.length < 2 || list.length > 5)
    sources.complain(file, placeOfText(text, '"tabBar"'), 'tabBar.list wants 2 to 5 tabs')
  if (bar['custom'] === true) sources.complain(file, placeOfText(text, '"custom"'), 'a custom tabBar is not emulated')
  for (const item of list) {
    const page = String(item['pagePath'])
    if (!pages.includes(page))
      sources.complain(file, placeOfText(text, `"${page}"`), `tabBar names "${page}", which is not in pages`)
    for (const key of ['iconPath', 'selectedIconPath']) {
      const icon = item[key]
      if (typeof icon !== 'string' || icon.startsWith('@')) continue
      if (!sources.exists(join(dirname(file), icon)))
        sources.complain(file, placeOfText(text, `"${icon}"`), `${key} "${icon}" is missing`)
    }
  }
}
