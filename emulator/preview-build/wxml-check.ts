// What glass-easel's compiler lets pass and WeChat's world does not: unknown tags, unknown attributes, handlers by name.

import { ARIA, BUILTINS, camel, isBuiltin, refuseValue, TEMPLATE_TAGS } from '../preview/builtins/catalogue'
import type { HandlerUse } from '../preview/program'
import { placeOf } from './problems'
import type { Sources } from './sources'
import { scanWxml, type WxmlAttribute, type WxmlElement } from './wxml-scan'

/** Attributes that any element may have. */
const COMMON = /^(?:id|class|style|hidden|slot|data-.+|mark:.+|wx:.+|generic:.+|model:.+|change:.+|let:.+|slot:.+)$/
const EVENT = /^(?:capture-)?(?:mut-)?(?:bind|catch)(?::?)(.+)$/

/** Tags and attributes of one template, against the components it may use. */
export const checkElements = (sources: Sources, file: string, using: Readonly<Record<string, string>>): void => {
  const text = sources.read(file)
  for (const element of scanWxml(text)) {
    const { tag } = element
    if (TEMPLATE_TAGS.includes(tag) || Object.hasOwn(using, tag)) continue
    if (isBuiltin(tag)) {
      checkAttributes(sources, file, text, element)
      continue
    }
    const known = Object.keys(BUILTINS).join(', ')
    const message = `<${tag}> is neither in usingComponents nor among the emulated built-in components (${known})`
    sources.complain(file, placeOf(text, element.offset), message)
  }
}

const checkAttributes = (sources: Sources, file: string, text: string, { tag, attributes }: WxmlElement): void => {
  if (!isBuiltin(tag)) return
  const { properties, inert } = BUILTINS[tag]
  for (const { name, value, offset } of attributes) {
    const property = camel(name)
    const isAria = ARIA.some((known) => name === `aria-${known}`)
    const isKnown = isAria || Object.hasOwn(properties, property) || inert?.includes(property)
    if (!isKnown && !COMMON.test(name) && !EVENT.test(name)) {
      sources.complain(file, placeOf(text, offset), `the emulated <${tag}> has no attribute "${name}"`)
    }
    if (value.includes('{{')) continue
    const refusal = refuseValue(tag, property, value)
    if (refusal) sources.complain(file, placeOf(text, offset), refusal)
  }
}

/** The methods that this template calls by a fixed name. */
export const handlersOf = (sources: Sources, file: string): HandlerUse[] => {
  const text = sources.read(file)
  return scanWxml(text)
    .flatMap((element) => element.attributes)
    .filter((attribute) => isHandler(attribute))
    .map(({ name, value, offset }) => {
      return { name: value.trim(), attribute: name, file: sources.name(file), ...placeOf(text, offset) }
    })
}

const isHandler = ({ name, value }: WxmlAttribute): boolean =>
  EVENT.test(name) && value.trim() !== '' && !value.includes('{{')
