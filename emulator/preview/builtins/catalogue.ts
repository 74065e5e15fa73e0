// The closed list of built-in components: what each is made of, which attributes it knows, which values they may have.

export interface BuiltinEntry {
  /** Its own template. `n-xxx` becomes a real HTML `<xxx>`, every other tag `<wx-xxx>`. */
  wxml: string
  /** Every attribute, camelCase, with its default; the default's type is the attribute's type. */
  properties: Readonly<Record<string, string | number | boolean>>
  /** Attributes whose values are a closed list here; WeChat may know more, and saying so beats pretending. */
  values?: Readonly<Record<string, readonly string[]>>
  /** Attributes that take several of the values, joined by `|`. */
  combined?: readonly string[]
  /** Attributes that WeChat has and that change nothing on a laptop. */
  inert?: readonly string[]
}

const HOVER = { hoverClass: 'none', hoverStopPropagation: false, hoverStartTime: 50, hoverStayTime: 400 }

const OPEN_TYPES = [
  'getPhoneNumber',
  'getRealtimePhoneNumber',
  'chooseAvatar',
  'getUserInfo',
  'agreePrivacyAuthorization',
] as const
export type OpenType = (typeof OPEN_TYPES)[number]
export const isOpenType = (value: string): value is OpenType => OPEN_TYPES.some((known) => known === value)

const CATALOGUE = {
  view: { wxml: '<slot/>', properties: HOVER },
  text: {
    wxml: '<slot/>',
    properties: { selectable: false, userSelect: false, space: '', decode: false },
    values: { space: ['', 'ensp', 'emsp', 'nbsp'] },
    inert: ['overflow', 'maxLines'],
  },
  image: {
    wxml: '<n-img id="img"/>',
    properties: { src: '', mode: 'scaleToFill' },
    values: { mode: ['scaleToFill', 'aspectFit', 'aspectFill', 'widthFix', 'heightFix'] },
    inert: ['webp', 'lazyLoad', 'showMenuByLongpress', 'fadeIn'],
  },
  icon: {
    wxml: '<n-i id="mark"/>',
    properties: { type: '', size: 23, color: '' },
    values: {
      type: [
        'success',
        'success_no_circle',
        'info',
        'warn',
        'waiting',
        'cancel',
        'download',
        'search',
        'clear',
        'circle',
      ],
    },
  },
  button: {
    wxml: '<n-span class="spinner"/><slot/>',
    properties: {
      type: 'default',
      size: 'default',
      plain: false,
      disabled: false,
      loading: false,
      formType: '',
      openType: '',
      hoverClass: 'button-hover',
      hoverStopPropagation: false,
      hoverStartTime: 20,
      hoverStayTime: 70,
      lang: 'en',
      phoneNumberNoQuotaToast: true,
    },
    values: {
      type: ['default', 'primary', 'warn'],
      size: ['default', 'mini'],
      formType: ['', 'submit', 'reset'],
      openType: ['', ...OPEN_TYPES],
      lang: ['en', 'zh_CN', 'zh_TW'],
    },
    combined: ['openType'],
    inert: ['scope', 'needShowEntrance'],
  },
  input: {
    wxml: '<n-input id="field"/>',
    properties: {
      value: '',
      type: 'text',
      password: false,
      placeholder: '',
      placeholderStyle: '',
      placeholderClass: 'input-placeholder',
      disabled: false,
      maxlength: 140,
      focus: false,
      name: '',
      confirmType: 'done',
    },
    values: { type: ['text', 'number', 'nickname'], confirmType: ['done', 'send', 'search', 'next', 'go'] },
    inert: ['cursorSpacing', 'adjustPosition', 'alwaysEmbed', 'confirmHold', 'holdKeyboard', 'cursorColor', 'cursor'],
  },
  'open-data': {
    wxml: '<n-img id="face"/><n-span id="words"/>',
    properties: { type: '' },
    values: {
      type: [
        '',
        'userNickName',
        'userAvatarUrl',
        'userGender',
        'userCity',
        'userProvince',
        'userCountry',
        'userLanguage',
      ],
    },
    inert: ['lang', 'defaultText', 'defaultAvatar'],
  },
  form: { wxml: '<slot/>', properties: { reportSubmit: false } },
  label: { wxml: '<slot/>', properties: { for: '' } },
  switch: {
    wxml: '<n-span class="knob"/>',
    properties: { checked: false, disabled: false, type: 'switch', color: '#04be02', name: '' },
    values: { type: ['switch'] },
  },
  'scroll-view': {
    wxml: '<slot/>',
    properties: {
      scrollX: false,
      scrollY: false,
      scrollTop: 0,
      scrollLeft: 0,
      scrollIntoView: '',
      scrollWithAnimation: false,
      upperThreshold: 50,
      lowerThreshold: 50,
      enableFlex: false,
    },
    inert: ['enhanced', 'bounces', 'showScrollbar', 'fastDeceleration', 'enablePassive', 'enableBackToTop', 'type'],
  },
  navigator: {
    wxml: '<slot/>',
    properties: {
      url: '',
      openType: 'navigate',
      delta: 1,
      hoverClass: 'navigator-hover',
      hoverStopPropagation: false,
      hoverStartTime: 50,
      hoverStayTime: 600,
    },
    values: { openType: ['navigate', 'redirect', 'switchTab', 'reLaunch', 'navigateBack'] },
  },
} as const satisfies Record<string, BuiltinEntry>

export type BuiltinTag = keyof typeof CATALOGUE
export const BUILTINS: Readonly<Record<BuiltinTag, BuiltinEntry>> = CATALOGUE
export const BUILTIN_TAGS = Object.keys(CATALOGUE).filter((tag): tag is BuiltinTag => tag in CATALOGUE)
export const isBuiltin = (tag: string): tag is BuiltinTag => Object.hasOwn(CATALOGUE, tag)

/** For screen readers, on every built-in. https://developers.weixin.qq.com/miniprogram/dev/component/aria-component.html */
export const ARIA = [
  'role',
  'label',
  'labelledby',
  'describedby',
  'hidden',
  'live',
  'atomic',
  'busy',
  'checked',
  'selected',
  'expanded',
  'pressed',
  'disabled',
  'required',
  'invalid',
  'haspopup',
  'controls',
  'modal',
  'level',
  'valuenow',
  'valuemin',
  'valuemax',
] as const

/** Tags that the template language itself owns. */
export const TEMPLATE_TAGS: readonly string[] = ['block', 'template', 'import', 'include', 'wxs', 'slot']

/** Path under which the templates of the built-ins travel; no page can have it. */
export const builtinPath = (tag: string): string => `~wx/${tag}`

/** What an attribute that wants one of a closed list says to another value; undefined when the value is fine. */
export const refuseValue = (tag: BuiltinTag, property: string, value: string): string | undefined => {
  const { values, combined } = BUILTINS[tag]
  const known = values?.[property]
  if (!known) return undefined
  const parts = combined?.includes(property) ? value.split('|') : [value]
  const unknown = parts.find((part) => !known.includes(part))
  if (unknown === undefined) return undefined
  const list = known.filter((it) => it !== '').join(', ')
  return `the emulated <${tag}> has no ${dashed(property)}="${unknown}"; it knows ${list}`
}

export const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
export const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
