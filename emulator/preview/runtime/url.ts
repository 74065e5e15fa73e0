// Addresses of pages: `/pages/a/a?x=1`, `../b/b`.

export interface PageUrl {
  path: string
  /** Values as written: WeChat does not decode them. */
  query: Record<string, string>
}

/** Relative addresses are relative to the page `base`. */
export const parseUrl = (url: string, base = ''): PageUrl => {
  const cut = url.indexOf('?')
  const path = cut < 0 ? url : url.slice(0, cut)
  const pairs = cut < 0 ? [] : url.slice(cut + 1).split('&')
  const query = Object.fromEntries(
    pairs
      .filter((pair) => pair !== '')
      .map((pair) => {
        const equals = pair.indexOf('=')
        return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
      }),
  )
  return { path: path.startsWith('/') ? path.slice(1) : join(base, path), query }
}

const join = (base: string, relative: string): string => {
  const parts = base.split('/').slice(0, -1)
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
