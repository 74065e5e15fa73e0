// Light or dark, as far as the mini-program wants to know: without `darkmode` it is always light.

import type { Theme } from './wx-page'

export interface PageTheme extends Theme {
  shown(): 'light' | 'dark'
  set(theme: 'light' | 'dark'): void
}

export const createTheme = (darkmode: boolean, first: 'light' | 'dark'): PageTheme => {
  let current = darkmode ? first : 'light'
  const listeners = new Set<(theme: 'light' | 'dark') => void>()
  const dress = (): void => {
    // What `prefers-color-scheme` in WXSS was compiled to.
    document.documentElement.dataset['theme'] = current
  }
  dress()
  return {
    shown: () => current,
    current: () => (darkmode ? current : undefined),
    set(theme) {
      if (!darkmode || theme === current) return
      current = theme
      dress()
      for (const listener of [...listeners]) listener(theme)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
