// Masking: makes a payload fit to be shown, by the names of its keys and by the secrets that live right now.

/** What the trace must never show in clear, asked anew for every hop. */
export interface Secrets {
  /** Looked for inside every string: session_keys, AppSecrets, phone numbers. */
  anywhere(): Iterable<string>
  /** Looked up word by word, because there may be thousands: codes, tokens. */
  isWord(word: string): boolean
  /** Shortened, not hidden: openids and unionids. */
  isName(word: string): boolean
}

/** Keys whose value is hidden whatever it is. Compared without case and underscores. */
const HIDDEN_KEYS = new Set([
  'accesstoken',
  'appsecret',
  'authorization',
  'code',
  'code2',
  'crossauthorizationtoken',
  'encrypteddata',
  'indexkey',
  'iv',
  'jscode',
  'password',
  'phone',
  'phonenumber',
  'purephonenumber',
  'sealingkeys',
  'secret',
  'sessionkey',
  'sessiontoken',
  'signature',
  'tcbsessiontoken',
  'token',
  'wxcloudapitoken',
])

/** A code that is a word of ours (`SESSION_EXPIRED`) or a number is no secret. */
const PLAIN_CODE = /^[A-Z][A-Z0-9_]{0,63}$/

const HIDDEN = '•••'
const MAX_TEXT = 4096 // a hop is to be read, not to be a second copy of the data
const MAX_ITEMS = 100
const MAX_DEPTH = 12

/** Longest runs of characters that codes, tokens, keys and openids are made of. */
const WORDS = /[A-Za-z0-9+/_-]{11,}={0,2}/g

/** A copy without secrets; JSON inside strings is masked too. What JSON cannot say becomes text. */
export function mask(value: unknown, secrets: Secrets): unknown {
  const anywhere = [...secrets.anywhere()].filter((secret) => secret !== '')
  const hideWords = (text: string) =>
    text.replace(WORDS, (word) => {
      if (secrets.isWord(word)) return HIDDEN
      return secrets.isName(word) ? `${word.slice(0, 4)}…` : word
    })
  const maskText = (text: string, depth: number): string => {
    const shown = maskJson(text, depth) ?? hideWords(hideAll(text, anywhere))
    return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}… (${text.length} characters)` : shown
  }
  const maskJson = (text: string, depth: number): string | undefined => {
    if (!/^\s*[[{]/.test(text)) return undefined
    try {
      return JSON.stringify(walk(JSON.parse(text), depth + 1))
    } catch {
      return undefined
    }
  }
  const walk = (part: unknown, depth: number): unknown => {
    if (typeof part === 'string') return maskText(part, depth)
    if (part === null || typeof part === 'number' || typeof part === 'boolean' || part === undefined) return part
    if (typeof part !== 'object') return `(${typeof part})`
    if (depth >= MAX_DEPTH) return '(deeper)'
    if (part instanceof Uint8Array) return `(${part.byteLength} bytes)`
    if (Array.isArray(part)) {
      const items = part.slice(0, MAX_ITEMS).map((item) => walk(item, depth + 1))
      return part.length > MAX_ITEMS ? [...items, `… (${part.length} items)`] : items
    }
    if (part instanceof Date) return part.toISOString()
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [
        maskText(key, depth),
        isHidden(key, item) ? HIDDEN : walk(item, depth + 1),
      ]),
    )
  }
  return walk(value, 0)
}

function isHidden(key: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'number') return false
  const name = key.replaceAll(/[_-]/g, '').toLowerCase()
  if (!HIDDEN_KEYS.has(name)) return false
  // A phone object of ours ({ masked }) is walked into; its parts are masked on their own.
  if (typeof value === 'object') return false
  return !(name === 'code' && typeof value === 'string' && PLAIN_CODE.test(value))
}

function hideAll(text: string, secrets: readonly string[]): string {
  let shown = text
  for (const secret of secrets) {
    for (const form of forms(secret)) if (shown.includes(form)) shown = shown.replaceAll(form, HIDDEN)
  }
  return shown
}

/** A secret as it looks raw, in a query string, and in JSON that escapes its slashes. */
function forms(secret: string): string[] {
  const encoded = encodeURIComponent(secret)
  const escaped = secret.replaceAll('/', '\\/')
  return [...new Set([secret, encoded, escaped])]
}
