// Names with stars: `*.get`, `wx.*`.

/** A test for one operation's name; a star stands for any run of characters. */
export function matcher(pattern: string): (name: string) => boolean {
  if (!pattern.includes('*')) return (name) => name === pattern
  const source = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  const expression = new RegExp(`^${source.join('.*')}$`, 's')
  return (name) => expression.test(name)
}
