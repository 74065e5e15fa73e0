// Pictures of the mini-program's package, and nothing else of the disk.

import { readFileSync, realpathSync } from 'node:fs'
import { extname, isAbsolute, join, relative } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
}

/** `path` as it came in the address. Links that lead out of the package are not followed. */
export const packageFile = (root: string, path: string): { type: string; bytes: Buffer } | undefined => {
  const type = TYPES[extname(path).toLowerCase()]
  if (!type) return undefined
  try {
    const real = realpathSync(join(root, decodeURIComponent(path)))
    const inside = relative(realpathSync(root), real)
    if (inside.startsWith('..') || isAbsolute(inside)) return undefined
    return { type, bytes: readFileSync(real) }
  } catch {
    return undefined
  }
}
