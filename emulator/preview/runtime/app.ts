// App(), getApp() and the app's own life: onLaunch, onShow, onHide, onError, onUnhandledRejection.

import type { Faults } from './faults'

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: object
}

export interface AppLife {
  launch(options: LaunchOptions): void
  show(options: LaunchOptions): void
  hide(): void
  /** wx.onAppShow, wx.offAppShow … */
  readonly apis: Record<string, unknown>
}

type Moment = 'AppShow' | 'AppHide' | 'Error' | 'UnhandledRejection'
type Listener = (argument: unknown) => void

/** Puts App and getApp on the global object. */
export const installApp = (faults: Faults): AppLife => {
  let app: Record<string, unknown> = {}
  let wasCalled = false
  const listeners: Record<Moment, Set<Listener>> = {
    AppShow: new Set(),
    AppHide: new Set(),
    Error: new Set(),
    UnhandledRejection: new Set(),
  }
  Object.assign(globalThis, {
    App(definition: Record<string, unknown>) {
      if (wasCalled) throw new Error('App() may be called once')
      wasCalled = true
      // The object itself becomes the app: fields that onLaunch sets are what getApp() shows.
      app = definition
    },
    getApp: () => app,
  })
  const call = (method: string, argument?: unknown): void => {
    const found = app[method]
    if (typeof found === 'function') faults.guard(`app ${method}`, () => Reflect.apply(found, app, [argument]))
  }
  const tell = (moment: Moment, argument?: unknown): void => {
    for (const listener of [...listeners[moment]]) faults.guard(`wx.on${moment}`, () => listener(argument))
  }
  faults.onThrown((error, isRejection) => {
    if (isRejection) {
      const rejection = { reason: error, promise: Promise.resolve() }
      call('onUnhandledRejection', rejection)
      tell('UnhandledRejection', rejection)
    } else {
      const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
      call('onError', text)
      tell('Error', text)
    }
  })
  const moments = Object.keys(listeners) as Moment[]
  const apis = moments.flatMap(
    (moment): Array<[string, unknown]> => [
      [`on${moment}`, (listener: Listener) => void listeners[moment].add(listener)],
      [
        `off${moment}`,
        (listener?: Listener) => (listener ? void listeners[moment].delete(listener) : listeners[moment].clear()),
      ],
    ],
  )
  return {
    launch(options) {
      if (!wasCalled)
        faults.report({ message: 'app.ts did not call App()', at: { file: 'app.ts', line: 1, column: 1 } })
      call('onLaunch', options)
    },
    show(options) {
      call('onShow', options)
      tell('AppShow', options)
    },
    hide() {
      call('onHide')
      tell('AppHide')
    },
    apis: Object.fromEntries(apis),
  }
}
