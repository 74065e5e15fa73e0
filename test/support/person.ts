// A person in a journey as the wire knows them: raw envelopes, so that a test sees what any client would be told.

import type { Emulator } from '../../emulator/types'
import type { ErrorCode, Remedy } from '../../typings/contract'

/** An envelope, as loose as a test wants to read it. */
export interface Reply {
  ok: boolean
  data?: Record<string, unknown>
  session?: { token: string; expiresIn: number; user: { id: string } }
  error?: { code: ErrorCode; remedy: Remedy }
}

export interface Person {
  id: string
  token: string
  /** With this session, unless `more` says otherwise. */
  call(name: string, data?: object, more?: object): Promise<Reply>
  /** Asks for a path and uploads this picture there, as the client does; says the path. */
  upload(bytes: Uint8Array): Promise<string>
  /** With a fresh code beside the token. */
  deleteAccount(): Promise<Reply>
}

const raw = async (emulator: Emulator, account: string, event: object): Promise<Reply> =>
  (await emulator.functions.invoke('auth', { v: 1, data: {}, ...event }, { account })) as Reply

/** Signs this account in on this device. */
export const signInOn = async (emulator: Emulator, account: string, device?: string, model = 'Pixel 9') => {
  const more = device === undefined ? {} : { device: { id: `device-${device}`, model, platform: 'android' } }
  const code = emulator.weixin.loginCode(account)
  const { session } = await raw(emulator, account, { call: 'login', code, ...more })
  if (!session) throw new Error('not signed in')
  return personOf(emulator, account, session)
}

const personOf = (emulator: Emulator, account: string, { token, user }: NonNullable<Reply['session']>): Person => {
  const call: Person['call'] = (name, data = {}, more = {}) =>
    raw(emulator, account, { call: name, data, token, ...more })
  return {
    id: user.id,
    token,
    call,
    upload: async (bytes) => {
      const { data } = await call('avatarUpload', { type: 'png', size: bytes.length })
      const cloudPath = String(data?.['cloudPath'])
      emulator.weixin.agreePrivacy(account)
      const handset = emulator.device({ account })
      handset.wx.cloud.init()
      const chosen = await handset.tapAvatar({ choose: 'camera', picture: { name: 'face.png', bytes } })
      await handset.wx.cloud.uploadFile({ cloudPath, filePath: chosen?.avatarUrl ?? 'none' })
      return cloudPath
    },
    deleteAccount: () => call('deleteAccount', { confirm: true }, { code: emulator.weixin.loginCode(account) }),
  }
}

export const codeOf = ({ ok, error }: Reply): string => (ok ? 'ok' : (error?.code ?? 'none'))

/** Everything the database and the storage hold, as one text: bytes appear raw, in base64 and in hex. */
export const allThatIsStored = (emulator: Emulator): string => {
  const files = Object.entries(emulator.storage.everything()).map(([path, bytes]) =>
    [path, ...(['latin1', 'base64', 'hex'] as const).map((encoding) => bytes.toString(encoding))].join(' '),
  )
  return [JSON.stringify(emulator.database.everything()), ...files].join('\n')
}
