// Handlers that do not exist: `bindtap="onTpa"` is a tap that nothing answers, and only a warning on the phone says so.

import { placeOf } from '../../../emulator/preview-build/problems'
import type { Finding } from '../finding'
import { findingIn, type MiniProgram } from '../mini-program'
import { methodsOf } from './methods'
import { templatesOf } from './templates'

const EVENT = /^(?:capture-)?(?:mut-)?(?:bind|catch):?[a-z]/i

export const checkHandlers = async (mini: MiniProgram): Promise<Finding[]> => {
  const all = await Promise.all(
    [...mini.parts.values()].map(async (part): Promise<Finding[]> => {
      const used = templatesOf(mini, part).flatMap(({ file, text, elements }) =>
        elements
          .flatMap(({ attributes }) => attributes)
          // A name that is computed is checked where it is computed, and an empty one only stops the event.
          .filter(({ name, value }) => EVENT.test(name) && value.trim() !== '' && !value.includes('{{'))
          .map(({ name, value, offset }) => ({
            file,
            attribute: name,
            method: value.trim(),
            place: placeOf(text, offset),
          })),
      )
      const said = findingIn('handlers', mini.sources)
      const methods = await methodsOf(part)
      if ('mistake' in methods) return [said(part.script, methods.place, methods.mistake)]
      return used
        .filter(({ method }) => !methods.names.has(method))
        .map(({ file, attribute, method, place }) =>
          said(file, place, `${attribute}="${method}": ${mini.sources.name(part.script)} has no method "${method}"`),
        )
    }),
  )
  return all.flat()
}
