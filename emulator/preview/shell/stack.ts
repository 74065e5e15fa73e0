// Stacks of the page's errors: the places in the bundle they name.

import { LINES_BEFORE_BUNDLE } from './frame'

/** Enough to see the handler and who called it. */
const MAX_PLACES = 12

/** Lines count from 1, columns from 1, both within the bundle of so many lines; what lies behind it is the runtime. */
export const placesOf = (stack: string, bundleLines: number): Array<{ line: number; column: number }> =>
  [...stack.matchAll(/about:srcdoc:(\d+):(\d+)/g)]
    .map(([, line, column]) => ({ line: Number(line) - LINES_BEFORE_BUNDLE, column: Number(column) }))
    .filter(({ line }) => line > 0 && line <= bundleLines)
    .slice(0, MAX_PLACES)
