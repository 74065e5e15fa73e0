// The dialog of older libraries: whether the mini-program gets the person's name and face.

import { make, makeButton } from './dom'
import type { Words } from './words'

export interface UserInfoAsk {
  nickname: string
  /** A `data:` address. */
  face: string
  /** What getUserProfile was told to say it is for. */
  desc?: string
}

export const userInfoBox = (
  words: Words,
  { nickname, face, desc }: UserInfoAsk,
  answer: (choice: 'allow' | 'deny') => void,
): HTMLElement =>
  make('section', { className: 'modal user-info', role: 'alertdialog', 'aria-label': words.userInfoTitle }, [
    make('h2', { text: words.userInfoTitle }),
    make('div', { className: 'who-asks' }, [
      make('img', { className: 'thumbnail', src: face, alt: '' }),
      make('b', { className: 'asked-name', text: nickname }),
    ]),
    make('p', { text: desc ?? words.userInfoText }),
    make('footer', {}, [
      makeButton('cancel', words.refuse, () => answer('deny')),
      makeButton('confirm', words.allow, () => answer('allow')),
    ]),
  ])
