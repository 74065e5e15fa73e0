// What kind of phone this browser shows: told by the address, else chosen in the panel and remembered per browser.

import type { Screen } from '../bridge'
import type { Language } from './words'

export interface PhoneOptions {
  account: string
  /** Name of the handset: one per browser, so that two browsers are two phones. */
  device: string
  libVersion?: string
  /** What kind of handset it is. */
  model?: string
  platform?: 'ios' | 'android' | 'devtools'
  language: Language
  theme: 'light' | 'dark'
  screen: Screen
  /** Page to open, with its query. */
  launch?: string
}

/** What may be chosen, by the words of the address. */
export interface Choices {
  account?: string
  device?: string
  lib?: string
  /** A name of MODELS. */
  model?: string
  lang?: string
  theme?: string
  /** `390x844` */
  size?: string
}

const NAMES = ['account', 'device', 'lib', 'model', 'lang', 'theme', 'size'] as const satisfies (keyof Choices)[]

export const MODELS: Readonly<Record<string, NonNullable<PhoneOptions['platform']>>> = {
  'iPhone 15': 'ios',
  'HUAWEI Mate 60': 'android',
  devtools: 'devtools',
}

const KEY = 'phone'

/** A tall phone without a button has a status bar and a bar to swipe from; a small old one has neither. */
const screenOf = (width: number, height: number): Screen => {
  const isTall = height / width > 2
  return { width, height, statusBarHeight: isTall ? 47 : 20, bottomInset: isTall ? 34 : 0 }
}

/**
 * Address: `?account=v2&theme=dark&lang=en&size=320x568&lib=2.20.0&page=pages/home/home&device=phone-2`.
 * The account and the handset are remembered when the address tells them; the rest only when chosen in the panel.
 */
export const readOptions = (search: string, storage: Storage): PhoneOptions => {
  const query = new URLSearchParams(search)
  const kept = readChoices(storage)
  const told = (name: keyof Choices): string | undefined => query.get(name) ?? kept[name]
  const account = told('account') ?? 'v1'
  const device = told('device') ?? `phone-${crypto.randomUUID().slice(0, 8)}`
  keepChoices(storage, { account, device })
  const [width = 390, height = 844] =
    /^(\d+)x(\d+)$/
      .exec(told('size') ?? '')
      ?.slice(1)
      .map(Number) ?? []
  const libVersion = told('lib')
  const model = told('model')
  const platform = model === undefined ? undefined : MODELS[model]
  const launch = query.get('page')
  return {
    account,
    device,
    language: /^en/i.test(told('lang') ?? navigator.language) ? 'en' : 'zh_CN',
    theme: themeOf(told('theme')),
    screen: screenOf(width, height),
    ...(libVersion ? { libVersion } : {}),
    ...(model && platform ? { model, platform } : {}),
    ...(launch ? { launch } : {}),
  }
}

const themeOf = (told: string | undefined): 'light' | 'dark' => {
  if (told === 'dark' || told === 'light') return told
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Adds to what is remembered. */
export const keepChoices = (storage: Storage, choices: Choices): void =>
  storage.setItem(KEY, JSON.stringify({ ...readChoices(storage), ...choices }))

/** The address without what was chosen since: a choice must survive the next reload. */
export const addressWithout = (search: string, choices: Choices): string => {
  const query = new URLSearchParams(search)
  for (const name of Object.keys(choices)) query.delete(name)
  return query.size > 0 ? `?${query}` : location.pathname
}

const readChoices = (storage: Storage): Choices => {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    const entries = NAMES.map((name): [string, unknown] => [name, Reflect.get(value, name)])
    return Object.fromEntries(entries.filter(([, kept]) => typeof kept === 'string'))
  } catch {
    return {}
  }
}
