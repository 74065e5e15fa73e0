// Every state that the page of the profile can be in.

import { arm, MANY, offline, type Scene, type State, settled, signIn } from './stage'

const PAGE = 'pages/profile/profile'

/** Signed in, the guideline agreed to, the page open. */
const open = async (scene: Scene, lib?: string): Promise<void> => {
  await signIn(scene, lib)
  scene.emulator.weixin.agreePrivacy(scene.account)
  await scene.open(PAGE, lib)
  await scene.screen.locator('.form').waitFor()
  await settled(scene)
}
const field = ({ screen }: Scene) => screen.locator('.input input')
const press = ({ page }: Scene, words: RegExp) => page.locator('.dialogs').getByText(words).click()
const choose = async (scene: Scene): Promise<void> => {
  await scene.screen.locator('.choose').click()
  await press(scene, /用微信头像|WeChat/)
  await scene.screen.locator('.picker-host img[src^="data:"]').waitFor()
}
const save = ({ screen }: Scene) => screen.locator('.save').click()
const saved = async (scene: Scene): Promise<void> => {
  await choose(scene)
  await field(scene).fill('小满')
  await save(scene)
  await scene.screen
    .locator('.save')
    .getByText(/已保存|Saved/)
    .waitFor()
}
const notice = ({ screen }: Scene) => screen.locator('.notice').waitFor()

export const PROFILE: readonly State[] = [
  { name: 'profile-guest', stage: ({ open }) => open(PAGE) },
  {
    name: 'profile-restoring',
    async stage(scene) {
      arm(scene, 'storage.get', 'hold', MANY)
      await scene.open(PAGE)
      await scene.screen.locator('.ghost').first().waitFor()
    },
  },
  { name: 'profile-empty', stage: (scene) => open(scene) },
  {
    name: 'profile-choosing',
    async stage(scene) {
      await open(scene)
      await scene.screen.locator('.choose').click()
      await scene.page.locator('.avatar-sheet').waitFor()
    },
  },
  {
    name: 'profile-typing',
    async stage(scene) {
      await open(scene)
      await choose(scene)
      await field(scene).click()
      await scene.page.locator('.suggestion').waitFor()
    },
  },
  {
    name: 'profile-too-long',
    async stage(scene) {
      await open(scene)
      await field(scene).fill('名字一旦太长就放不进这个格子里面了怎么办呢')
      await save(scene)
      await notice(scene)
    },
  },
  {
    name: 'profile-nothing',
    async stage(scene) {
      await open(scene)
      await save(scene)
      await notice(scene)
    },
  },
  {
    name: 'profile-too-large',
    async stage(scene) {
      await open(scene)
      await scene.screen.locator('.choose').click()
      await press(scene, /从相册选择|[Aa]lbum/)
      await scene.page.locator('.picture', { hasText: 'MB' }).first().click()
      await notice(scene)
    },
  },
  {
    name: 'profile-saving',
    async stage(scene) {
      await open(scene)
      await field(scene).fill('小满')
      arm(scene, 'callFunction', 'hold', MANY)
      await save(scene)
      await scene.screen
        .locator('.save')
        .getByText(/正在保存|Saving/)
        .waitFor()
    },
  },
  {
    name: 'profile-saved',
    async stage(scene) {
      await open(scene)
      await saved(scene)
    },
  },
  {
    name: 'profile-home',
    async stage(scene) {
      await open(scene)
      await saved(scene)
      await scene.open()
      await scene.screen.locator('.person img[src^="data:"]').waitFor()
    },
  },
  {
    name: 'profile-removing',
    async stage(scene) {
      await open(scene)
      await saved(scene)
      await scene.screen.locator('.remove-name').click()
      await scene.page.locator('.sheet').waitFor()
    },
  },
  {
    name: 'profile-upload-cut',
    async stage(scene) {
      await open(scene)
      await choose(scene)
      arm(scene, 'uploadFile', 'cut')
      await save(scene)
      await notice(scene)
    },
  },
  {
    name: 'profile-offline',
    async stage(scene) {
      await open(scene)
      await field(scene).fill('小满')
      await offline(scene)
      await save(scene)
      await notice(scene)
    },
  },
  {
    name: 'profile-unsafe-name',
    async stage(scene) {
      scene.emulator.weixin.setProfileService({ nickname: 'unsafe' })
      await open(scene)
      await field(scene).fill('坏名字')
      await field(scene).blur()
      await notice(scene)
    },
  },
  {
    name: 'profile-name-rejected',
    async stage(scene) {
      scene.emulator.weixin.setContentService({ text: 'risky' })
      await open(scene)
      await choose(scene)
      await field(scene).fill('小满')
      await save(scene)
      await notice(scene)
    },
  },
  {
    name: 'profile-picture-rejected',
    async stage(scene) {
      const { weixin, trace, clock } = scene.emulator
      weixin.setContentService({ picture: 'risky' })
      await open(scene)
      await saved(scene)
      const pushed = trace.until('http.push')
      await clock.advance(weixin.contentService().delayMs)
      await pushed
      await scene.open(PAGE)
      await scene.screen
        .locator('.check')
        .getByText(/没有通过|rejected/)
        .waitFor()
    },
  },
  {
    name: 'profile-consent',
    async stage(scene) {
      await signIn(scene)
      await scene.open(PAGE)
      await scene.screen.locator('.choose').click()
      await scene.screen.locator('.guideline').waitFor()
    },
  },
  {
    name: 'profile-misconfigured',
    async stage(scene) {
      await open(scene)
      await field(scene).fill('小满')
      arm(scene, '*msgSecCheck', { errcode: 48001 }, MANY)
      await save(scene)
      await notice(scene)
    },
  },
  {
    name: 'profile-dialog-age',
    async stage(scene) {
      await open(scene, '2.20.0')
      await scene.screen.locator('.take').click()
      await scene.page.locator('.user-info').waitFor()
    },
  },
  {
    name: 'profile-dialog-denied',
    async stage(scene) {
      await open(scene, '2.20.0')
      await scene.screen.locator('.take').click()
      await press(scene, /拒绝|Refuse|Deny|Not/)
      await notice(scene)
    },
  },
  {
    name: 'profile-dialog-taken',
    async stage(scene) {
      await open(scene, '2.20.0')
      await scene.screen.locator('.take').click()
      await press(scene, /^允许$|^Allow$/)
      await scene.screen.locator('.picker-host img[src^="data:"]').waitFor()
    },
  },
  {
    name: 'profile-button-age',
    async stage(scene) {
      scene.emulator.weixin.setProfileService({ userInfo: 'dialog' })
      await open(scene, '2.10.3')
    },
  },
  {
    name: 'profile-anonymous',
    async stage(scene) {
      await open(scene, '2.10.3')
      await scene.screen.locator('.take').click()
      await notice(scene)
    },
  },
]
