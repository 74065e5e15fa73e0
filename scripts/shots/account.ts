// Every state that the page of the account can be in.

import { arm, MANY, offline, type Scene, type State, settled, signIn } from './stage'

const PAGE = 'pages/account/account'

/** The same person on two more phones. */
const elsewhere = async ({ emulator, account }: Scene): Promise<void> => {
  for (const model of ['HUAWEI MatePad Pro 13', '']) {
    const device = emulator.device({ account, device: `phone-${model || 'plain'}` })
    device.wx.cloud.init()
    const { code } = await device.wx.login()
    await device.wx.cloud.callFunction({
      name: 'auth',
      data: {
        v: 1,
        call: 'login',
        code,
        data: {},
        device: { id: `install-${model.length}`, model, platform: 'android' },
      },
    })
  }
}
const open = async (scene: Scene): Promise<void> => {
  await signIn(scene)
  await scene.open(PAGE)
  await scene.screen.locator('.current').waitFor()
  await settled(scene)
}
const openTwo = async (scene: Scene): Promise<void> => {
  await elsewhere(scene)
  await open(scene)
  await scene.screen.locator('.other').first().waitFor()
}

export const ACCOUNT: readonly State[] = [
  { name: 'account-guest', stage: ({ open }) => open(PAGE) },
  {
    name: 'account-loading',
    async stage(scene) {
      await signIn(scene)
      arm(scene, 'callFunction', 'hold', MANY)
      await scene.open(PAGE)
      await scene.screen.locator('.ghost').first().waitFor()
    },
  },
  { name: 'account-alone', stage: open },
  { name: 'account-devices', stage: openTwo },
  {
    name: 'account-signing-one-out',
    async stage(scene) {
      await openTwo(scene)
      await scene.screen.locator('.other').first().click()
      await scene.page.locator('.sheet').waitFor()
    },
  },
  {
    name: 'account-signing-others-out',
    async stage(scene) {
      await openTwo(scene)
      await scene.screen.locator('.others').click()
      await scene.page.locator('.modal').waitFor()
    },
  },
  {
    name: 'account-offline',
    async stage(scene) {
      await openTwo(scene)
      await offline(scene)
      await scene.screen.locator('.others').click()
      await scene.page.locator('.modal .confirm').click()
      await scene.screen.locator('.notice').waitFor()
    },
  },
  {
    name: 'account-error',
    async stage(scene) {
      await signIn(scene)
      arm(scene, 'callFunction', 'cut', MANY)
      await scene.open(PAGE)
      await scene.screen.locator('.notice').waitFor()
    },
  },
  {
    name: 'account-erasing',
    async stage(scene) {
      await open(scene)
      await scene.screen.locator('.leave').click()
      await scene.screen.locator('.points').waitFor()
    },
  },
  {
    name: 'account-erase-sure',
    async stage(scene) {
      await open(scene)
      await scene.screen.locator('.leave').click()
      await scene.screen.locator('.main').click()
      await scene.page.locator('.modal').waitFor()
    },
  },
  {
    name: 'account-goodbye',
    async stage(scene) {
      await open(scene)
      await scene.screen.locator('.leave').click()
      await scene.screen.locator('.main').click()
      await scene.page.locator('.modal .confirm').click()
      await scene.screen
        .locator('.title')
        .getByText(/账号已注销|is deleted/)
        .waitFor()
    },
  },
]
