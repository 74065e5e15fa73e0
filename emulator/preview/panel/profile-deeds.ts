// What the chips about avatar and nickname do: what choices and reviews end with, what becomes of uploads.

import type { NicknameOutcome } from '../../profile'
import type { FaultSpec } from '../../told'
import type { Stand } from '../shell/stand'
import { createFaultDeed, type Deed } from './deeds'
import type { Doors } from './doors'

export interface ProfileDeeds {
  avatar: readonly Deed[]
  /** At most one of them is lit; without any, WeChat looks at the words. */
  nickname: readonly Deed[]
  older: readonly Deed[]
  platform: readonly Deed[]
}

const REVIEWS: readonly Exclude<NicknameOutcome, 'check'>[] = ['pass', 'unsafe', 'timeout']

export const createProfileDeeds = (doors: Doors, stand: Stand): ProfileDeeds => {
  const upload = (answer: 'cut' | 'lost') => (): FaultSpec => ({
    at: 'uploadFile',
    answer,
    times: 1,
    account: stand.options.account,
  })
  return {
    avatar: [
      {
        name: 'avatar-unsafe',
        isOn: ({ profile }) => profile?.avatar === 'unsafe',
        press: ({ profile }) => doors.setProfile({ avatar: profile?.avatar === 'unsafe' ? 'ask' : 'unsafe' }),
      },
      createFaultDeed(doors, 'upload-cut', upload('cut')),
      createFaultDeed(doors, 'upload-lost', upload('lost')),
    ],
    nickname: REVIEWS.map(
      (outcome): Deed => ({
        name: `nickname-${outcome}`,
        isOn: ({ profile }) => profile?.nickname === outcome,
        press: ({ profile }) => doors.setProfile({ nickname: profile?.nickname === outcome ? 'check' : outcome }),
      }),
    ),
    platform: [
      {
        name: 'platform-off',
        isOn: ({ isBound }) => !isBound,
        press: ({ isBound }) => doors.setBound(!isBound),
      },
    ],
    older: [
      {
        name: 'userInfo-dialog',
        isOn: ({ profile }) => profile?.userInfo === 'dialog',
        press: ({ profile }) => doors.setProfile({ userInfo: profile?.userInfo === 'dialog' ? 'anonymous' : 'dialog' }),
      },
    ],
  }
}
