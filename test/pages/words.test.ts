// What the user reads, in both languages: complete, clean, and in the language it claims to be in.
import { en } from '../../miniprogram/i18n/en'
import { wordsFor } from '../../miniprogram/i18n/index'
import { zhCN } from '../../miniprogram/i18n/zh-cn'

const COUNTING = /\.say\.(tryAgainIn|signOutOthers|signOutOthersWarning|lastUsed|letters)$/
const CJK = /[\u3400-\u9fff]/
const FULL_WIDTH = /[\u3000-\u303f\uff00-\uffef]/

/** Every string with the way to it; what has a gap in it is filled with `filling`. */
const strings = (value: unknown, filling: string, path = ''): Array<[path: string, text: string]> => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const say = value as (first: unknown, second: string) => string
    // What counts is said differently for one, a few and many.
    const counted = [0, 1, 7, 40, 90].map((count): [string, string] => [path, say(count, filling)])
    return COUNTING.test(path) ? counted : [[path, say(filling, filling)]]
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
  for (const { phone, account } of [zhCN, en]) {
    const labels = [phone.takeYes, phone.takeNo, account.yes, account.no, account.eraseSure]
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(4)
  }
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

test('what older libraries are told the profile is for fits into their dialog', () => {
  for (const { profile } of [zhCN, en]) expect(profile.takeFor.length).toBeLessThanOrEqual(30)
})

test.each([
  [0, '今天用过', 'Used today'],
  [1, '昨天用过', 'Used yesterday'],
  [29, '29 天前用过', 'Used 29 days ago'],
  [30, '1 个月前用过', 'Used a month ago'],
  [179, '5 个月前用过', 'Used 5 months ago'],
])('a device last used %i days ago', (days, chinese, english) => {
  expect([zhCN.say.lastUsed(days), en.say.lastUsed(days)]).toEqual([chinese, english])
})
