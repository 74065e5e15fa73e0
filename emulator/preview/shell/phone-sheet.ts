// The dialog of the phone button: the person's numbers, a field for another one, a way to say no.

import type { OfferedNumber } from '../../phone'
import { make, makeButton } from './dom'
import type { Words } from './words'

export type PhoneChoice = { take: string } | { add: string } | 'deny'

export interface PhoneSheet {
  numbers: readonly OfferedNumber[]
  realtime: boolean
}

/** As the emulator reads numbers. */
const NUMBER = /^(?:\+\d{1,3}[ -])?\d{5,15}$/

export const phoneSheet = (
  words: Words,
  { numbers, realtime }: PhoneSheet,
  answer: (choice: PhoneChoice) => void,
): HTMLElement => {
  const title = realtime ? words.phoneAskRealtime : words.phoneAsk
  const rows = numbers.map(({ number, masked, bound }) => {
    const row = makeButton('item number', '', () => answer({ take: number }))
    row.append(make('b', { text: masked }), make('span', { text: bound ? words.phoneBound : words.phoneAdded }))
    return row
  })
  const wrong = make('p', { className: 'wrong', role: 'alert', text: words.phoneWrong })
  wrong.hidden = true
  const field = make('input', { className: 'field', inputmode: 'tel', 'aria-label': words.phoneField })
  field.placeholder = words.phoneField
  const form = make('form', { className: 'add-number' }, [
    field,
    make('button', { type: 'submit', text: words.phoneAdd }),
  ])
  form.append(wrong)
  form.hidden = true
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const number = field.value.trim()
    wrong.hidden = NUMBER.test(number)
    if (wrong.hidden) answer({ add: number })
  })
  const other = makeButton('item other', words.phoneOther, () => {
    form.hidden = false
    other.hidden = true
    field.focus()
  })
  const deny = makeButton('item cancel', words.phoneDeny, () => answer('deny'))
  return make('section', { className: 'sheet phone-sheet', role: 'dialog', 'aria-label': title }, [
    make('p', { className: 'alert', text: title }),
    ...rows,
    other,
    form,
    deny,
  ])
}
