// Base64 in neutral TypeScript: bytes cross the port as text.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]))

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const group = (a << 16) | (b << 8) | c
    const rest = bytes.length - at
    parts.push(
      ALPHABET.charAt(group >> 18),
      ALPHABET.charAt((group >> 12) & 63),
      rest > 1 ? ALPHABET.charAt((group >> 6) & 63) : '=',
      rest > 2 ? ALPHABET.charAt(group & 63) : '=',
    )
  }
  return parts.join('')
}

/** Throws for what is no base64. */
export function fromBase64(text: string): Uint8Array {
  const bare = text.replace(/={1,2}$/, '')
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4))
  let [group, bits, at] = [0, 0, 0]
  for (const character of bare) {
    const value = VALUES.get(character)
    if (value === undefined) throw new Error('this is no base64')
    group = ((group << 6) | value) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = (group >> bits) & 0xff
    at += 1
  }
  return bytes
}
