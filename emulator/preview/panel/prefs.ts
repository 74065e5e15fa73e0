// How this browser likes the panel: its language, its theme, whether storage is drawn, which chips are open.

import type { Language } from '../shell/words'

/** Of chips; one is open at a time. */
export const GROUPS = ['signIn', 'phone', 'profile', 'service'] as const
export type Group = (typeof GROUPS)[number]

export interface Prefs {
  language: Language
  theme: 'light' | 'dark'
  storage: boolean
  group: Group
}

const KEY = 'panel'

/** What was never chosen follows the phone's language and the browser's own theme. */
export const readPrefs = (storage: Storage, phoneLanguage: Language): Prefs => {
  const kept = parse(storage.getItem(KEY))
  const { language, theme, storage: isDrawn, group } = kept
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  return {
    language: language === 'en' || language === 'zh_CN' ? language : phoneLanguage,
    theme: theme === 'dark' || theme === 'light' ? theme : prefersDark ? 'dark' : 'light',
    storage: isDrawn === true,
    group: GROUPS.find((known) => known === group) ?? 'signIn',
  }
}

export const keepPrefs = (storage: Storage, chosen: Partial<Prefs>): void =>
  storage.setItem(KEY, JSON.stringify({ ...parse(storage.getItem(KEY)), ...chosen }))

const parse = (text: string | null): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
