// Tags that are nothing: WeChat draws an unknown tag as an empty box and says nothing.

import { placeOf } from '../../../emulator/preview-build/problems'
import { isRecord } from '../../../emulator/preview-build/sources'
import type { Finding } from '../finding'
import { findingIn, type MiniProgram } from '../mini-program'
import { BUILTIN_TAGS } from './builtin-tags'
import { templatesOf } from './templates'

export const checkTags = (mini: MiniProgram): Finding[] =>
  [...mini.parts.values()].flatMap((part) => {
    const { componentGenerics } = part.json
    const own = new Set([
      ...Object.keys(part.config.usingComponents),
      ...(isRecord(componentGenerics) ? Object.keys(componentGenerics) : []),
    ])
    return templatesOf(mini, part).flatMap(({ file, text, elements }) =>
      elements
        .filter(({ tag }) => !BUILTIN_TAGS.has(tag) && !own.has(tag))
        .map(({ tag, offset }) =>
          findingIn('tags', mini.sources)(
            file,
            placeOf(text, offset),
            `<${tag}> is neither built in nor in usingComponents of ${part.path}.json or app.json`,
          ),
        ),
    )
  })
