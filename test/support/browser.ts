// A real Chromium for tests, and the phone in it.

import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core'
import { browserHow } from './browser-setup'

export const launchBrowser = async (): Promise<Browser> => {
  const { env, ...how } = await browserHow()
  try {
    return await chromium.launch({ ...how, headless: true, env: { ...definedEnv(), ...env } })
  } catch (error) {
    if (how.channel) throw new Error(`no browser for the tests: install Google Chrome (${String(error)})`)
    throw error
  }
}

const definedEnv = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined))

export interface PhoneOptions {
  width?: number
  height?: number
  theme?: 'light' | 'dark'
  lang?: 'zh' | 'en'
  account?: string
  lib?: string
  /** Page to open, with its query. */
  page?: string
  /** A browser context to stay in: the same browser, the same handset. */
  context?: BrowserContext
}

export interface OpenPhone {
  page: Page
  context: BrowserContext
  /** What the mini-program shows. */
  screen: FrameLocator
  /** Everything the browser's console called an error. */
  errors: string[]
  close(): Promise<void>
}

/** Opens the phone and waits until its first page is ready. The window has the phone's size. */
export const openPhone = async (browser: Browser, url: string, options: PhoneOptions = {}): Promise<OpenPhone> => {
  const { width = 390, height = 844, theme = 'light', lang = 'zh' } = options
  const context = options.context ?? (await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 2 }))
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  const query = new URLSearchParams({ theme, lang, size: `${width}x${height}` })
  for (const key of ['account', 'lib', 'page'] as const) if (options[key]) query.set(key, options[key])
  await page.goto(`${url}/?${query}`)
  await page.locator('.phone[data-ready="true"]').waitFor()
  // Faces come one by one; until then a machine without a Chinese font shows nothing.
  for (const frame of page.frames()) await frame.evaluate(() => document.fonts.ready.then(() => undefined))
  const screen = page.frameLocator('iframe.page')
  return { page, context, screen, errors, close: () => page.close() }
}
