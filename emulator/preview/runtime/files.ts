// Where the browser finds what a mini-program calls a file.

import type { Bridge } from './bridge'
import { parseUrl } from './url'

export interface Files {
  /** Rejects when there is no such file. */
  resolve(src: string, owner: string): Promise<string>
}

export const createFiles = (origin: string, bridge: Pick<Bridge, 'call'>): Files => {
  const known = new Map<string, Promise<string>>()
  return {
    resolve(src, owner) {
      if (/^(?:data:|https:)/.test(src)) return Promise.resolve(src)
      // Temporary and cloud files live in the emulator; DevTools spells the former http://tmp/.
      if (/^(?:wxfile:|cloud:|http:\/\/(?:tmp|usr)\/)/.test(src)) {
        const found = known.get(src) ?? read(bridge, src)
        known.set(src, found)
        found.catch(() => known.delete(src))
        return found
      }
      if (/^http:/.test(src)) return Promise.resolve(src)
      const { path } = parseUrl(src, owner)
      return Promise.resolve(`${origin}/__preview/file/${path.split('/').map(encodeURIComponent).join('/')}`)
    },
  }
}

/** The op `file.read` answers with a `data:` address. */
const read = async (bridge: Pick<Bridge, 'call'>, src: string): Promise<string> => {
  const answer = await bridge.call('file.read', { path: src })
  if (!answer.ok) throw new Error(answer.failure.errMsg)
  if (typeof answer.value !== 'string' || !answer.value.startsWith('data:')) throw new Error(`${src} is no picture`)
  return answer.value
}
