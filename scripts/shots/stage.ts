// What a state to be shot is, and how one gets there: by taps, and by faults of the emulator.

import type { FrameLocator, Page } from 'playwright-core'
import type { Emulator } from '../../emulator/types'

/** One fresh browser with an account of its own. */
export interface Scene {
  emulator: Emulator
  account: string
  page: Page
  screen: FrameLocator
  /** Opens the phone; `path` is the page of the mini-program, the first one unless said, `lib` the base library. */
  open(path?: string, lib?: string): Promise<void>
}

export interface State {
  name: string
  stage(scene: Scene): Promise<void>
}

export const MANY = 99

export const arm = (
  { emulator, account }: Scene,
  at: string,
  answer: { errcode: number } | 'hold' | 'cut',
  times = 1,
) => emulator.faults.add({ at, answer, times, account })
export const main = ({ screen }: Scene) => screen.locator('.hero-action')

export const signIn = async (scene: Scene, lib?: string): Promise<void> => {
  await scene.open(undefined, lib)
  await main(scene).click()
  await scene.screen.locator('.person-id').waitFor()
  await settled(scene)
}

/** The page has nothing under way that would change it. */
export const settled = async ({ page }: Scene): Promise<void> => {
  await page.waitForFunction(
    "document.querySelector('.hop.answer') !== null && document.querySelector('.hop.waiting') === null",
  )
}

export const offline = (scene: Scene) => scene.page.locator('[data-deed="offline"]').dispatchEvent('click')
