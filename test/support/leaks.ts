// Looks for secrets the way a thief would: in every spelling they could travel in.

/** Raw, base64 (with and without padding, URL-safe too), hex, URL-encoded, JSON-escaped. */
export const spellings = (secret: string): string[] => {
  const bytes = Buffer.from(secret)
  const base64 = bytes.toString('base64')
  const unpadded = base64.replace(/=+$/, '')
  return [
    ...new Set([
      secret,
      unpadded,
      unpadded.replaceAll('+', '-').replaceAll('/', '_'),
      bytes.toString('hex'),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll('/', '\\/'),
    ]),
  ]
}

/** Names of the secrets found in `text`. */
export const leaksIn = (text: string, secrets: Record<string, string>): string[] => {
  const lower = text.toLowerCase()
  return Object.entries(secrets)
    .filter(([, secret]) =>
      spellings(secret).some((spelling) => text.includes(spelling) || lower.includes(spelling.toLowerCase())),
    )
    .map(([name]) => name)
}
