// What an eye and a finger would measure on a page in a browser.

import type { Visitor } from './stage'

/** In CSS pixels: how wide the page is beyond the screen, and how tall each target is that is too small. */
export const measured = ({ screen }: Visitor, width: number) =>
  screen.locator('wx-page:visible').evaluate((page, width) => {
    const targets = [...page.querySelectorAll('wx-button, wx-input, [role="button"], [role="link"]')]
    const boxes = targets.map((target) => target.getBoundingClientRect()).filter(({ height }) => height > 0)
    return {
      small: boxes.map(({ height }) => height).filter((height) => height < 44),
      outside: boxes.filter(({ left, right }) => left < 0 || right > width).length,
      some: boxes.length > 0,
      wide: page.scrollWidth - width,
    }
  }, width)

/** What `measured` says of a page that fits. */
export const FITS = { small: [], outside: 0, some: true, wide: 0 }

/** Where these stand on the page, in CSS pixels, in turn: top, left, width, height. A page that is scrolled is no page that jumped. */
export const places = ({ screen }: Visitor, ...selectors: string[]): Promise<number[][]> =>
  Promise.all(
    selectors.map((selector) =>
      screen
        .locator(`wx-page:visible ${selector}`)
        .first()
        .evaluate((it) => {
          const { top, left, width, height } = it.getBoundingClientRect()
          const scrolled = it.closest('wx-page')?.scrollTop ?? 0
          return [top + scrolled, left, width, height].map((value) => Math.round(value * 10) / 10)
        }),
    ),
  )
