// WeChat's own privacy dialog, for mini-programs that do not listen themselves.

import { make, makeButton } from './dom'
import type { Words } from './words'

export const privacyBox = (
  words: Words,
  { contract, read }: { contract: string; read: () => void },
  answer: (agreed: boolean) => void,
): HTMLElement => {
  const [before = '', after = ''] = words.privacyAsk.split('{contract}')
  const text = make('p', { text: before })
  text.append(makeButton('link', contract, read), after)
  return make('section', { className: 'modal', role: 'alertdialog', 'aria-label': words.privacyTitle }, [
    make('h2', { text: words.privacyTitle }),
    text,
    make('footer', {}, [
      makeButton('cancel', words.refuse, () => answer(false)),
      makeButton('confirm', words.agree, () => answer(true)),
    ]),
  ])
}
