// The stack of pages: which one is seen, and in which order each hears of it.

import type { AssociatedBackend, CodeSpace } from 'glass-easel-miniprogram-adapter'
import type { ShownPage } from '../bridge'
import type { PageWindow, Program, Themed } from '../program'
import type { Faults } from './faults'
import { createPage, type OpenPage } from './page'
import { parseUrl } from './url'

export interface Router {
  readonly stack: readonly OpenPage[]
  navigateTo(url: string): void
  redirectTo(url: string): void
  navigateBack(delta?: number): void
  switchTab(url: string): void
  reLaunch(url: string): void
  /** A tab was tapped in the phone's bar. */
  tapTab(index: number): void
  /** Tells the phone what to draw around the page. */
  paint(): void
}

/** WeChat keeps at most ten pages open. */
const MAX_STACK = 10

export interface RouterPorts {
  program: Program
  space: CodeSpace
  backend: AssociatedBackend
  faults: Faults
  /** Runs the `ready` of every component that has come since. */
  flushReady: () => void
  theme: () => keyof Themed<unknown>
  show: (page: ShownPage) => void
}

/** Methods throw an Error whose message is what WeChat puts behind `navigateTo:fail `. */
export const createRouter = (ports: RouterPorts): Router => {
  const { program } = ports
  const tabs = program.tabBar?.light.list.map((it) => it.pagePath) ?? []
  /** Tabs stay alive while another one is seen. */
  const keptTabs = new Map<string, OpenPage>()
  let stack: OpenPage[] = []
  const top = (): OpenPage | undefined => stack[stack.length - 1]

  const target = (url: string) => {
    const parsed = parseUrl(url, top()?.path)
    if (!program.pages.includes(parsed.path)) throw new Error(`page "${parsed.path}" is not found`)
    return parsed
  }

  const open = (url: string): OpenPage => {
    const { path, query } = target(url)
    const page = createPage(ports, path, query)
    stack.push(page)
    page.load()
    router.paint()
    page.show()
    page.ready()
    router.paint()
    return page
  }

  const showTop = (): void => {
    router.paint()
    top()?.show()
  }

  listenForScroll(top, (page) => program.windows[page.path]?.light.onReachBottomDistance ?? 0)

  const router: Router = {
    get stack() {
      return stack
    },
    paint() {
      const page = top()
      if (!page) return
      const theme = ports.theme()
      const window: PageWindow | undefined = program.windows[page.path]?.[theme]
      if (!window) return
      const tabBar = tabs.includes(page.path) ? program.tabBar?.[theme] : undefined
      const shown = { path: page.path, stack: stack.map((it) => it.path), window, ready: page.isReady() }
      ports.show(tabBar ? { ...shown, tabBar } : shown)
    },
    navigateTo(url) {
      const { path } = target(url)
      if (tabs.includes(path)) throw new Error('can not navigateTo a tabbar page')
      if (stack.length >= MAX_STACK) throw new Error(`webview count limit exceed`)
      top()?.hide()
      open(url)
    },
    redirectTo(url) {
      const { path } = target(url)
      if (tabs.includes(path)) throw new Error('can not redirectTo a tabbar page')
      stack.pop()?.unload()
      open(url)
    },
    navigateBack(delta = 1) {
      if (stack.length < 2) throw new Error('cannot navigate back at first page.')
      const count = Math.min(Math.max(1, Math.trunc(delta)), stack.length - 1)
      for (const page of stack.splice(stack.length - count).reverse()) page.unload()
      showTop()
    },
    switchTab(url) {
      const { path } = target(url)
      if (!tabs.includes(path)) throw new Error('can not switch to no-tabBar page')
      if (top()?.path === path) return
      const [below, ...above] = stack
      for (const page of above.reverse()) page.unload()
      if (below && tabs.includes(below.path)) {
        if (above.length === 0) below.hide()
        keptTabs.set(below.path, below)
      } else {
        below?.unload()
      }
      const kept = keptTabs.get(path)
      stack = kept ? [kept] : []
      if (kept) showTop()
      else keptTabs.set(path, open(url))
    },
    reLaunch(url) {
      target(url)
      const leaving = new Set([...stack].reverse().concat([...keptTabs.values()]))
      const base = top()?.path
      stack = []
      keptTabs.clear()
      for (const page of leaving) page.unload()
      const page = open(absolute(url, base))
      if (tabs.includes(page.path)) keptTabs.set(page.path, page)
    },
    tapTab(index) {
      const item = program.tabBar?.light.list[index]
      if (!item) return
      router.switchTab(`/${item.pagePath}`)
      top()?.call('onTabItemTap', { index: String(index), pagePath: item.pagePath, text: item.text })
    },
  }
  return router
}

const absolute = (url: string, base: string | undefined): string => {
  const cut = url.indexOf('?')
  return `/${parseUrl(url, base).path}${cut < 0 ? '' : url.slice(cut)}`
}

/** onPageScroll at every step, onReachBottom once per arrival. */
const listenForScroll = (top: () => OpenPage | undefined, distanceOf: (page: OpenPage) => number): void => {
  let wasAtBottom = false
  window.addEventListener(
    'scroll',
    () => {
      const page = top()
      if (!page) return
      page.call('onPageScroll', { scrollTop: window.scrollY })
      const rest = document.documentElement.scrollHeight - window.innerHeight - window.scrollY
      const isAtBottom = rest <= distanceOf(page)
      if (isAtBottom && !wasAtBottom) page.call('onReachBottom')
      wasAtBottom = isAtBottom
    },
    { passive: true },
  )
}
