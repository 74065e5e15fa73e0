// What is wrong with the mini-program, over the phone, with file and line: gone at the next good save.

import type { BuildReport, FaultReport, SourcePlace } from '../bridge'
import { make, makeButton } from './dom'
import type { Words } from './words'

export interface FaultOverlay {
  readonly element: HTMLElement
  problems(problems: BuildReport['problems']): void
  fault(report: FaultReport, places: readonly SourcePlace[]): void
  clear(): void
}

/** A page that throws at every tick must not fill the screen. */
const MAX_SHOWN = 20

export const createFaultOverlay = (words: Words): FaultOverlay => {
  const heading = make('h2')
  const list = make('ol')
  const element = make('section', { className: 'faults', role: 'alert' }, [
    make('header', {}, [heading, makeButton('close', '×', () => overlay.clear())]),
    list,
    make('footer', { text: words.hint }),
  ])
  element.querySelector('.close')?.setAttribute('aria-label', words.close)
  element.hidden = true

  const add = (item: HTMLElement): void => {
    element.hidden = false
    if (list.children.length < MAX_SHOWN) list.append(item)
  }
  const overlay: FaultOverlay = {
    element,
    problems(problems) {
      overlay.clear()
      heading.textContent = words.problems
      for (const { file, line, column, message } of problems) add(entry(message, '', [{ file, line, column }]))
    },
    fault({ message, where = '' }, places) {
      if (element.hidden) heading.textContent = words.problem
      add(entry(message, where, places))
    },
    clear() {
      element.hidden = true
      list.replaceChildren()
    },
  }
  return overlay
}

const entry = (message: string, where: string, places: readonly SourcePlace[]): HTMLElement =>
  make('li', {}, [
    make('p', { className: 'message', text: message }),
    ...(where ? [make('p', { className: 'where', text: where })] : []),
    ...places.map(({ file, line, column, text }) =>
      make('p', { className: 'place' }, [
        make('b', { text: `${file}:${line}:${column}` }),
        ...(text ? [make('code', { text: text.trim() })] : []),
      ]),
    ),
  ])
