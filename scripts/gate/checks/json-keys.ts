// Keys nobody knows: WeChat's tools read past a misspelt key without a word, and what it asked for never happens.

import { join } from 'node:path'
import type { Finding } from '../finding'
import { placeInJson } from '../json-places'
import { findingIn, type MiniProgram } from '../mini-program'
import { APP, COMPONENT, PAGE, type Shape, SITEMAP, THEME } from './known-keys'

export const checkJsonKeys = (mini: MiniProgram): Finding[] => {
  const { root, appJson, parts, sources } = mini
  const neighbour = (key: string, shape: Shape): [string, Shape][] => {
    const path = appJson[key]
    return typeof path === 'string' ? [[join(root, path), shape]] : []
  }
  const files: [string, Shape][] = [
    [join(root, 'app.json'), APP],
    ...neighbour('sitemapLocation', SITEMAP),
    ...neighbour('themeLocation', THEME),
    ...[...parts.values()].map(({ path, isPage }): [string, Shape] => [
      join(root, `${path}.json`),
      isPage ? PAGE : COMPONENT,
    ]),
  ]
  return files.flatMap(([file, shape]) => {
    if (!sources.exists(file)) return missingNeighbour(mini, file)
    const text = sources.read(file)
    return unknownKeys(sources.json(file), shape).map((path) => {
      const key = path.at(-1) ?? ''
      const message = `"${path.join('.')}" is not a key WeChat knows${suggestion(key, shape, path)}`
      return findingIn('json-keys', sources)(file, placeInJson(text, path), message)
    })
  })
}

/** A page or component may do without its JSON; a file that app.json names may not be missing. */
const missingNeighbour = ({ root, appJson, sources }: MiniProgram, file: string): Finding[] => {
  const key = ['sitemapLocation', 'themeLocation'].find((it) => join(root, String(appJson[it])) === file)
  if (!key) return []
  const app = join(root, 'app.json')
  const message = `${key}: ${sources.name(file)} is missing`
  return [findingIn('json-keys', sources)(app, placeInJson(sources.read(app), [key]), message)]
}

/** Paths of the keys that the shape does not have. */
const unknownKeys = (value: unknown, shape: Shape, at: readonly string[] = []): string[][] => {
  if (shape === true || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, key]
    const known = Object.hasOwn(shape, key) ? shape[key] : shape['*']
    return known === undefined ? [path] : unknownKeys(inner, known, path)
  })
}

const suggestion = (key: string, shape: Shape, path: readonly string[]): string => {
  let level: Shape = shape
  for (const step of path.slice(0, -1)) {
    const next: Shape | undefined = level === true ? undefined : (level[step] ?? level['*'])
    level = next ?? true
  }
  const near = level === true ? [] : Object.keys(level).filter((known) => distance(known, key) <= 2)
  return near.length > 0 ? `; is "${near[0]}" meant?` : ''
}

/** Letters to change, add or take away. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, right] of [...b].entries()) {
      const swapped = (row[j] ?? 0) + (left.toLowerCase() === right.toLowerCase() ? 0 : 1)
      next.push(Math.min(swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
