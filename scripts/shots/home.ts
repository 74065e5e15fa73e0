// Every state that home can be in.

import { isEnvelope } from '../../miniprogram/auth/platform/envelope'
import { arm, MANY, main, offline, type Scene, type State, settled, signIn } from './stage'

/** A sign-in that WeChat refuses; waits for the answer of the page: the button is not busy any more. */
const refused = (name: string, errcode: number, times = 1): State => ({
  name,
  async stage(scene) {
    arm(scene, 'jscode2session', { errcode }, times)
    await scene.open()
    await main(scene).click()
    await scene.page.waitForFunction(`document.querySelectorAll('.hop.answer.bad').length === ${times}`)
    await settled(scene)
  },
})

/** The clipboard is asked about before it is used for the first time. */
const copyAsks = async (scene: Scene): Promise<void> => {
  await refused('', 40226).stage(scene)
  await main(scene).click()
  await scene.screen.locator('wx-privacy-sheet wx-button').first().waitFor()
}

/** The same person signs in on another phone and signs out all others there. */
const signOutOthers = async ({ emulator, account }: Scene): Promise<void> => {
  const { wx } = emulator.device({ account, device: 'phone-elsewhere' })
  wx.cloud.init()
  const device = { id: 'install-elsewhere', model: 'iPhone 17', platform: 'ios' }
  const { code } = await wx.login()
  const ask = (event: object) => wx.cloud.callFunction({ name: 'auth', data: { v: 1, device, ...event } })
  const { result } = await ask({ call: 'login', code, data: {} })
  if (!isEnvelope(result) || !result.ok) throw new Error(`the other phone could not sign in: ${JSON.stringify(result)}`)
  await ask({ call: 'signOut', data: { which: 'others' }, token: result.session?.token })
}

export const HOME: readonly State[] = [
  {
    name: 'restoring',
    async stage(scene) {
      arm(scene, 'storage.get', 'hold', MANY)
      await scene.open()
      await scene.screen.locator('.ghost').first().waitFor()
    },
  },
  { name: 'signed-out-never', stage: ({ open }) => open() },
  {
    name: 'signing-in',
    async stage(scene) {
      const fault = arm(scene, 'jscode2session', 'hold')
      await scene.open()
      await main(scene).click()
      await fault.held()
    },
  },
  { name: 'signed-in', stage: signIn },
  {
    name: 'signing-out',
    async stage(scene) {
      await signIn(scene)
      await scene.screen.locator('.sign-out').click()
      await scene.page.locator('.sheet').waitFor()
    },
  },
  {
    name: 'signed-out-user',
    async stage(scene) {
      await signIn(scene)
      await scene.screen.locator('.sign-out').click()
      await scene.page.locator('.sheet .item').first().click()
      await main(scene).waitFor()
    },
  },
  {
    name: 'signed-out-server',
    async stage(scene) {
      await signIn(scene)
      // The account was deleted on another device.
      for (const collection of ['users', 'identities', 'sessions']) scene.emulator.database.remove(collection, {})
      await scene.open()
      await main(scene).waitFor()
    },
  },
  {
    name: 'signed-out-elsewhere',
    async stage(scene) {
      await signIn(scene)
      await signOutOthers(scene)
      await scene.open()
      await main(scene).waitFor()
    },
  },
  {
    name: 'offline-signed-in',
    async stage(scene) {
      await signIn(scene)
      await offline(scene)
      await scene.screen.locator('wx-notice-bar').waitFor()
    },
  },
  {
    name: 'offline-signed-out',
    async stage(scene) {
      await scene.open()
      await offline(scene)
      await main(scene).click()
      await scene.screen
        .locator('.sub')
        .getByText(/网络|internet/)
        .waitFor()
    },
  },
  refused('failed-retry', -1, 3),
  refused('failed-ask', 45011),
  refused('failed-stop', 40226),
  refused('failed-misconfigured', 40125),
  { name: 'failed-copy-asks', stage: copyAsks },
  {
    name: 'failed-copied',
    async stage(scene) {
      await copyAsks(scene)
      await scene.screen.locator('#privacy-agree, [id$="--privacy-agree"]').click()
      await scene.page.locator('.toast').waitFor()
    },
  },
  {
    name: 'failed-signed-in',
    async stage(scene) {
      await signIn(scene)
      // The server no longer knows the session, and WeChat will not let the user in again.
      scene.emulator.database.remove('sessions', {})
      arm(scene, 'jscode2session', { errcode: 40226 }, MANY)
      await scene.open()
      await scene.screen.locator('wx-notice-bar, .facts').first().waitFor()
    },
  },
  {
    name: 'not-now',
    async stage(scene) {
      await scene.open()
      await scene.screen.locator('.not-now').click()
      await scene.screen.locator('.sign-in-row').waitFor()
    },
  },
  { name: 'agreement', stage: ({ open }) => open('pages/agreement/agreement') },
  { name: 'privacy', stage: ({ open }) => open('pages/privacy/privacy') },
  {
    name: 'privacy-of-wechat',
    async stage(scene) {
      await scene.open()
      await scene.screen.locator('.privacy').click()
      await scene.page.locator('.own-screen').waitFor()
    },
  },
]
