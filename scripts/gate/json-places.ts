// Where in a JSON text something stands: JSON.parse tells values and forgets their places.

import { parseExpression } from '@babel/parser'
import type { Expression, Node, ObjectProperty } from '@babel/types'

export interface Place {
  line: number
  column: number
}

const START: Place = { line: 1, column: 1 }

const placeOfNode = ({ loc }: Node): Place => (loc ? { line: loc.start.line, column: loc.start.column + 1 } : START)

const parse = (text: string): Expression | undefined => {
  try {
    return parseExpression(text)
  } catch {
    return undefined
  }
}

const keyOf = ({ key }: ObjectProperty): string | undefined => (key.type === 'StringLiteral' ? key.value : undefined)

const propertiesOf = (node: Node): ObjectProperty[] =>
  node.type === 'ObjectExpression' ? node.properties.filter((it) => it.type === 'ObjectProperty') : []

/** Place of the key, or of the element, that `path` leads to; of the last step that exists when it leads nowhere. */
export const placeInJson = (text: string, path: readonly string[]): Place => {
  let node: Node | undefined = parse(text)
  let place = START
  for (const step of path) {
    if (!node) break
    if (node.type === 'ArrayExpression') {
      const element: Node | null | undefined = node.elements[Number(step)]
      if (!element) break
      place = placeOfNode(element)
      node = element
      continue
    }
    const property: ObjectProperty | undefined = propertiesOf(node).find((it) => keyOf(it) === step)
    if (!property) break
    place = placeOfNode(property.key)
    node = property.value
  }
  return place
}

/** Place of the first key of this name, however deep. */
export const placeOfKey = (text: string, name: string): Place => {
  const search = (node: Node): Place | undefined => {
    for (const property of propertiesOf(node)) {
      if (keyOf(property) === name) return placeOfNode(property.key)
      const deeper = search(property.value)
      if (deeper) return deeper
    }
    return undefined
  }
  const root = parse(text)
  return (root && search(root)) ?? START
}

/** Where this text stops being JSON; undefined when it is JSON. */
export const jsonMistake = (text: string): Place | undefined => {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    try {
      parseExpression(text)
    } catch (thrown) {
      const loc: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'loc') : undefined
      if (isLoc(loc)) return { line: loc.line, column: loc.column + 1 }
    }
    // JavaScript that is no JSON: a comment, a trailing comma, an elision.
    return placeOfForeign(text)
  }
}

const isLoc = (value: unknown): value is { line: number; column: number } =>
  typeof value === 'object' && value !== null && 'line' in value && 'column' in value

/** The longest beginning that JSON.parse only finds too short ends at the mistake. */
const placeOfForeign = (text: string): Place => {
  // Strings first, so that what stands in them is not taken for a mistake.
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"/g, (string) => '"'.padEnd(string.length - 1, ' ').concat('"'))
  const offset = bare.search(/\/\/|\/\*|,\s*[,\]}]|'|[[{]\s*,/)
  const before = text.slice(0, Math.max(offset, 0))
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
