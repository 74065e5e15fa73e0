// WeChat's side of chooseAvatar: the pictures of the sheet, and the temporary file that a choice leaves behind.

import { EmulatorError } from '../errors'
import { pictureFacts } from '../picture-type'
import { ALBUM_NAMES, albumPicture, faceOf, type Picture, photo } from '../pictures'
import type { AvatarSource, OfferedPicture } from '../profile'
import { DeviceRefusal } from '../stage'
import type { State } from '../state'
import { type Args, type Operations, text } from './operation'
import { atLeast } from './version'

/** Below it nobody looks at the picture. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/userProfile.html */
const CHECKED_SINCE = '2.24.4'
/** Shown in the sheet: larger ones and what is no picture are named only. */
const MAX_PREVIEW_BYTES = 256 * 1024

/** The text is a guess: no event is fired, so no program ever sees it. */
const UNSAFE = 'chooseAvatar:fail content check failed'
const CANCELLED = 'chooseAvatar:fail cancel'

export function createAvatarOperations({ services, tempFiles, rules }: AvatarPorts): Operations {
  const choose = (account: string, args: Args): Picture => {
    const { picture } = args
    if (typeof picture === 'object' && picture !== null) {
      const { name, base64 } = picture as Record<string, unknown>
      if (typeof name !== 'string' || typeof base64 !== 'string')
        throw new EmulatorError('BAD_REQUEST', 'a picture of the person is { name, base64 }')
      return { name, bytes: Buffer.from(base64, 'base64') }
    }
    return pictureOf(account, text(args, 'choose'))
  }
  return {
    'button.chooseAvatar': {
      to: 'wx',
      api: 'chooseAvatar',
      run(owner, args) {
        if (args['choose'] === 'cancel') throw new DeviceRefusal({ errMsg: CANCELLED })
        const picture = choose(owner.account, args)
        const isUnsafe = services.get(owner.appid).avatar === 'unsafe' || rules.isUnsafe(picture.bytes)
        if (isUnsafe && atLeast(text(args, 'libVersion'), CHECKED_SINCE)) throw new DeviceRefusal({ errMsg: UNSAFE })
        return { avatarUrl: tempFiles.add(owner, picture, text(args, 'platform')) }
      },
      shown: {
        request: ({ picture, ...rest }) =>
          picture === undefined ? rest : { ...rest, picture: { name: Reflect.get(Object(picture), 'name') } },
      },
    },
    /** What the sheet shows, for a host with a screen. */
    'avatar.offer': {
      to: 'wx',
      api: 'chooseAvatar',
      run: ({ account }): OfferedPicture[] =>
        (['weixin', ...ALBUM_NAMES.map((name) => `album:${name}` as const), 'camera'] as const).map((source) =>
          offered(source, pictureOf(account, source)),
        ),
      shown: { reply: (value) => `${Array.isArray(value) ? value.length : 0} pictures` },
    },
  }
}

export interface AvatarPorts {
  services: State['profileServices']
  tempFiles: State['tempFiles']
  rules: State['contentRules']
}

function pictureOf(account: string, source: string): Picture {
  if (source === 'weixin') return faceOf(account)
  if (source === 'camera') return photo()
  const found = source.startsWith('album:') ? albumPicture(source.slice('album:'.length)) : undefined
  if (found === undefined)
    throw new EmulatorError(
      'BAD_REQUEST',
      `no picture ${source}: weixin, camera, album:${ALBUM_NAMES.join(', album:')}`,
    )
  return found
}

function offered(source: AvatarSource, { bytes }: Picture): OfferedPicture {
  const type = pictureFacts(bytes)?.type
  const isShown = type !== undefined && bytes.length <= MAX_PREVIEW_BYTES
  return {
    source,
    bytes: bytes.length,
    ...(isShown ? { preview: `data:image/${type};base64,${bytes.toString('base64')}` } : {}),
  }
}
