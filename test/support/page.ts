// Opens a page of the mini-program, with its real app.ts, in miniprogram-simulate; adds what that lacks.
import { basename, resolve } from 'node:path'
import simulate from 'miniprogram-simulate'
import type { PageDevice } from './page-device'

const ROOT = resolve(__dirname, '../../miniprogram')

type Life = 'onLoad' | 'onShow' | 'onReady' | 'onHide' | 'onUnload'
type Definition = Record<string, unknown>

/** The face of j-component that is used here; its own types are open. */
interface Node {
  readonly dom: HTMLElement | undefined
  dispatchEvent(name: string, options?: object): void
  addEventListener(name: string, listener: (event: { detail: unknown }) => void): void
  querySelector(selector: string): Node | undefined
  triggerPageLifeTime(name: 'show' | 'hide'): void
  toJSON(): { attrs: Array<{ name: string; value: unknown }> }
}
interface Root extends Node {
  readonly instance: Partial<Record<Life, (query?: object) => void>> & { setData(data: object): void }
  attach(parent: HTMLElement): void
  detach(): void
}
interface Simulate {
  load(path: string, tagName: string, options: object): string
  render(id: string, properties?: object): Root
}
const { load, render } = simulate as unknown as Simulate // its typings leave `load` out

/** j-component knows Component() only: a page is one whose functions are methods, the rest fields of the instance. */
const asComponent = (page: Definition): Definition => {
  const own = Object.entries(page).filter(([key]) => key !== 'data' && key !== 'options')
  const isMethod = ([, value]: [string, unknown]) => typeof value === 'function'
  const fields = own.filter((entry) => !isMethod(entry))
  return {
    data: page['data'],
    methods: Object.fromEntries(own.filter(isMethod)),
    created(this: object) {
      Object.assign(this, Object.fromEntries(fields))
    },
  }
}

export interface OpenPage {
  /** Everything that is written on it. */
  text(): string
  has(...path: string[]): boolean
  textOf(...path: string[]): string
  isDisabled(...path: string[]): boolean
  /** Classes, from the page inwards: each further one inside the component found by the one before. */
  tap(...path: string[]): Promise<void>
  /** A tap that nothing has answered yet. */
  press(...path: string[]): void
  /** The event of an open-type: fires only on a button of that open-type that takes taps, as in WeChat. */
  fire(openType: string, detail: object, ...path: string[]): Promise<void>
  /** Any other event of an element. */
  send(event: string, detail: object, ...path: string[]): Promise<void>
  /** What the template gave the element; names are camelCase here. */
  attr(name: string, ...path: string[]): unknown
  hide(): Promise<void>
  show(): Promise<void>
  hideAndShow(): Promise<void>
  close(): void
  /** Another instance of the page in the same launch. */
  reopen(): Promise<OpenPage>
  /** The details of the events of that name, in order. */
  heard(event: string): unknown[]
  /** Gone from the screen, as when its page is closed. */
  detach(): Promise<void>
  /** How often data went to the view since the page opened. */
  renders(): number
  app: Definition
}

/** Time is told: callbacks of the device come one tick later, so this lets them all come in. */
export const settle = async (ms = 20): Promise<void> => {
  await jest.advanceTimersByTimeAsync(ms)
}

const opened: Root[] = []

/** Given for every page test: told time, and errors that fail instead of being printed and forgotten. */
export const usePages = (): void => {
  let printed: jest.SpyInstance
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] })
    printed = jest.spyOn(console, 'error').mockImplementation(() => {})
    jest.spyOn(console, 'warn').mockImplementation(() => {})
  })
  afterEach(() => {
    for (const page of opened.splice(0)) page.detach()
    const errors = printed.mock.calls
    jest.restoreAllMocks()
    jest.useRealTimers()
    expect(errors).toEqual([]) // a throw in a handler reaches nobody else
  })
}

/** Launches the app on the device, as WeChat does, with a page or component of it at hand. */
const launch = (path: string, device: PageDevice): { id: string; app: Definition } => {
  let app: Definition = {}
  Object.assign(globalThis, {
    wx: device.wx,
    App: (definition: Definition) => {
      app = definition
    },
    getApp: () => app,
    Page: (definition: Definition) => Component(asComponent(definition)),
  })
  let id = ''
  // jest ignores `delete require.cache`, so without this a second page would find its script run already.
  jest.isolateModules(() => {
    require(`${ROOT}/app`)
    id = load(`${ROOT}/${path}`, basename(path), { rootPath: ROOT, compiler: 'official' })
  })
  const onLaunch = app['onLaunch'] as (() => void) | undefined
  onLaunch?.call(app)
  return { id, app }
}

/** Launches the app and opens the page: app.ts, onLaunch, onLoad, onShow, onReady. */
export const openPage = async (path: string, device: PageDevice): Promise<OpenPage> => {
  const { id, app } = launch(path, device)
  return mount(id, app)
}

/** Launches the app, and opens one of its components as if it were alone on a page. */
export const openPart = async (path: string, device: PageDevice, properties: object, events: string[] = []) => {
  const { id, app } = launch(path, device)
  await settle() // the app has read what the device remembers, as on a page that was opened later
  return mount(id, app, properties, events)
}

/** A component on its own, with its properties; notes each event of that name. */
export const openComponent = (path: string, properties: object, event: string) => {
  let id = ''
  jest.isolateModules(() => {
    id = load(`${ROOT}/${path}`, basename(path), { rootPath: ROOT, compiler: 'official' })
  })
  const root = render(id, properties)
  let fired = 0
  root.addEventListener(event, () => {
    fired += 1
  })
  opened.push(root)
  root.attach(document.createElement('div'))
  return {
    text: () => root.dom?.textContent ?? '',
    has: (selector: string) => root.querySelector(selector) !== undefined,
    async fire(name: string, selector: string) {
      root.querySelector(selector)?.dispatchEvent(name)
      await settle()
    },
    fired: () => fired,
  }
}

/** One more page of the app that runs. */
const mount = async (id: string, app: Definition, properties = {}, events: string[] = []): Promise<OpenPage> => {
  const root = render(id, properties)
  const heard: Array<{ event: string; detail: unknown }> = []
  for (const event of events) root.addEventListener(event, ({ detail }) => void heard.push({ event, detail }))
  const { instance } = root
  let renders = 0
  const setData = instance.setData.bind(instance)
  instance.setData = (data) => {
    renders += 1
    setData(data)
  }
  opened.push(root)
  root.attach(document.createElement('div'))
  const show = () => {
    root.triggerPageLifeTime('show')
    instance.onShow?.()
  }
  const hide = () => {
    root.triggerPageLifeTime('hide')
    instance.onHide?.()
  }
  instance.onLoad?.({})
  show()
  instance.onReady?.()
  await settle()

  const find = (path: string[]): Node | undefined =>
    path.reduce<Node | undefined>((node, selector) => node?.querySelector(selector), root)
  const need = (path: string[]): Node => {
    const node = find(path)
    if (!node) throw new Error(`nothing at ${path.join(' › ')} in ${root.dom?.innerHTML}`)
    return node
  }
  const attrOf = (node: Node, wanted: string): unknown => node.toJSON().attrs.find(({ name }) => name === wanted)?.value
  const isDisabled = (node: Node) => attrOf(node, 'disabled') === true
  const press = (...path: string[]): void => {
    const node = need(path)
    if (!isDisabled(node)) node.dispatchEvent('tap')
  }

  return {
    text: () => root.dom?.textContent ?? '',
    has: (...path) => find(path) !== undefined,
    textOf: (...path) => need(path).dom?.textContent?.trim() ?? '',
    isDisabled: (...path) => isDisabled(need(path)),
    press,
    async tap(...path) {
      press(...path)
      await settle()
    },
    async fire(openType, detail, ...path) {
      const node = need(path)
      const openTypes = String(attrOf(node, 'openType')).split('|')
      if (isDisabled(node) || !openTypes.includes(openType))
        throw new Error(`${path.join(' › ')} is no ${openType} now`)
      node.dispatchEvent(openType.toLowerCase(), { detail })
      await settle()
    },
    async send(event, detail, ...path) {
      need(path).dispatchEvent(event, { detail })
      await settle()
    },
    attr: (name, ...path) => attrOf(need(path), name),
    async hide() {
      hide()
      await settle()
    },
    async show() {
      show()
      await settle()
    },
    async hideAndShow() {
      hide()
      show()
      await settle()
    },
    close: () => instance.onUnload?.(),
    reopen: () => mount(id, app),
    heard: (wanted) => heard.filter(({ event }) => event === wanted).map(({ detail }) => detail),
    async detach() {
      opened.splice(opened.indexOf(root), 1)
      root.detach()
      await settle()
    },
    renders: () => renders,
    app,
  }
}
