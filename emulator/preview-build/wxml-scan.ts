// Every element of a WXML text with its attributes and places: what the compiler knows but does not tell.

export interface WxmlAttribute {
  name: string
  /** Text between the quotes; empty when there is none. */
  value: string
  offset: number
}

export interface WxmlElement {
  tag: string
  offset: number
  attributes: WxmlAttribute[]
}

const NAME = /[^\s=/>"'<]+/y

/**
 * Lists the elements in document order. Forgiving: a text that is no WXML yields what could be read,
 * because telling what is wrong with it is the compiler's part.
 */
export const scanWxml = (text: string): WxmlElement[] => {
  const elements: WxmlElement[] = []
  let at = 0
  while (at < text.length) {
    const next = nextOf(text, at)
    if (next === undefined) break
    if (next.kind !== 'element') {
      at = next.end
      continue
    }
    const { element, end } = readElement(text, next.at)
    at = end
    if (element) elements.push(element)
    // What stands in <wxs> is script: its `<` are comparisons.
    if (element?.tag === 'wxs' && text[end - 2] !== '/') at = after(text, '</wxs', end)
  }
  return elements
}

const after = (text: string, piece: string, from: number): number => {
  const found = text.indexOf(piece, from)
  return found < 0 ? text.length : found + piece.length
}

const nextOf = (
  text: string,
  from: number,
): { kind: 'element'; at: number } | { kind: 'other'; end: number } | undefined => {
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('{{', at)) return { kind: 'other', end: after(text, '}}', at) }
    if (text[at] !== '<') continue
    if (text.startsWith('<!--', at)) return { kind: 'other', end: after(text, '-->', at) }
    if (text[at + 1] === '/' || text[at + 1] === '!') return { kind: 'other', end: after(text, '>', at) }
    if (/[A-Za-z]/.test(text[at + 1] ?? '')) return { kind: 'element', at }
  }
  return undefined
}

const nameAt = (text: string, at: number): string => {
  NAME.lastIndex = at
  return NAME.exec(text)?.[0] ?? ''
}

const readElement = (text: string, start: number): { element?: WxmlElement; end: number } => {
  const tag = nameAt(text, start + 1)
  if (!tag) return { end: start + 1 }
  const element: WxmlElement = { tag, offset: start, attributes: [] }
  let at = start + 1 + tag.length
  while (at < text.length) {
    const char = text[at] ?? ''
    if (char === '>') return { element, end: at + 1 }
    if (char === '<') return { element, end: at }
    const name = nameAt(text, at)
    if (!name) {
      at += 1
      continue
    }
    const attribute: WxmlAttribute = { name, value: '', offset: at }
    element.attributes.push(attribute)
    at += name.length
    const equals = /^\s*=\s*/.exec(text.slice(at, at + 64))
    if (!equals) continue
    at += equals[0].length
    const { value, end } = readValue(text, at)
    attribute.value = value
    at = end
  }
  return { element, end: text.length }
}

const readValue = (text: string, at: number): { value: string; end: number } => {
  const quote = text[at]
  if (quote !== '"' && quote !== "'") {
    const value = nameAt(text, at)
    return { value, end: at + Math.max(value.length, 1) }
  }
  // A quote inside {{ }} belongs to the expression.
  let end = at + 1
  while (end < text.length && text[end] !== quote) end = text.startsWith('{{', end) ? after(text, '}}', end) : end + 1
  return { value: text.slice(at + 1, end), end: end + 1 }
}
