// WXSS to CSS: imports inlined, rpx to vw, tags renamed, classes scoped, pages told apart, the theme told by the phone.

import { dirname, join, resolve } from 'node:path'
import postcss, { type AtRule, type ChildNode, CssSyntaxError, type Root, type Rule } from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { isBuiltin } from '../preview/builtins/catalogue'
import { placeOfText } from './problems'
import type { Sources } from './sources'
import { nameChineseFont } from './wxss-font'
import { followTheme } from './wxss-theme'

export interface SheetOptions {
  root: string
  /** Prefix of the classes of an isolated component. */
  scope?: string
  /** Path of the page this sheet belongs to: all pages share one document here, and none may dress another. */
  page?: string
  /** Names of all components, which selectors may use as tags. */
  tags: ReadonlySet<string>
}

/** The CSS of one sheet; empty when it does not exist or is not understood (then there is a problem). */
export const compileSheet = (sources: Sources, file: string, options: SheetOptions): string => {
  if (!sources.exists(file)) return ''
  try {
    const sheet = load(sources, options.root, file, new Set())
    sheet.walkDecls((declaration) => {
      declaration.value = toCssValue(declaration.value)
      nameChineseFont(declaration)
      refuseLocalUrl(sources, declaration)
    })
    sheet.walkAtRules('media', (rule) => {
      rule.params = toCssValue(rule.params)
    })
    sheet.walkRules((rule) => {
      if (!isInKeyframes(rule)) rule.selector = rewrite(rule.selector, options)
    })
    followTheme(sheet)
    return sheet.toString()
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error
    const place = { line: error.line ?? 1, column: error.column ?? 1 }
    sources.complain(error.file ?? file, place, error.reason)
    return ''
  }
}

/** 750 rpx are the width of the screen. Insets of the screen are the phone's to tell, so they become variables. */
export const toCssValue = (value: string): string =>
  value
    .replace(/(?<![\w#-])(-?\d*\.?\d+)rpx\b/g, (_, count: string) => `${Number((Number(count) / 7.5).toFixed(5))}vw`)
    .replace(/\b(?:env|constant)\(\s*safe-area-inset-(top|right|bottom|left)\b/g, 'var(--safe-area-inset-$1')

const isInKeyframes = (rule: Rule): boolean => {
  const { parent } = rule
  return parent?.type === 'atrule' && /keyframes$/.test((parent as AtRule).name)
}

const load = (sources: Sources, root: string, file: string, seen: Set<string>): Root => {
  if (seen.has(file)) return postcss.root()
  seen.add(file)
  const sheet = postcss.parse(sources.read(file), { from: file })
  sheet.walkAtRules('import', (rule) => {
    const reference = rule.params.replace(/^(?:url\()?['"]?|['"]?\)?$/g, '')
    const target = reference.startsWith('/') ? join(root, reference) : resolve(dirname(file), reference)
    if (!sources.exists(target)) {
      const start = rule.source?.start
      sources.complain(
        file,
        { line: start?.line ?? 1, column: start?.column ?? 1 },
        `@import "${reference}" is missing`,
      )
      rule.remove()
      return
    }
    const nodes: ChildNode[] = load(sources, root, target, seen).nodes
    rule.replaceWith(nodes)
  })
  return sheet
}

const refuseLocalUrl = (sources: Sources, { value, source }: postcss.Declaration): void => {
  const reference = /\burl\(\s*['"]?([^'")]+)/.exec(value)?.[1]
  if (!reference || /^(?:https?:|data:|#)/.test(reference) || !source?.input.file) return
  const file = source.input.file
  const place = source.start ?? placeOfText(sources.read(file), reference)
  sources.complain(
    file,
    place,
    `WXSS cannot reach the local file "${reference}": use <image>, a data: or an https: address`,
  )
}

/** `page` in a page's own sheet is that page; everything else in it lives below that page. No specificity is added. */
const rewrite = (selector: string, { scope, page, tags }: SheetOptions): string =>
  selectorParser((selectors) => {
    selectors.each((one) => {
      let isPage = false
      one.walk((node) => {
        if (node.type === 'tag') {
          if (node.value === 'page') isPage = true
          if (node.value === 'page' || isBuiltin(node.value) || tags.has(node.value)) node.value = `wx-${node.value}`
        } else if (node.type === 'class' && scope !== undefined) {
          node.value = `${scope}--${node.value}`
        } else if (node.type === 'id') {
          // Ids carry the prefix of their component in the document.
          const id = { attribute: 'id', operator: '$=', value: `--${node.value}`, quoteMark: '"', raws: {} } as const
          node.replaceWith(selectorParser.attribute(id))
        } else if (node.type === 'pseudo' && node.value === ':host') {
          const host = { attribute: 'wx-host', operator: '=', value: scope ?? '', quoteMark: '"', raws: {} } as const
          node.replaceWith(selectorParser.attribute(host))
        }
      })
      if (page === undefined) return
      const own = selectorParser().astSync(`:where([data-path="${page}"])`).first.first
      if (isPage) {
        one.walkTags((tag) => {
          if (tag.value === 'wx-page') tag.parent?.insertAfter(tag, own.clone())
        })
      } else {
        one.prepend(selectorParser.combinator({ value: ' ' }))
        one.prepend(own.clone())
      }
    })
  }).processSync(selector)
