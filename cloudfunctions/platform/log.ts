// The log: one JSON line per request, masked once more on its way out.
import type { Log, LogLine } from '../core/ports'
import type { Secret } from '../core/secret'

const MAX_TEXT = 2000 // a stack is worth having, a document is not

/**
 * Secrets are masked by type already. This is the second net: a text from elsewhere (a stack, a message of the SDK)
 * that happens to quote one of them, or the AppSecret, is masked by value before it is written.
 */
export const createLog = (
  { write = (text: string) => console.log(text) }: { write?: (text: string) => void } = {},
  { always = () => [] }: { always?: () => readonly Secret[] } = {},
): Log => ({
  write: (line: LogLine, hidden) => {
    const secrets = [...hidden, ...always()]
    write(JSON.stringify(line, (_key, value: unknown) => (typeof value === 'string' ? masked(value, secrets) : value)))
  },
})

const masked = (text: string, secrets: readonly Secret[]): string => {
  let out = text
  for (const secret of secrets) {
    const value = secret.reveal()
    if (value.length > 0) out = out.split(value).join(secret.toString())
  }
  return out.length > MAX_TEXT ? `${out.slice(0, MAX_TEXT)}…` : out
}
