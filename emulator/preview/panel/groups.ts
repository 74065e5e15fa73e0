// Groups of chips behind tabs, all in one place: whichever is open, what stands below does not move.

import { make, makeButton } from '../shell/dom'
import { GROUPS, type Group } from './prefs'

export interface Groups {
  readonly tabs: HTMLElement
  readonly element: HTMLElement
  /** Something in this group is not as on the first day: its tab says so while another is open. */
  mark(group: Group, isArmed: boolean): void
}

export const createGroups = (
  names: Record<Group, string>,
  contents: Record<Group, readonly HTMLElement[]>,
  opened: Group,
  onOpen: (group: Group) => void,
): Groups => {
  const tabs = new Map<Group, HTMLButtonElement>()
  const bodies = new Map<Group, HTMLElement>()
  const open = (group: Group): void => {
    for (const name of GROUPS) {
      tabs.get(name)?.setAttribute('aria-selected', String(name === group))
      tabs.get(name)?.setAttribute('tabindex', name === group ? '0' : '-1')
      bodies.get(name)?.classList.toggle('open', name === group)
    }
  }
  const choose = (group: Group): void => {
    open(group)
    onOpen(group)
  }
  for (const name of GROUPS) {
    const tab = makeButton('group-tab', names[name], () => choose(name))
    for (const [attribute, value] of Object.entries({
      role: 'tab',
      id: `tab-${name}`,
      'aria-controls': `group-${name}`,
    }))
      tab.setAttribute(attribute, value)
    tab.dataset['group'] = name
    tabs.set(name, tab)
    const attributes = { id: `group-${name}`, role: 'tabpanel', 'aria-labelledby': `tab-${name}` }
    bodies.set(name, make('div', { className: 'group', ...attributes }, contents[name]))
  }
  const list = make('div', { className: 'group-tabs', role: 'tablist' }, [...tabs.values()])
  list.addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return
    const at = GROUPS.findIndex((name) => tabs.get(name)?.getAttribute('aria-selected') === 'true')
    const step = key === 'ArrowLeft' ? GROUPS.length - 1 : 1
    const next = GROUPS[(at + step) % GROUPS.length]
    if (next === undefined) return
    choose(next)
    tabs.get(next)?.focus()
  })
  open(opened)
  return {
    tabs: list,
    element: make('div', { className: 'groups' }, [...bodies.values()]),
    mark: (group, isArmed) => tabs.get(group)?.classList.toggle('armed', isArmed),
  }
}
