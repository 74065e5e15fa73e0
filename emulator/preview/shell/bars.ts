// The bars around the page: status, navigation with the capsule, tabs.

import type { ShownPage } from '../bridge'
import type { TabBar } from '../program'
import { make, makeButton } from './dom'
import type { Words } from './words'

export interface Bars {
  readonly top: HTMLElement
  readonly tabs: HTMLElement
  show(page: ShownPage): void
  /** What the page asked for by setNavigationBarTitle, until another page shows. */
  setTitle(title: string): void
  setColors(front: string, background: string): void
  setLoading(on: boolean): void
  /** Whether the status bar shows reception. */
  setOnline(online: boolean): void
}

export interface BarActions {
  back(): void
  tab(index: number): void
}

/** Four bars of reception, the outline of a battery, its charge. */
const SIGNAL = [
  ['M0 8h3v4H0zM5 6h3v6H5zM10 3h3v9h-3zM15 0h3v12h-3z', '1'],
  [
    'M25 0h16a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H25a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3zm0 1a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V3a2 2 0 0 0-2-2zM45 4h1.5v4H45z',
    '.45',
  ],
  ['M25.5 2h15a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-15a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 25.5 2z', '1'],
] as const

export const createBars = (words: Words, actions: BarActions): Bars => {
  const time = make('span', { className: 'clock', text: '9:41' })
  const back = makeButton('back', '', actions.back)
  back.setAttribute('aria-label', words.back)
  const title = make('h1', { className: 'title' })
  const spinner = make('i', { className: 'bar-spinner' })
  spinner.hidden = true
  const capsule = make('div', { className: 'capsule', 'aria-hidden': 'true' }, [
    make('i'),
    make('i'),
    make('i'),
    make('b'),
  ])
  const net = make('span', { className: 'net', text: '5G' })
  const status = make('div', { className: 'status' }, [time, net, signal()])
  const nav = make('div', { className: 'nav' }, [back, make('div', { className: 'middle' }, [spinner, title]), capsule])
  const top = make('header', { className: 'top' }, [status, nav])
  const tabs = make('nav', { className: 'tabs' })
  /** Per page path and depth: what the page set by API outlives its own show and hide. */
  const titles = new Map<string, string>()
  const colors = new Map<string, { front: string; background: string }>()
  let shown: ShownPage | undefined
  const keyOf = (page: ShownPage): string => `${page.stack.length} ${page.path}`

  const paint = (): void => {
    if (!shown) return
    const { window } = shown
    const own = colors.get(keyOf(shown))
    title.textContent = titles.get(keyOf(shown)) ?? window.navigationBarTitleText
    const isCustom = window.navigationStyle === 'custom'
    // A page with its own navigation begins at the top of the screen, under the capsule.
    top.style.background = isCustom ? '' : (own?.background ?? window.navigationBarBackgroundColor)
    const isDarkText = own ? own.front === '#000000' : window.navigationBarTextStyle === 'black'
    top.style.color = isDarkText ? '#14181f' : '#ffffff'
    top.classList.toggle('custom', isCustom)
    back.hidden = shown.stack.length < 2
    paintTabs(tabs, shown.tabBar, shown.path, actions)
  }

  return {
    top,
    tabs,
    show(page) {
      if (!shown || keyOf(shown) !== keyOf(page)) {
        spinner.hidden = true
        // A page that was left does not come back with its old title.
        for (const key of [...titles.keys(), ...colors.keys()]) {
          const depth = Number.parseInt(key, 10)
          const isLeft = depth > page.stack.length || (depth === page.stack.length && key !== keyOf(page))
          if (!isLeft) continue
          titles.delete(key)
          colors.delete(key)
        }
      }
      shown = page
      paint()
    },
    setTitle(text) {
      if (shown) titles.set(keyOf(shown), text)
      paint()
    },
    setColors(front, background) {
      if (shown) colors.set(keyOf(shown), { front, background })
      paint()
    },
    setLoading(on) {
      spinner.hidden = !on
    },
    setOnline(online) {
      net.textContent = online ? '5G' : words.noNetwork
      status.classList.toggle('offline', !online)
    },
  }
}

const paintTabs = (tabs: HTMLElement, bar: TabBar | undefined, path: string, actions: BarActions): void => {
  tabs.hidden = bar === undefined
  if (!bar) return
  tabs.style.background = bar.backgroundColor
  tabs.classList.toggle('light-border', bar.borderStyle === 'white')
  tabs.replaceChildren(
    ...bar.list.map((item, index) => {
      const isOn = item.pagePath === path
      const tab = makeButton('tab', '', () => actions.tab(index))
      const icon = isOn ? item.selectedIconPath : item.iconPath
      if (icon) tab.append(make('img', { src: `/__preview/file/${icon}`, alt: '' }))
      tab.append(make('span', { text: item.text }))
      tab.style.color = isOn ? bar.selectedColor : bar.color
      if (isOn) tab.setAttribute('aria-current', 'page')
      return tab
    }),
  )
}

const signal = (): SVGElement => {
  const space = 'http://www.w3.org/2000/svg'
  const picture = document.createElementNS(space, 'svg')
  picture.setAttribute('viewBox', '0 0 47 12')
  picture.setAttribute('class', 'signal')
  for (const [d, opacity] of SIGNAL) {
    const part = document.createElementNS(space, 'path')
    part.setAttribute('d', d)
    part.setAttribute('fill', 'currentColor')
    part.setAttribute('fill-rule', 'evenodd')
    part.setAttribute('opacity', opacity)
    picture.append(part)
  }
  return picture
}
