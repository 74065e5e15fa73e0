// What the build hands to the runtime: one compiled mini-program. Types only.

export interface Program {
  /** Paths of the pages; the first one opens. */
  pages: string[]
  entry: string
  /** `style` of app.json: which default look the built-in components have. */
  style: 'v1' | 'v2'
  /** `darkmode` of app.json: without it the page never hears of the dark theme. */
  darkmode: boolean
  /** Window of each page, per theme, with app.json's defaults and theme.json's variables filled in. */
  windows: Record<string, Themed<PageWindow>>
  tabBar?: Themed<TabBar>
  /** Static configuration of each page and component, `usingComponents` resolved to absolute paths. */
  configs: Record<string, ComponentConfig>
  /** CSS per page and component; `app` is app.wxss. */
  styles: Record<string, string>
  /** Name of the style scope of each component that has its own. */
  scopes: Record<string, string>
  /** What glass-easel's compiler generated: opaque here. */
  templates: Record<string, unknown>
  /** Handlers that templates name, per page or component: checked against its methods when it registers. */
  handlers: Record<string, HandlerUse[]>
  /** Runs app.ts. */
  app: () => void
  /** Run a page's or component's script. Components stand before pages. */
  scripts: ReadonlyArray<readonly [path: string, run: () => void]>
}

export interface Themed<T> {
  light: T
  dark: T
}

/** The window keys of app.json and page.json that the phone shows. */
export interface PageWindow {
  navigationBarTitleText: string
  navigationBarBackgroundColor: string
  navigationBarTextStyle: 'black' | 'white'
  navigationStyle: 'default' | 'custom'
  backgroundColor: string
  disableScroll: boolean
  onReachBottomDistance: number
}

export interface TabBar {
  color: string
  selectedColor: string
  backgroundColor: string
  borderStyle: 'black' | 'white'
  list: Array<{ pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }>
}

export interface ComponentConfig {
  component?: boolean
  styleIsolation?: string
  addGlobalClass?: boolean
  pureDataPattern?: string
  usingComponents: Record<string, string>
  componentGenerics?: Record<string, unknown>
  [key: string]: unknown
}

/** `bindtap="onTap"` in some template: where, and which method it needs. */
export interface HandlerUse {
  name: string
  file: string
  line: number
  column: number
  /** `bindtap`, `catch:submit` … as written. */
  attribute: string
}
