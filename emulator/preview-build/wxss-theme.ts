// `prefers-color-scheme` in WXSS follows the phone, not the laptop: media queries become selectors.

import type { AtRule, ChildNode, Root, Rule } from 'postcss'

const FEATURE = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/i

/**
 * Rewrites `@media (prefers-color-scheme: dark) { .a {} }` to `:where(html[data-theme="dark"]) .a {}`.
 * `:where` keeps the specificity that the author wrote. Other conditions of the query stay.
 */
export const followTheme = (sheet: Root): void => {
  sheet.walkAtRules('media', (rule) => {
    if (!FEATURE.test(rule.params)) return
    // A list means "or": each alternative becomes a rule of its own.
    const alternatives = rule.params.split(',').map((query) => oneQuery(rule, query.trim()))
    rule.replaceWith(alternatives.flat())
  })
}

const oneQuery = (rule: AtRule, query: string): ChildNode[] => {
  const theme = FEATURE.exec(query)?.[1]?.toLowerCase()
  const copy = rule.clone({ params: query })
  if (theme === undefined) return [copy]
  copy.walkRules((inner) => prefix(inner, `:where(html[data-theme="${theme}"])`))
  const rest = query
    .replace(FEATURE, '')
    .split(/\band\b/i)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(?:only\s+)?(?:screen|all)$/i.test(part))
    .join(' and ')
  if (rest === '') return copy.nodes ?? []
  copy.params = rest
  return [copy]
}

const prefix = (rule: Rule, scope: string): void => {
  const isFrame = rule.parent?.type === 'atrule' && /keyframes$/.test((rule.parent as AtRule).name)
  if (!isFrame) rule.selectors = rule.selectors.map((selector) => `${scope} ${selector}`)
}
