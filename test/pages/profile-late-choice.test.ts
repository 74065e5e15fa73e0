// A picture that is chosen while an older one is on its way: WeChat's event may come after "save" was tapped.

import { authError } from '../../miniprogram/auth/core/errors'
import type { Auth, User } from '../../miniprogram/auth/index'
import { zhCN } from '../../miniprogram/i18n/zh-cn'
import { createDrafts } from '../../miniprogram/pages/profile/drafts'
import type { View } from '../../miniprogram/pages/profile/present'
import { createProfilePage } from '../../miniprogram/pages/profile/profile-model'
import { gate } from '../support/client-world'

const user: User = { id: 'u-1', unionLinked: false, createdAt: 1 }
const nothing = () => undefined
const done = async () => undefined

/** The page of one whose save is under way, as far as the server's answer. */
const opened = (answer: () => Promise<never>) => {
  const views: View[] = []
  const call = (async (name: string) =>
    name === 'avatarUpload' ? { cloudPath: 'avatars/path-1.png' } : answer()) as Auth['call']
  const page = createProfilePage({
    auth: {
      ...{ call, state: { status: 'signedIn', user }, onChange: () => nothing },
      ...{ resume: done, signIn: done, prepareSealed: done, signOut: done },
    },
    given: { words: zhCN, contact: '' },
    drafts: createDrafts(),
    pictures: { look: async () => ({ type: 'png', size: 5 }), send: done },
    ...{ put: nothing, focus: nothing, copy: nothing, read: nothing, log: nothing, now: () => 0 },
    confirm: async () => true,
    show: (view) => views.push(view),
  })
  return { page, shown: () => views.at(-1)?.src }
}

test('is kept when the older one is refused', async () => {
  const refusal = gate()
  const { page, shown } = opened(async () => {
    await refusal.opened
    throw authError('AVATAR_REJECTED', 'not a picture')
  })
  await page.chosen('wxfile://tmp_1')
  const saving = page.save('')
  await page.chosen('wxfile://tmp_2')
  refusal.open()
  await saving

  expect(shown()).toBe('wxfile://tmp_2')
})
