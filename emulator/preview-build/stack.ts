// Places in a bundle to places in the sources, through the source map.

import { SourceMap } from 'node:module'
import { isAbsolute, relative, resolve } from 'node:path'
import type { SourcePlace } from '../preview/bridge'

/**
 * Lines and columns count from 1 on both sides. Only places in the mini-program's own files are told:
 * where the framework was at the time helps nobody.
 */
export const mapPlaces = (
  map: string,
  { project, root }: { project: string; root: string },
  places: ReadonlyArray<{ line: number; column: number }>,
): SourcePlace[] => {
  const payload: unknown = JSON.parse(map)
  const sourceMap = new SourceMap(payload as ConstructorParameters<typeof SourceMap>[0])
  const contents = contentsOf(payload)
  return places.flatMap(({ line, column }) => {
    const entry = sourceMap.findEntry(line - 1, column - 1)
    if (!('originalSource' in entry) || !entry.originalSource) return []
    const file = resolve(project, entry.originalSource)
    const inside = relative(root, file)
    if (inside.startsWith('..') || isAbsolute(inside)) return []
    const text = contents.get(entry.originalSource)?.split('\n')[entry.originalLine]
    const place = {
      file: relative(project, file).replaceAll('\\', '/'),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    }
    return [text === undefined ? place : { ...place, text }]
  })
}

const contentsOf = (payload: unknown): Map<string, string> => {
  const { sources, sourcesContent } = payload as { sources: string[]; sourcesContent?: Array<string | null> }
  return new Map(sources.map((source, index) => [source, sourcesContent?.[index] ?? '']))
}
