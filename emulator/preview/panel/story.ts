// The upper half of the panel: the last journey, its title, its picture and the payload that is read.

import type { Hop } from '../../told'
import { make } from '../shell/dom'
import type { Stand } from '../shell/stand'
import { isStorage } from './hop'
import { type Journey, kindOf, lastJourney } from './journey'
import type { Known } from './known'
import { createPayload } from './payload'
import { rowsOf } from './rows'
import { createSequence, milliseconds } from './sequence'
import type { PanelWords } from './words'

export interface Story {
  readonly element: HTMLElement
  readonly heading: HTMLElement
  update(known: Known): void
  showStorage(shown: boolean): void
}

export const createStory = (words: PanelWords, stand: Stand, { storage }: { storage: boolean }): Story => {
  const heading = make('h2')
  const figures = make('span', { className: 'figures' })
  const rule = make('p', { className: 'rule' })
  const sequence = createSequence(words, (seq) => pick(seq === picked ? undefined : seq))
  const payload = createPayload(words, () => pick(undefined))
  const element = make('section', { className: 'story' }, [rule, sequence.element, payload.element])
  let hops: readonly Hop[] = []
  let picked: number | undefined
  let drawn = ''
  let first: number | undefined
  let isStorageShown = storage
  let latest: Known | undefined

  const pick = (seq: number | undefined): void => {
    picked = seq
    sequence.mark(seq)
    payload.show(hops.find((hop) => hop.seq === seq))
  }

  const update = (known: Known): void => {
    latest = known
    const journey = lastJourney(known.hops, stand.beginnings)
    hops = journey?.hops ?? []
    const waiting = [...stand.waiting].filter(({ op }) => op !== 'device.open' && !isStorage({ op, to: 'wx' }))
    const rows = rowsOf(
      hops.filter((hop) => isStorageShown || !isStorage(hop)),
      waiting,
    )
    const signature = JSON.stringify([rows.map(({ kind, label, hop }) => [kind, label, hop?.seq]), stand.phone.online])
    if (signature === drawn) return
    drawn = signature
    const beginning = journey?.hops[0]?.seq
    sequence.draw(rows, beginning !== first)
    if (beginning !== first && !hops.some(({ seq }) => seq === picked)) pick(undefined)
    first = beginning
    heading.textContent = journey ? words.kinds[kindOf(journey)] : words.sequence
    figures.textContent = journey ? figuresOf(journey, rows.filter(({ kind }) => kind !== 'answer').length, words) : ''
    rule.textContent = stand.phone.online ? words.rule[journey?.by ?? 'launch'] : words.noSignal
    rule.classList.toggle('warn', !stand.phone.online)
  }
  return {
    element,
    heading: make('div', { className: 'heading' }, [heading, figures]),
    update,
    showStorage(shown) {
      isStorageShown = shown
      if (latest) update(latest)
    },
  }
}

const figuresOf = ({ ms }: Journey, steps: number, words: PanelWords): string =>
  `${milliseconds(ms)} · ${words.steps(steps)}`
