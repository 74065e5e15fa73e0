// Every handset has a Chinese font, whatever family the author names: a laptop may have none.

import type { Declaration } from 'postcss'

const WIDE_KEYWORDS = /^(?:inherit|initial|unset|revert|revert-layer)$/
/** What means "the font of the system": the phone's own stack stands in front of it. */
const SYSTEM = /(?<![\w-])(?:system-ui|BlinkMacSystemFont|ui-sans-serif|sans-serif)(?![\w-])/

/**
 * Puts the phone's stack into `font-family` and `font`: before the first system family, else at the end.
 * `--phone-font` is set in the page's frame and ends in the font that travels with the preview.
 */
export const nameChineseFont = (declaration: Declaration): void => {
  const { prop, value } = declaration
  if ((prop !== 'font-family' && prop !== 'font') || WIDE_KEYWORDS.test(value.trim())) return
  const system = SYSTEM.exec(value)
  declaration.value = system
    ? `${value.slice(0, system.index)}var(--phone-font),${value.slice(system.index)}`
    : `${value},var(--phone-font)`
}
