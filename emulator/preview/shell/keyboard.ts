// What stands above the keyboard while a field of the type `nickname` is being filled in: the name on WeChat.

import { make, makeButton } from './dom'
import type { Words } from './words'

export interface Keyboard {
  readonly element: HTMLElement
  /** Another number after each `withdraw`. */
  readonly turn: number
  /** Resolves with whether the person took it; with no once it is withdrawn. */
  suggest(name: string): Promise<boolean>
  /** The field was left. */
  withdraw(): void
}

export const createKeyboard = (words: Words): Keyboard => {
  const element = make('div', { className: 'keyboard-bar' })
  let turn = 0
  let answer: (taken: boolean) => void = () => undefined
  const end = (taken: boolean): void => {
    answer(taken)
    answer = () => undefined
    element.replaceChildren()
  }
  // The field must not lose the focus to the bar.
  element.addEventListener('mousedown', (event) => event.preventDefault())
  return {
    element,
    get turn() {
      return turn
    },
    suggest(name) {
      end(false)
      const button = makeButton('suggestion', '', () => end(true))
      button.append(
        make('span', { className: 'suggestion-label', text: words.nicknameOffer }),
        make('b', { className: 'suggestion-name', text: name }),
      )
      element.append(button)
      return new Promise((resolve) => {
        answer = resolve
      })
    },
    withdraw() {
      turn += 1
      end(false)
    },
  }
}
