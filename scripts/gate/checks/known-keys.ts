// The keys WeChat documents for app.json, page.json, component.json, sitemap.json and theme.json: closed lists.
// https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html and its neighbours.

/** `true`: anything may stand under this key. An object: only these keys. `'*'`: any key, each of this shape. */
export type Shape = true | { readonly [key: string]: Shape }

const WINDOW = {
  backgroundColor: true,
  backgroundColorBottom: true,
  backgroundColorContent: true,
  backgroundColorTop: true,
  backgroundTextStyle: true,
  enablePullDownRefresh: true,
  handleWebviewPreload: true,
  homeButton: true,
  initialRenderingCache: true,
  navigationBarBackgroundColor: true,
  navigationBarTextStyle: true,
  navigationBarTitleText: true,
  navigationStyle: true,
  onReachBottomDistance: true,
  pageOrientation: true,
  renderingMode: true,
  restartStrategy: true,
  visualEffectInBackground: true,
} as const satisfies Shape

const TAB = { pagePath: true, text: true, iconPath: true, selectedIconPath: true, renderer: true } as const

const PACKAGE = {
  root: true,
  name: true,
  pages: true,
  independent: true,
  entry: true,
  plugins: true,
  useExtendedLib: true,
  componentFramework: true,
  renderer: true,
} as const

const ANY_PLATFORM = { 'mini-ios': true, 'mini-android': true, 'mini-ohos': true, 'mini-weixin': true } as const

export const APP: Shape = {
  ...ANY_PLATFORM,
  $schema: true,
  accountCardPackage: true,
  agent: true,
  appBar: { custom: true },
  chatTools: true,
  cloud: true,
  cloudConfig: true,
  cloudVersion: true,
  componentFramework: true,
  componentPlaceholder: true,
  darkmode: true,
  debug: true,
  debugOptions: { enableFPSPanel: true },
  displayMode: true,
  embeddedAppIdList: true,
  enablePassiveEvent: true,
  entranceDeclare: true,
  entryPagePath: true,
  frameset: true,
  functionalPages: true,
  halfPage: { firstPageNavigationStyle: true },
  keepContextPageInCycleJump: true,
  lazyCodeLoading: true,
  mimeTypeDeclarations: true,
  miniApp: { useAuthorizePage: true },
  networkTimeout: { request: true, connectSocket: true, uploadFile: true, downloadFile: true },
  openDataContext: true,
  openLocationPagePath: true,
  pages: true,
  permission: { '*': { desc: true } },
  plugins: true,
  preloadRule: { '*': { network: true, packages: true } },
  renderer: true,
  rendererOptions: true,
  requiredBackgroundModes: true,
  requiredPrivateInfos: true,
  resizable: true,
  resolveAlias: true,
  serviceProviderTicket: true,
  singlePage: { navigationBarFit: true },
  sitemapLocation: true,
  static: true,
  style: true,
  subPackages: { '*': PACKAGE },
  subpackages: { '*': PACKAGE },
  supportedMaterials: true,
  tabBar: {
    backgroundColor: true,
    borderStyle: true,
    color: true,
    custom: true,
    list: { '*': TAB },
    position: true,
    selectedColor: true,
  },
  theme: true,
  themeLocation: true,
  useExtendedLib: true,
  usingComponents: true,
  window: WINDOW,
  workers: true,
  xrEntryPagePath: true,
}

const BOTH = {
  ...ANY_PLATFORM,
  $schema: true,
  component: true,
  componentFramework: true,
  componentGenerics: true,
  componentPlaceholder: true,
  pureDataPattern: true,
  renderer: true,
  rendererOptions: true,
  styleIsolation: true,
  usingComponents: true,
} as const

export const PAGE: Shape = {
  ...BOTH,
  ...WINDOW,
  disableScroll: true,
  disableSwipeBack: true,
  enablePassiveEvent: true,
  pageJSONDark: true,
  pageJSONLight: true,
  singlePage: { navigationBarFit: true },
  style: true,
}

export const COMPONENT: Shape = BOTH

export const SITEMAP: Shape = {
  $schema: true,
  desc: true,
  rules: { '*': { action: true, page: true, params: true, matching: true, priority: true } },
}

/** Any variable may stand in it, in two themes. */
export const THEME: Shape = { $schema: true, light: true, dark: true }
