// Chooses the language: Chinese for a Chinese device, English for every other.
import { en } from './en'
import type { Words } from './words'
import { zhCN } from './zh-cn'

export type { LegalText, ProfileNotice, Sentence, Words } from './words'

/** `language` as WeChat reports it: `zh_CN`, `zh_TW`, `en`, … */
export const wordsFor = (language: string): Words => (/^zh/i.test(language) ? zhCN : en)
