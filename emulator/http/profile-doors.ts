// The back door about avatars, nicknames and user information.

import type { AvatarOutcome, NicknameOutcome, ProfileService, UserInfoAge } from '../profile'
import type { Emulator } from '../types'
import { bad, type Doors, oneOf, only, optional } from './door'

const AVATAR: Readonly<Record<AvatarOutcome, true>> = { ask: true, unsafe: true }
const NICKNAME: Readonly<Record<NicknameOutcome, true>> = { check: true, pass: true, unsafe: true, timeout: true }
const USER_INFO: Readonly<Record<UserInfoAge, true>> = { anonymous: true, dialog: true }

export function createProfileDoors(emulator: Pick<Emulator, 'apps' | 'weixin'>): Doors {
  const { weixin } = emulator
  // Asked anew each time: what it answers with is a copy.
  const isBound = (app: string | undefined) => {
    const found = emulator.apps.find(({ appid }) => app === undefined || appid === app)
    if (found === undefined) throw bad(`no mini-program ${String(app)}`)
    return { appid: found.appid, bound: found.bound }
  }
  return {
    'open-platform': {
      GET: ({ query }) => isBound(query.get('app') ?? undefined),
      POST({ body }) {
        only(body, ['app', 'bound'])
        const [app, bound] = [optional(body, 'app', 'string'), optional(body, 'bound', 'boolean')]
        if (bound === undefined) throw bad('`bound` is a boolean')
        weixin.setBound(isBound(app).appid, bound)
        return isBound(app)
      },
    },
    'risky-words': {
      GET: () => ({ words: weixin.riskyWords() }),
      POST({ body }) {
        only(body, ['words'])
        const { words } = body
        if (!isTexts(words)) throw bad('`words` is a list of texts')
        weixin.setRiskyWords(words)
        return { words }
      },
    },
    'profile-service': {
      GET: ({ query }): ProfileService => weixin.profileService(query.get('app') ?? undefined),
      POST({ body }): ProfileService {
        only(body, ['app', 'avatar', 'nickname', 'userInfo'])
        const app = optional(body, 'app', 'string')
        const [avatar, nickname, userInfo] = [
          oneOf(body, 'avatar', AVATAR),
          oneOf(body, 'nickname', NICKNAME),
          oneOf(body, 'userInfo', USER_INFO),
        ]
        const changes = {
          ...(avatar === undefined ? {} : { avatar }),
          ...(nickname === undefined ? {} : { nickname }),
          ...(userInfo === undefined ? {} : { userInfo }),
        }
        weixin.setProfileService(changes, app)
        return weixin.profileService(app)
      },
    },
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
