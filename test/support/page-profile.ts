// The page of the profile for tests: a function that stores, files that are looked at and sent, and the fields' events.
import type { CallEvent, Envelope, ProfileChanges, User } from '../../typings/contract'
import { grant, ok, refuse } from './client-world'
import { type OpenPage, openPage } from './page'
import { type Answer, createPageDevice, type PageDeviceOptions } from './page-device'
import { xiaohe } from './page-home'
import { signedInStorage } from './page-phone'

const PROFILE = 'pages/profile/profile'
export const plain: User = { id: xiaohe.id, unionLinked: false, createdAt: 1 }

export const HEADS = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0],
  jpeg: [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0],
  webp: [0x52, 0x49, 0x46, 0x46, 9, 9, 9, 9, 0x57, 0x45, 0x42, 0x50],
  gif: [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0, 0, 0, 0, 0, 0],
  svg: [...'<svg xmlns="'].map((letter) => letter.charCodeAt(0)),
} as const

interface File {
  head: readonly number[]
  size: number
}
interface Callbacks {
  success(result: object): void
  fail(failure: object): void
}
interface Sent {
  cloudPath: string
  filePath: string
}

/** Issues paths, takes files, stores; each call may answer otherwise. */
export const createProfiles = (user: User = plain) => {
  let now = user
  let issued = 0
  const profiles = {
    isOffline: false,
    isKeyStale: false,
    uploads: [] as Sent[],
    /** How the upload of a file ends. */
    upload: 'ok' as 'ok' | 'cut' | 'silence',
    profile: (changes: ProfileChanges): Answer => profiles.store(changes),
    avatarUpload: (): Answer => {
      issued += 1
      return ok({ cloudPath: `avatars/path-${issued}.png` })
    },
    /** What is told of the user that is stored. */
    tell: (user: User): User => user,
    userInfo: (): Answer => profiles.store({ nickname: '微信名字', avatar: 'avatars/of-wechat.png' }),
    store({ nickname, avatar }: ProfileChanges): Envelope {
      const { nickname: oldName, avatarUrl: oldFace, avatarState: oldState, ...rest } = now
      const name = nickname === undefined ? oldName : nickname
      const face = avatar === undefined ? oldFace : avatar && `cloud://env.bucket/${avatar}`
      const state = avatar === undefined ? oldState : avatar ? 'checking' : undefined
      now = {
        ...rest,
        ...(name ? { nickname: name } : {}),
        ...(face ? { avatarUrl: face } : {}),
        ...(state ? { avatarState: state } : {}),
      }
      return ok({ user: profiles.tell(now) })
    },
    server({ call, code, token, data }: CallEvent): Answer {
      if (profiles.isOffline) return 'offline'
      if (code) return ok({ user: now }, grant('t-1', now))
      if (token !== 't-1') return refuse('SESSION_EXPIRED')
      if (call === 'avatarUpload') return profiles.avatarUpload()
      if (call === 'userInfo') return profiles.userInfo()
      const changes = data as ProfileChanges
      return Object.keys(changes).length > 0 ? profiles.profile(changes) : ok({ user: profiles.tell(now) })
    },
  }
  return profiles
}
export type Profiles = ReturnType<typeof createProfiles>

const NO_FILE = { errMsg: 'readFile:fail no such file or directory' }

/** What of `wx` looks at files and sends them; older libraries also ask for name and face. */
const apis = (profiles: Profiles, files: Map<string, File>, answers: { dialog: object }) => {
  const read = (filePath: string, { success, fail }: Callbacks, produce: (file: File) => object) =>
    void setTimeout(() => {
      const file = files.get(filePath)
      if (file) success(produce(file))
      else fail(NO_FILE)
    }, 1)
  const manager = {
    readFile: ({ filePath, ...call }: Callbacks & { filePath: string }) =>
      read(filePath, call, ({ head }) => ({ data: Uint8Array.from(head).buffer })),
    getFileInfo: ({ filePath, ...call }: Callbacks & { filePath: string }) =>
      read(filePath, call, ({ size }) => ({ size })),
  }
  return {
    more: {
      getFileSystemManager: () => manager,
      getSetting: ({ success }: Callbacks) =>
        void setTimeout(() => success({ authSetting: { 'scope.userInfo': false } }), 1),
      getUserProfile: ({ success, fail }: Callbacks) =>
        void setTimeout(() => ('rawData' in answers.dialog ? success : fail)(answers.dialog), 1),
    },
    moreCloud: {
      uploadFile: ({ cloudPath, filePath, success, fail }: Callbacks & Sent) => {
        profiles.uploads.push({ cloudPath, filePath })
        if (profiles.upload === 'silence') return
        setTimeout(() => {
          if (profiles.upload === 'ok' && !profiles.isOffline) success({ fileID: `cloud://env.bucket/${cloudPath}` })
          else fail({ errMsg: 'cloud.uploadFile:fail request:fail interrupted' })
        }, 1)
      },
    },
  }
}

/** What WeChat signs and seals. */
export const signed = { rawData: '{}', signature: 'sig', encryptedData: 'data', iv: 'iv' }

/** What the face shows; empty when there is no picture. */
export const faceOn = (page: OpenPage): string => {
  const picture = ['.picker-host', '.face-of', '.picture']
  return page.has(...picture) ? String(page.attr('src', ...picture)) : ''
}

export interface OpenProfile extends Partial<PageDeviceOptions> {
  user?: User
  profiles?: Profiles
}

export const openProfile = async ({ user = plain, profiles = createProfiles(user), ...rest }: OpenProfile = {}) => {
  const files = new Map<string, File>()
  const answers: { dialog: object } = { dialog: signed }
  const device = createPageDevice({
    server: profiles.server,
    stored: signedInStorage(user),
    ...apis(profiles, files, answers),
    ...rest,
  })
  const page = await openPage(PROFILE, device)
  const field = () => String(page.attr('value', '.input'))
  return {
    device,
    profiles,
    page,
    files,
    /** How WeChat's own dialog of older libraries ends. */
    answers,
    field,
    type: (value: string) => page.send('input', { value }, '.input'),
    /** WeChat reads the form: what is in the field may never have been told. */
    save: (nickname = field()) => page.send('submit', { value: { nickname } }, '.form'),
    /** The sheet of the phone ends with this picture. */
    choose: async (path: string, kind: keyof typeof HEADS = 'png', size = 1_000) => {
      files.set(path, { head: HEADS[kind], size })
      await page.fire('chooseAvatar', { avatarUrl: path }, '.picker-host', '.choose')
    },
    review: (detail: { pass: boolean; timeout: boolean }) => page.send('nicknamereview', detail, '.input'),
    src: () => faceOn(page),
    notice: () => (page.has('.notice') ? page.textOf('.notice', '.words') : ''),
    saved: () =>
      device
        .sentCalls('profile')
        .map(({ data }) => data)
        .filter((data) => Object.keys(data).length > 0),
  }
}
