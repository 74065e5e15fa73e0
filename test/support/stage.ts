// Given for browser tests: the real mini-program on the real emulator, in as many browsers as a test wants.

import type { Browser, BrowserContext, Locator } from 'playwright-core'
import { createEmulator } from '../../emulator/index'
import type { Emulator } from '../../emulator/types'
import { launchBrowser, type OpenPhone, openPhone, type PhoneOptions } from './browser'
import { TIME_LIMIT_MS } from './emulator'
import { copyProject } from './project-copy'

/** One browser with the phone and the panel in it. */
export interface Visitor extends OpenPhone {
  panel: Locator
  /** Waits until the page shows this text. */
  sees(text: string): Promise<void>
  tap(text: string): Promise<void>
  /** Taps, and waits for the person; resolves with the id the page shows. */
  signIn(): Promise<string>
  /** The id the page shows, once it shows one. */
  shownId(): Promise<string>
  chip(deed: string): Locator
  /** Waits until the chip is lit, or is not. */
  lit(deed: string, isLit: boolean): Promise<void>
  /** By the panel; resolves when the page is ready again. */
  relaunch(): Promise<void>
  reload(): Promise<void>
  choose(name: string, value: string): Promise<void>
}

export interface Stage {
  readonly emulator: Emulator
  /** Another browser each time, unless a context is given. */
  visit(options?: PhoneOptions): Promise<Visitor>
  /** How often these operations were finished since this was asked. */
  counting(...ops: string[]): () => number[]
}

/** Long before a test's own limit, so that what was waited for is named. */
const PATIENCE_MS = 20_000

/** Wide enough for the panel beside the phone. */
const WINDOW = { width: 1280, height: 892 }

/** One emulator and one browser for a file; the first day and no visitors before each test. */
export const useStage = (): Stage => {
  let browser: Browser
  let emulator: Emulator
  let contexts: BrowserContext[] = []
  const copy = copyProject()
  beforeAll(async () => {
    ;[browser, emulator] = await Promise.all([
      launchBrowser(),
      createEmulator({ timeLimitMs: TIME_LIMIT_MS, ...copy.options }),
    ])
  })
  beforeEach(() => emulator.reset())
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    contexts = []
  })
  afterAll(async () => {
    await Promise.all([browser.close(), emulator.close()])
    copy.remove()
  })

  return {
    get emulator() {
      return emulator
    },
    async visit(options = {}) {
      const context = options.context ?? (await browser.newContext({ viewport: WINDOW }))
      context.setDefaultTimeout(PATIENCE_MS)
      if (!contexts.includes(context)) contexts.push(context)
      return visitor(await openPhone(browser, emulator.url, { ...options, context }))
    },
    counting(...ops) {
      const before = ops.map(emulator.trace.count)
      return () => ops.map((op, index) => emulator.trace.count(op) - (before[index] ?? 0))
    },
  }
}

const visitor = (phone: OpenPhone): Visitor => {
  const { page, screen } = phone
  const ready = () => page.locator('.phone[data-ready="true"]').waitFor()
  const it: Visitor = {
    ...phone,
    panel: page.locator('.panel'),
    // A page that lies under another one is in the document too.
    sees: (text) => screen.getByText(text).filter({ visible: true }).first().waitFor(),
    tap: (text) => screen.getByText(text, { exact: true }).click(),
    async signIn() {
      await screen.locator('.hero-action').click()
      return it.shownId()
    },
    async shownId() {
      const text = await screen.locator('.person-id').textContent()
      return (text ?? '').replace(/^ID |·/g, '')
    },
    chip: (deed) => page.locator(`[data-deed="${deed}"]`),
    lit: (deed, isLit) => page.locator(`[data-deed="${deed}"][aria-pressed="${isLit}"]`).waitFor(),
    async relaunch() {
      await anew(page.locator('.tool.relaunch').click())
    },
    async reload() {
      await page.reload()
      await ready()
    },
    async choose(name, value) {
      await anew(page.locator(`select[name="${name}"]`).selectOption(value))
    },
  }
  /** The frame is another one afterwards: the old one must not be taken for it. */
  const anew = async (act: Promise<unknown>): Promise<void> => {
    const old = await page.locator('iframe.page').elementHandle()
    await act
    await old?.waitForElementState('hidden')
    await ready()
  }
  return it
}
