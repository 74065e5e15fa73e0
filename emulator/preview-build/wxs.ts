// WXS is not JavaScript: what is translated so that it runs as such.

import { dirname, posix } from 'node:path'

const GLOBALS =
  'function getRegExp(p,f){return new RegExp(p,f)}function getDate(){return arguments.length?new Date(...arguments):new Date()};'

/** In WXS `x.constructor` is the name of the type, not a function. The first line stays the first line. */
export const toScript = (code: string): string => GLOBALS + code.replace(/\.constructor\b/g, '.constructor.name')

/** Paths, from the root, of the wxs files this one requires. */
export const wxsRequires = (code: string, from: string): string[] =>
  [...code.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, reference = '']) =>
    reference.startsWith('/') ? reference.slice(1) : posix.join(dirname(from), reference),
  )
