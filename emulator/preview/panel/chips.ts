/** The chips: lit while armed, each says in one line what WeChat would be doing. */

import { make, makeButton } from '../shell/dom'
import type { Deed, Deeds } from './deeds'
import type { Known } from './known'
import type { PanelWords } from './words'

export interface Chips {
  readonly element: HTMLElement
  update(known: Known): void
}

/** `act` runs what a chip does and rejects as it does. */
export const createChips = (words: PanelWords, deeds: Deeds, act: (deed: Deed) => Promise<void>): Chips => {
  const line = make('p', { className: 'says', role: 'status', text: words.hint })
  /** What the line says when nobody points at a chip. */
  let resting = words.hint
  const say = (text: string): void => {
    line.textContent = text
  }

  const chipOf = (deed: Deed): HTMLButtonElement => {
    const { label, says } = words.deeds[deed.name]
    const chip = makeButton('chip', label, () => {
      resting = says
      say(says)
      act(deed).catch((error: unknown) => {
        resting = `${words.failed}${error instanceof Error ? error.message : String(error)}`
        say(resting)
      })
    })
    chip.title = says
    chip.dataset['deed'] = deed.name
    for (const event of ['pointerenter', 'focus']) chip.addEventListener(event, () => say(says))
    for (const event of ['pointerleave', 'blur']) chip.addEventListener(event, () => say(resting))
    return chip
  }
  const chips = new Map([...deeds.others, ...deeds.exchange].map((deed) => [deed, chipOf(deed)]))
  const listOf = (some: readonly Deed[]): HTMLElement[] => some.flatMap((deed) => chips.get(deed) ?? [])
  const element = make('section', { className: 'breaking' }, [
    make('h3', { text: words.break }),
    make('div', { className: 'chips' }, listOf(deeds.others)),
    make('div', { className: 'chips' }, [
      make('span', { className: 'chips-label', text: words.nextExchange }),
      ...listOf(deeds.exchange),
    ]),
    line,
  ])
  return {
    element,
    update(known) {
      for (const [deed, chip] of chips) {
        if (deed.isOn) chip.setAttribute('aria-pressed', String(deed.isOn(known)))
        chip.disabled = deed.isOff?.(known) ?? false
      }
    },
  }
}
