// How large and how deep an unknown value is, found without trusting it: nothing is copied, serialised or recursed into.

export interface Limits {
  /** Bytes of JSON, roughly: text in UTF-8, eight for a number, two for every bracket and comma. */
  bytes: number
  depth: number
}

/** Why the value is too much or no JSON at all; undefined when it is fine. */
export const tooMuch = (root: unknown, { bytes, depth }: Limits): string | undefined => {
  let left = bytes
  const pending: Array<{ value: unknown; level: number }> = [{ value: root, level: 1 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, level } = next
    left -= costOf(value, left)
    if (left < 0) return `larger than ${bytes} bytes`
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return 'not JSON'
    if (typeof value !== 'object' || value === null) continue
    // A circle is endless depth, so this ends it too.
    if (level > depth) return `deeper than ${depth} levels`
    const keys = Object.keys(value)
    for (const key of keys) {
      if (key === '__proto__') return 'a key __proto__ in it'
      left -= costOf(key, left)
      if (left < 0) return `larger than ${bytes} bytes`
      pending.push({ value: Reflect.get(value, key), level: level + 1 })
    }
  }
  return undefined
}

const costOf = (value: unknown, left: number): number => {
  if (typeof value === 'number') return 8
  if (Array.isArray(value)) return 2 + value.length // a sparse array of a million holes has no keys to count
  if (typeof value !== 'string') return 4
  // UTF-8 is never shorter than UTF-16's count of units: a long text is refused before it is measured.
  return 3 + (value.length > left ? value.length : Buffer.byteLength(value))
}
