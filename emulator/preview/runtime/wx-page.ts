// The part of `wx` that is about pages and the screen.

import { createInfo } from '../../device/info'
import { invoke, type Options } from '../../device/invoke'
import type { Runtime } from '../../device/runtime'
import type { Screen } from '../bridge'
import type { AppLife, LaunchOptions } from './app'
import type { Router } from './router'

export interface PageApiPorts {
  router(): Router
  app: AppLife
  screen: Screen
  launch: LaunchOptions
  theme: Theme
}

/** The theme the page knows of; undefined without `darkmode`. */
export interface Theme {
  current(): 'light' | 'dark' | undefined
  onChange(listener: (theme: 'light' | 'dark') => void): () => void
}

export const pageSince: Readonly<Record<string, string>> = {
  reLaunch: '1.1.0',
  createSelectorQuery: '1.4.0',
  pageScrollTo: '1.4.0',
  createIntersectionObserver: '1.9.3',
  getMenuButtonBoundingClientRect: '2.1.0',
  getLaunchOptionsSync: '2.1.2',
  onAppShow: '2.1.2',
  offAppShow: '2.1.2',
  onAppHide: '2.1.2',
  offAppHide: '2.1.2',
  onError: '2.1.2',
  offError: '2.1.2',
  getEnterOptionsSync: '2.9.4',
  onUnhandledRejection: '2.10.0',
  offUnhandledRejection: '2.10.0',
  onThemeChange: '2.11.0',
  offThemeChange: '2.11.0',
  getWindowInfo: '2.20.1',
  getAppBaseInfo: '2.20.1',
}

/** To be spread over the device's own: what is known better here replaces it. */
export const createPageApis = (ports: PageApiPorts, runtime: Runtime): Record<string, unknown> => {
  const { router, app, screen, launch, theme } = ports
  const info = createInfo(runtime)
  const top = () => router().stack[router().stack.length - 1]?.instance
  const url = (options: Options): string => String(options['url'] ?? '')
  const api = (name: string, work: (options: Options) => void) => (given?: unknown) =>
    invoke(runtime, name, given, async (options) => {
      work(options)
      return {}
    })
  const appBaseInfo = () => {
    const { theme: _ofTheHandset, ...rest } = info.getAppBaseInfo()
    const current = theme.current()
    return current ? { ...rest, theme: current } : rest
  }
  const systemInfo = () => {
    const { theme: _ofTheHandset, ...rest } = info.getSystemInfoSync()
    return { ...rest, ...windowInfo(screen), ...appBaseInfo() }
  }
  const themes = subscriptions<(change: { theme: string }) => void>((tell) =>
    theme.onChange((current) => tell({ theme: current })),
  )
  return {
    navigateTo: api('navigateTo', (options) => router().navigateTo(url(options))),
    redirectTo: api('redirectTo', (options) => router().redirectTo(url(options))),
    switchTab: api('switchTab', (options) => router().switchTab(url(options))),
    reLaunch: api('reLaunch', (options) => router().reLaunch(url(options))),
    navigateBack: api('navigateBack', (options) => router().navigateBack(Number(options['delta'] ?? 1))),
    pageScrollTo: api('pageScrollTo', ({ scrollTop = 0, duration }) => {
      window.scrollTo({ top: Number(scrollTop), behavior: duration === 0 ? 'auto' : 'smooth' })
    }),
    createSelectorQuery: () => callOn(top(), 'createSelectorQuery'),
    createIntersectionObserver: (component: unknown, options: unknown) =>
      callOn(component, 'createIntersectionObserver', options),
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    getAppBaseInfo: appBaseInfo,
    getWindowInfo: () => windowInfo(screen),
    getSystemInfoSync: systemInfo,
    getSystemInfo: (given?: unknown) => invoke(runtime, 'getSystemInfo', given, async () => systemInfo()),
    getMenuButtonBoundingClientRect: () => capsule(screen),
    onThemeChange: themes.on,
    offThemeChange: themes.off,
    ...app.apis,
  }
}

/** Twins of on… and off…: without an argument off… forgets every listener. */
const subscriptions = <F extends (argument: never) => void>(
  follow: (tell: (argument: Parameters<F>[0]) => void) => void,
): { on(listener: F): void; off(listener?: F): void } => {
  const listeners = new Set<F>()
  follow((argument) => {
    for (const listener of [...listeners]) listener(argument as never)
  })
  return {
    on: (listener) => void listeners.add(listener),
    off(listener) {
      if (listener) listeners.delete(listener)
      else listeners.clear()
    },
  }
}

const callOn = (instance: unknown, method: string, ...args: unknown[]): unknown => {
  const found: unknown = typeof instance === 'object' && instance !== null ? Reflect.get(instance, method) : undefined
  if (typeof found !== 'function') throw new Error(`${method}: there is no page`)
  return Reflect.apply(found, instance, args)
}

const capsule = ({ width: screenWidth, statusBarHeight }: Screen) => {
  const [width, height, right, top] = [87, 32, screenWidth - 7, statusBarHeight + 6]
  return { width, height, left: right - width, right, top, bottom: top + height }
}

const windowInfo = ({ width, height, statusBarHeight, bottomInset }: Screen) => ({
  pixelRatio: window.devicePixelRatio,
  screenWidth: width,
  screenHeight: height,
  windowWidth: window.innerWidth,
  windowHeight: window.innerHeight,
  statusBarHeight,
  screenTop: height - window.innerHeight,
  safeArea: {
    left: 0,
    right: width,
    width,
    top: statusBarHeight,
    bottom: height - bottomInset,
    height: height - bottomInset - statusBarHeight,
  },
})
