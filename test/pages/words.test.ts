// What the user reads, in both languages: complete, clean, and in the language it claims to be in.
import { en } from '../../miniprogram/i18n/en'
import { wordsFor } from '../../miniprogram/i18n/index'
import { zhCN } from '../../miniprogram/i18n/zh-cn'

const CJK = /[\u3400-\u9fff]/
const FULL_WIDTH = /[\u3000-\u303f\uff00-\uffef]/

/** Every string with the way to it; what has a gap in it is filled with `filling`. */
const strings = (value: unknown, filling: string, path = ''): Array<[path: string, text: string]> => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const say = value as (first: string, second: string) => string
    return [[path, say(filling, filling)]]
  }
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no text`)
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, filling, `${path}.${key}`))
}

const chinese = strings(zhCN, '某')
const english = strings(en, 'it')
const thatAre = (all: typeof chinese, isWrong: (text: string) => boolean) => all.filter(([, text]) => isWrong(text))

test('the languages say the same things', () => {
  const paths = (all: typeof chinese) => new Set(all.map(([path]) => path))
  expect(paths(english)).toEqual(paths(chinese))
  expect(chinese.length).toBeGreaterThan(80)
})

test('Chinese is Chinese', () => {
  const withoutAddress = (text: string) => text.replace(/support@example\.com/g, '')
  expect(thatAre(chinese, (text) => !CJK.test(text))).toEqual([])
  expect(thatAre(chinese, (text) => /[A-Za-z]{2,}/.test(withoutAddress(text)))).toEqual([])
})

test('English is English', () => {
  expect(thatAre(english, (text) => !/[A-Za-z]/.test(text))).toEqual([])
  expect(thatAre(english, (text) => CJK.test(text) || FULL_WIDTH.test(text))).toEqual([])
})

test('both keep calm and use no jargon', () => {
  const jargon = /[!！]|系统错误|系统繁忙|异常|undefined|NaN|token|session|openid|error/i
  expect(thatAre([...chinese, ...english], (text) => jargon.test(text))).toEqual([])
})

test('what a failure is called fits into a title', () => {
  for (const { what } of Object.values(zhCN.errors)) expect(what.length).toBeLessThanOrEqual(14)
  for (const { what } of Object.values(en.errors)) expect(what.length).toBeLessThanOrEqual(42)
})

test('the buttons of a question fit into the dialog of WeChat, which takes four characters', () => {
  for (const { phone } of [zhCN, en])
    for (const label of [phone.takeYes, phone.takeNo]) expect(label.length).toBeLessThanOrEqual(4)
})

test.each([
  ['zh_CN', zhCN],
  ['zh_TW', zhCN],
  ['zh_HK', zhCN],
  ['zh-Hans', zhCN],
  ['en', en],
  ['ja', en],
  ['', en],
])('a device set to "%s" is spoken to in its language', (language, words) => {
  expect(wordsFor(language)).toBe(words)
})
