// The sequence picture: lanes from left to right, time downwards, an arrow per hop.

import { make } from '../shell/dom'
import { LANES, type Row } from './rows'
import type { PanelWords } from './words'

export interface Sequence {
  readonly element: HTMLElement
  /** Draws these rows; `fresh` when it is another journey, which is read from its beginning. */
  draw(rows: readonly Row[], fresh: boolean): void
  /** The hop that is read now, by its seq. */
  mark(seq: number | undefined): void
}

const SPACE = 'http://www.w3.org/2000/svg'
const HEIGHT: Record<Row['kind'], number> = { both: 31, call: 27, answer: 27, waiting: 30 }
/** From the top of a row to its arrow: the words stand above it. */
const ARROW = 20
const RETURN = 5
const MAX_TROUBLE = 44

export const createSequence = (words: PanelWords, onPick: (seq: number) => void): Sequence => {
  const heads = LANES.map((lane) => make('span', { text: words.lanes[lane] }))
  const picture = svg('svg', { class: 'picture', role: 'group', 'aria-label': words.sequence })
  const empty = make('p', { className: 'nothing', text: words.nothing })
  const scroller = make('div', { className: 'scroller' }, [
    make('div', { className: 'lanes', 'aria-hidden': 'true' }, heads),
    picture,
    empty,
  ])
  let marked: number | undefined

  const show = (): void => {
    for (const group of picture.querySelectorAll('.hop'))
      group.classList.toggle('marked', group.getAttribute('data-seq') === String(marked))
  }

  return {
    element: scroller,
    draw(rows, fresh) {
      const focused = document.activeElement?.closest('.hop')?.getAttribute('data-seq')
      const height = rows.reduce((sum, { kind }) => sum + HEIGHT[kind], 12)
      picture.setAttribute('height', String(height))
      let y = 4
      const drawn = rows.map((row) => {
        const group = drawRow(row, y, words, onPick)
        y += HEIGHT[row.kind]
        return group
      })
      picture.replaceChildren(...lifelines(height), ...drawn)
      empty.hidden = rows.length > 0
      picture.toggleAttribute('hidden', rows.length === 0)
      if (focused) picture.querySelector<SVGElement>(`.hop[data-seq="${focused}"]`)?.focus()
      if (fresh) scroller.scrollTop = 0
      show()
    },
    mark(seq) {
      marked = seq
      show()
    },
  }
}

const centre = (lane: number): string => `${((lane + 0.5) * 100) / LANES.length}%`

const lifelines = (height: number): SVGElement[] =>
  LANES.map((_, lane) =>
    svg('line', { class: 'life', x1: centre(lane), x2: centre(lane), y1: '0', y2: String(height) }),
  )

const drawRow = (row: Row, top: number, words: PanelWords, onPick: (seq: number) => void): SVGElement => {
  const { kind, hop, from, to, trouble, ms } = row
  const y = top + ARROW
  const parts: SVGElement[] = [
    svg('rect', { class: 'touch', x: '0', y: String(top), width: '100%', height: String(HEIGHT[kind]) }),
  ]
  if (kind !== 'answer') parts.push(arrow(from, to, y, kind === 'waiting' ? 'way waiting' : 'way'))
  if (kind === 'answer') parts.push(arrow(from, to, y, 'way back'))
  if (kind === 'both') parts.push(arrow(to, from, y + RETURN, 'way back'))
  parts.push(caption(row, top + 14, words))
  const isBad = trouble !== undefined
  const label = [row.label, ...(ms === undefined ? [] : [milliseconds(ms)]), ...(isBad ? [trouble] : [])].join(', ')
  const group = svg('g', { class: `hop ${kind}${isBad ? ' bad' : ''}`, 'data-op': hop?.op ?? row.label }, parts)
  if (!hop) return group
  for (const [name, value] of [
    ['data-seq', String(hop.seq)],
    ['role', 'button'],
    ['tabindex', '0'],
    ['aria-label', label],
  ] as const)
    group.setAttribute(name, value)
  group.addEventListener('click', () => onPick(hop.seq))
  group.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onPick(hop.seq)
  })
  return group
}

/** The operation, how long it took, and what went wrong, in one line over the arrow. */
const caption = ({ kind, label, ms, trouble, from, to }: Row, y: number, words: PanelWords): SVGElement => {
  const text = svg('text', { x: centre(Math.min(from, to)), dx: '7', y: String(y) })
  const add = (className: string, content: string): void => {
    const span = svg('tspan', { class: className, ...(text.childNodes.length > 0 ? { dx: '6' } : {}) })
    span.textContent = content
    text.append(span)
  }
  if (kind !== 'answer') add('op', label)
  if (ms !== undefined) add('ms', milliseconds(ms))
  if (kind === 'answer' && trouble === undefined) add('ms', words.answered(label))
  if (kind === 'waiting') add('ms', words.waiting)
  if (trouble !== undefined)
    add('trouble', trouble.length > MAX_TROUBLE ? `${trouble.slice(0, MAX_TROUBLE)}…` : trouble)
  return text
}

/** From one lane to another, with a head; drawn with lines, whose ends may be told in percent. */
const arrow = (from: number, to: number, y: number, className: string): SVGElement => {
  const direction = from < to ? -1 : 1
  const head = svg('svg', { x: centre(to), y: String(y), class: 'head', overflow: 'visible' }, [
    svg('path', { d: `M0 0 L${8 * direction} -4 L${8 * direction} 4 Z` }),
  ])
  const line = svg('line', { x1: centre(from), x2: centre(to), y1: String(y), y2: String(y) })
  return svg('g', { class: className }, [line, head])
}

export const milliseconds = (ms: number): string =>
  ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`

const svg = (tag: string, attributes: Readonly<Record<string, string>>, children: readonly Node[] = []): SVGElement => {
  const element = document.createElementNS(SPACE, tag) as SVGElement
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}
