// Where the browser finds what a mini-program calls a file.

import { parseUrl } from './url'

export interface Files {
  /** Rejects when there is no such file. */
  resolve(src: string, owner: string): Promise<string>
}

/** `read` answers with a `data:` address. */
export const createFiles = (origin: string, read: (src: string) => Promise<string>): Files => {
  const known = new Map<string, Promise<string>>()
  return {
    resolve(src, owner) {
      // Temporary and cloud files live in the emulator, as do WeChat's faces; DevTools spells the former http://tmp/.
      if (EMULATED.test(src) || src.startsWith(`${origin}/`)) {
        const found = known.get(src) ?? read(src)
        known.set(src, found)
        found.catch(() => known.delete(src))
        return found
      }
      if (/^(?:data:|https?:)/.test(src)) return Promise.resolve(src)
      const { path } = parseUrl(src, owner)
      return Promise.resolve(`${origin}/__preview/file/${path.split('/').map(encodeURIComponent).join('/')}`)
    },
  }
}

const EMULATED =
  /^(?:wxfile:|cloud:|http:\/\/(?:tmp|usr)\/|https:\/\/(?:thirdwx|wx)\.qlogo\.cn\/|https:\/\/mmbiz\.qpic\.cn\/)/
