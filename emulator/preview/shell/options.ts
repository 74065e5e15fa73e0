/** What kind of phone this browser shows: told by the address, remembered per browser. */

import type { Screen } from '../bridge'
import type { Language } from './words'

export interface PhoneOptions {
  account: string
  /** Name of the handset: one per browser, so that two browsers are two phones. */
  device: string
  libVersion?: string
  language: Language
  theme: 'light' | 'dark'
  screen: Screen
  /** Page to open, with its query. */
  launch?: string
}

const KEY = 'phone'

/** A tall phone without a button has a status bar and a bar to swipe from; a small old one has neither. */
const screenOf = (width: number, height: number): Screen => {
  const isTall = height / width > 2
  return { width, height, statusBarHeight: isTall ? 47 : 20, bottomInset: isTall ? 34 : 0 }
}

/**
 * Address: `?account=v2&theme=dark&lang=en&size=320x568&lib=2.20.0&page=pages/home/home&device=phone-2`.
 * The account and the handset are remembered, the rest is not.
 */
export const readOptions = (search: string, storage: Storage): PhoneOptions => {
  const query = new URLSearchParams(search)
  const kept = readKept(storage)
  const account = query.get('account') ?? kept.account ?? 'v1'
  const device = query.get('device') ?? kept.device ?? `phone-${crypto.randomUUID().slice(0, 8)}`
  keepOptions(storage, { account, device })
  const [width = 390, height = 844] =
    /^(\d+)x(\d+)$/
      .exec(query.get('size') ?? '')
      ?.slice(1)
      .map(Number) ?? []
  const lang = query.get('lang') ?? navigator.language
  const options: PhoneOptions = {
    account,
    device,
    language: /^en/i.test(lang) ? 'en' : 'zh_CN',
    theme: themeOf(query.get('theme')),
    screen: screenOf(width, height),
  }
  const libVersion = query.get('lib')
  const launch = query.get('page')
  return { ...options, ...(libVersion ? { libVersion } : {}), ...(launch ? { launch } : {}) }
}

const themeOf = (told: string | null): 'light' | 'dark' => {
  if (told === 'dark' || told === 'light') return told
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

interface Kept {
  account?: string
  device?: string
}

export const keepOptions = (storage: Storage, kept: Kept): void => storage.setItem(KEY, JSON.stringify(kept))

const readKept = (storage: Storage): Kept => {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    const { account, device } = value as Record<string, unknown>
    return {
      ...(typeof account === 'string' ? { account } : {}),
      ...(typeof device === 'string' ? { device } : {}),
    }
  } catch {
    return {}
  }
}
