// Who is using the phone, and what kind of phone it is: one choice each.

import type { Account } from '../../told'
import { make } from '../shell/dom'
import { type Choices, MODELS } from '../shell/options'
import type { Stand } from '../shell/stand'
import type { Known } from './known'
import type { PanelWords } from './words'

export interface Who {
  readonly element: HTMLElement
  update(known: Known): void
}

const LIBRARIES = ['2.10.3', '2.20.0', '2.21.2', '2.24.4', '2.27.1', '2.32.3', '3.17.0']
const NEWEST = '3.17.0'
const SIZES = ['390x844', '430x932', '375x812', '360x780', '320x568']

type Item = readonly [value: string, text: string]

export const createWho = (words: PanelWords, stand: Stand): Who => {
  const selects = new Map<keyof Choices, HTMLSelectElement>()
  const field = (name: keyof Choices, label: string, items: readonly Item[]): HTMLElement => {
    const select = make('select', { name })
    fill(select, items)
    select.addEventListener('change', () => stand.choose({ [name]: select.value }))
    selects.set(name, select)
    return make('label', { className: `field field-${name}` }, [make('span', { text: label }), select])
  }
  const { account, screen, libVersion = NEWEST } = stand.options
  const size = `${screen.width}x${screen.height}`
  const clock = make('span', { className: 'time' })
  const handset = make('span', { className: 'handset', text: words.device(stand.options.device) })
  const element = make('section', { className: 'who' }, [
    make('header', {}, [make('h3', { text: words.who }), clock, handset]),
    make('div', { className: 'fields' }, [
      field('account', words.account, [[account, account]]),
      field('lib', words.library, withOwn(LIBRARIES, libVersion).map(same)),
      field('model', words.handset, Object.keys(MODELS).map(same)),
      field('lang', words.language, [
        ['zh', '中文'],
        ['en', 'English'],
      ]),
      field('theme', words.theme, [
        ['light', words.light],
        ['dark', words.dark],
      ]),
      field(
        'size',
        words.size,
        withOwn(SIZES, size).map((it) => [it, it.replace('x', ' × ')]),
      ),
    ]),
  ])

  let shown: readonly Account[] = []
  const set = (name: keyof Choices, value: string): void => {
    const select = selects.get(name)
    if (select && select.value !== value) select.value = value
  }
  return {
    element,
    update({ accounts, offset }) {
      const accountField = selects.get('account')
      if (accountField && accounts !== shown && accounts.length > 0) fill(accountField, accounts.map(person))
      shown = accounts
      const { account, device, language, theme, libVersion = NEWEST, model = 'iPhone 15', screen } = stand.options
      set('account', account)
      set('lib', libVersion)
      set('model', model)
      set('lang', language === 'en' ? 'en' : 'zh')
      set('theme', theme)
      set('size', `${screen.width}x${screen.height}`)
      const days = Math.round(offset / 86_400_000)
      const ahead = days > 0 ? ` · ${words.ahead(days)}` : ''
      clock.textContent = `${words.clock} ${timeOf(Date.now() + offset)}${ahead}`
      handset.textContent = words.device(device)
    },
  }
}

const same = (text: string): Item => [text, text]
const withOwn = (known: readonly string[], own: string): string[] =>
  known.includes(own) ? [...known] : [own, ...known]
const person = ({ id, nickname, phone }: Account): Item => [id, `${id} · ${nickname} · ${masked(phone)}`]

/** As WeChat shows a number: the first three digits and the last four. */
const masked = (phone: string): string => phone.replace(/^(.{3}).*(.{4})$/, '$1****$2')

const fill = (select: HTMLSelectElement, items: readonly Item[]): void => {
  const { value } = select
  select.replaceChildren(...items.map(([item, text]) => make('option', { value: item, text })))
  if (value) select.value = value
}

const two = (count: number): string => String(count).padStart(2, '0')
const timeOf = (ms: number): string => {
  const date = new Date(ms)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}
