// The masked payload of one hop, over the lower part of the picture.

import type { Hop } from '../../told'
import { make, makeButton } from '../shell/dom'
import { labelOf, troubleOf } from './hop'
import { milliseconds } from './sequence'
import type { PanelWords } from './words'

export interface Payload {
  readonly element: HTMLElement
  /** Shows a hop; undefined closes. */
  show(hop: Hop | undefined): void
}

export const createPayload = (words: PanelWords, onClose: () => void): Payload => {
  const heading = make('h3')
  const about = make('p', { className: 'about' })
  const body = make('div', { className: 'body' })
  const close = makeButton('close', '×', onClose)
  close.setAttribute('aria-label', words.close)
  const element = make('section', { className: 'payload', 'aria-live': 'polite' }, [
    make('header', {}, [heading, close]),
    about,
    body,
  ])
  element.hidden = true

  return {
    element,
    show(hop) {
      element.hidden = hop === undefined
      if (!hop) return
      heading.textContent = labelOf(hop)
      const { from, to, ms, account, invocation } = hop
      const lane = (name: Hop['from']): string => words.lanes[name === 'storage' ? 'wx' : name]
      const facts = [`${lane(from)} → ${lane(to)}`, milliseconds(ms), account, invocation]
      about.textContent = facts.filter((fact) => fact !== undefined).join(' · ')
      const trouble = troubleOf(hop)
      body.replaceChildren(
        ...(trouble === undefined ? [] : [make('p', { className: 'trouble', text: trouble })]),
        ...part(words.request, hop.request),
        ...part(words.reply, hop.reply),
      )
      body.scrollTop = 0
    },
  }
}

const part = (title: string, value: unknown): HTMLElement[] =>
  value === undefined ? [] : [make('h4', { text: title }), make('pre', { text: JSON.stringify(value, null, 2) })]
