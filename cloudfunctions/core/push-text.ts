// The text of a push, in either format that WeChat offers, as fields.

import { tooMuch } from './measure'
import { type Fields, isObject } from './shape'

const LIMITS = { bytes: 64 * 1024, depth: 6 } // the largest honest push, a verdict with its details, has about 1 KB

/** Undefined when it is neither a JSON object nor WeChat's XML. */
export const parsePushText = (text: string): Fields | undefined => {
  if (text.length > LIMITS.bytes) return undefined
  const value = text.trimStart().startsWith('<') ? parseXml(text) : parseJson(text)
  return isObject(value) && tooMuch(value, LIMITS) === undefined ? trimmed(value) : undefined
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** WeChat's own JSON samples have keys with a blank before them. */
const trimmed = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.trim(), value]))

const TOKEN = /<(\/?)([A-Za-z_][\w]{0,63})>|<!\[CDATA\[([\s\S]*?)\]\]>|([^<&]+)/y

/**
 * The XML of a push: elements, CDATA and plain text, one root `xml`. No attributes, entities, comments, declarations:
 * WeChat sends none, and most attacks on parsers need one. Of elements with the same name the first counts.
 */
const parseXml = (text: string): Fields | undefined => {
  const scanner = new RegExp(TOKEN)
  const root = element('')
  const open = [root]
  while (scanner.lastIndex < text.length) {
    const [, slash, name, cdata, plain] = scanner.exec(text) ?? []
    const inner = open.at(-1)
    if (inner === undefined) return undefined
    if (name !== undefined && slash === '') {
      if (open.length > LIMITS.depth) return undefined
      open.push(element(name))
    } else if (name !== undefined) {
      const outer = open.at(-2)
      if (name !== inner.name || outer === undefined) return undefined
      open.pop()
      if (outer === root && root.fields.size > 0) return undefined
      if (!outer.fields.has(name)) outer.fields.set(name, contentOf(inner))
    } else if (cdata !== undefined || plain !== undefined) inner.text += cdata ?? plain
    else return undefined
  }
  const value = root.fields.get('xml')
  return open.length === 1 && root.fields.size === 1 && root.text.trim() === '' && isObject(value) ? value : undefined
}

interface Element {
  name: string
  fields: Map<string, unknown>
  text: string
}

const element = (name: string): Element => ({ name, fields: new Map(), text: '' })

const contentOf = ({ fields, text }: Element): unknown => (fields.size === 0 ? text : Object.fromEntries(fields))
