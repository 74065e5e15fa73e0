// What WeChat finds unfit to be shown: texts by their words, pictures by a mark or by name.

import { createHash } from 'node:crypto'
import { UNSAFE_MARK } from '../pictures'
import type { Table, Tables } from '../ports'

/** Made up, so that nobody's real name is refused. */
export const RISKY_WORDS: readonly string[] = ['违规词', 'riskyword']

export interface ContentRules {
  words(): readonly string[]
  setWords(words: readonly string[]): void
  /** Contains one of the words, whatever the case. */
  isRisky(text: string): boolean
  /** Carries the mark, or was named. */
  isUnsafe(picture: Uint8Array): boolean
  setUnsafe(picture: Uint8Array, unsafe: boolean): void
}

export function createContentRules(tables: Tables): ContentRules {
  const lists: Table<readonly string[]> = tables.table('weixin.risky-words')
  const pictures: Table<true> = tables.table('weixin.unsafe-pictures')
  const hashOf = (picture: Uint8Array) => createHash('sha256').update(picture).digest('hex')
  const words = () => lists.get('words') ?? RISKY_WORDS
  return {
    words,
    setWords: (list) => lists.set('words', [...list]),
    isRisky: (text) => words().some((word) => word !== '' && text.toLowerCase().includes(word.toLowerCase())),
    isUnsafe: (picture) => Buffer.from(picture).includes(UNSAFE_MARK) || pictures.has(hashOf(picture)),
    setUnsafe(picture, unsafe) {
      if (unsafe) pictures.set(hashOf(picture), true)
      else pictures.delete(hashOf(picture))
    },
  }
}
