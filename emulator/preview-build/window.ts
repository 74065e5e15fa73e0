// The window of every page and the tab bar, in both themes: app.json, page.json and theme.json folded together.

import { join } from 'node:path'
import type { PageWindow, TabBar, Themed } from '../preview/program'
import { placeOfText } from './problems'
import type { Part, Project } from './project'
import { isRecord, type Sources } from './sources'

const DEFAULTS: PageWindow = {
  navigationBarTitleText: '',
  navigationBarBackgroundColor: '#000000',
  navigationBarTextStyle: 'white',
  navigationStyle: 'default',
  backgroundColor: '#ffffff',
  disableScroll: false,
  onReachBottomDistance: 50,
}

const TAB_BAR: Omit<TabBar, 'list'> = {
  color: '#7a7e83',
  selectedColor: '#3cc51f',
  backgroundColor: '#ffffff',
  borderStyle: 'black',
}

type Variables = Record<'light' | 'dark', Record<string, unknown>>

export interface Chrome {
  darkmode: boolean
  windows: Record<string, Themed<PageWindow>>
  tabBar?: Themed<TabBar>
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/ability/darkmode.html */
export const readChrome = (sources: Sources, project: Project): Chrome => {
  const appFile = join(project.root, 'app.json')
  const darkmode = project.appJson['darkmode'] === true
  const variables = readVariables(sources, project, appFile)

  const resolve = (file: string, theme: 'light' | 'dark', value: unknown): unknown => {
    if (typeof value !== 'string' || !value.startsWith('@')) return value
    const found = variables[theme][value.slice(1)]
    if (found === undefined) {
      const message = `"${value}" is not in the ${theme} part of theme.json`
      sources.complain(file, placeOfText(sources.read(file), `"${value}"`), message)
    }
    return found
  }

  const themed = <T>(make: (theme: 'light' | 'dark') => T): Themed<T> => ({
    light: make('light'),
    dark: make(darkmode ? 'dark' : 'light'),
  })

  const windowOf = (part: Part): Themed<PageWindow> =>
    themed((theme) => {
      const window: Record<string, unknown> = { ...DEFAULTS }
      const layers = [
        [appFile, isRecord(project.appJson['window']) ? project.appJson['window'] : {}],
        [join(project.root, `${part.path}.json`), part.json],
      ] as const
      for (const [file, layer] of layers) {
        for (const [key, fallback] of Object.entries(DEFAULTS)) {
          if (layer[key] === undefined) continue
          const value = resolve(file, theme, layer[key])
          if (value === undefined) continue
          if (typeof value !== typeof fallback) {
            sources.complain(file, placeOfText(sources.read(file), `"${key}"`), `"${key}" must be a ${typeof fallback}`)
            continue
          }
          window[key] = value
        }
      }
      for (const [file, layer] of layers) refusePullDown(sources, file, layer)
      // Each key has the type of its default: checked one by one above.
      return window as unknown as PageWindow
    })

  const windows = Object.fromEntries(
    [...project.parts.values()].filter((it) => it.isPage).map((it) => [it.path, windowOf(it)]),
  )
  const bar = project.appJson['tabBar']
  if (!isRecord(bar)) return { darkmode, windows }
  return { darkmode, windows, tabBar: themed((theme) => tabBarOf(bar, (value) => resolve(appFile, theme, value))) }
}

const tabBarOf = (bar: Record<string, unknown>, resolve: (value: unknown) => unknown): TabBar => {
  const text = (value: unknown, fallback: string): string => {
    const found = resolve(value)
    return typeof found === 'string' ? found : fallback
  }
  const list = Array.isArray(bar['list']) ? bar['list'].filter(isRecord) : []
  return {
    color: text(bar['color'], TAB_BAR.color),
    selectedColor: text(bar['selectedColor'], TAB_BAR.selectedColor),
    backgroundColor: text(bar['backgroundColor'], TAB_BAR.backgroundColor),
    borderStyle: text(bar['borderStyle'], TAB_BAR.borderStyle) === 'white' ? 'white' : 'black',
    list: list.map((item) => {
      const icon = text(item['iconPath'], '')
      const selected = text(item['selectedIconPath'], icon)
      const icons = icon ? { iconPath: icon, selectedIconPath: selected } : {}
      return { pagePath: text(item['pagePath'], ''), text: text(item['text'], ''), ...icons }
    }),
  }
}

const readVariables = (sources: Sources, project: Project, appFile: string): Variables => {
  const location = project.appJson['themeLocation']
  if (location === undefined) return { light: {}, dark: {} }
  if (typeof location !== 'string') {
    sources.complain(appFile, placeOfText(sources.read(appFile), '"themeLocation"'), '"themeLocation" must be a path')
    return { light: {}, dark: {} }
  }
  const theme = sources.json(join(project.root, location))
  const { light, dark } = theme
  return { light: isRecord(light) ? light : {}, dark: isRecord(dark) ? dark : {} }
}

/** Saying so beats a page that waits for a gesture nobody can make here. */
const refusePullDown = (sources: Sources, file: string, layer: Record<string, unknown>): void => {
  if (layer['enablePullDownRefresh'] !== true) return
  sources.complain(
    file,
    placeOfText(sources.read(file), '"enablePullDownRefresh"'),
    'pulling down to refresh is not emulated',
  )
}
