// The face, the name and the older user information as devices, doors and the phone in the browser speak of them. Types only.

/** What `event.detail` of a button with the open-type `chooseAvatar` carries. */
export interface AvatarDetail {
  /** A temporary file: gone when the mini-program is launched again. */
  avatarUrl: string
}

/**
 * What a choice in the avatar sheet ends with, whatever was chosen: `ask` leaves it to the person, `unsafe` is WeChat
 * finding the picture unfit, which fires no event from base library 2.24.4 on.
 */
export type AvatarOutcome = 'ask' | 'unsafe'

/** Where a picture comes from: the face the person has on WeChat, a picture of the album, a photo. */
export type AvatarSource = 'weixin' | `album:${string}` | 'camera'

export interface AvatarTap {
  /** What the person does in the sheet; `weixin` unless said. */
  choose?: AvatarSource | 'cancel'
  /** The person's own picture instead, whatever its name says; `name` decides the ending of the temporary path. */
  picture?: { name: string; bytes: Uint8Array }
  /** The open-type is combined with `agreePrivacyAuthorization`: the consent comes first. */
  agrees?: boolean
}

/** One row of the avatar sheet. */
export interface OfferedPicture {
  /** What `choose` wants. */
  source: AvatarSource
  /** A `data:` address to show; absent for a file that is no picture. */
  preview?: string
  bytes: number
}

/** What WeChat's review of a nickname ends with; `check` looks at the words, as WeChat's content check does. */
export type NicknameOutcome = 'check' | 'pass' | 'unsafe' | 'timeout'

/** `event.detail` of `nicknamereview`. */
export interface NicknameReview {
  pass: boolean
  timeout: boolean
}

/** What became of a field of the type `nickname` that a person filled in and left. */
export interface FilledNickname {
  /** What a form reads at submit. */
  value: string
  /** The name that stood above the keyboard. */
  offered?: string
  /** What `bindinput` was told, in order. */
  inputs: string[]
  /** What `bindnicknamereview` was told. */
  review?: NicknameReview
}

/**
 * When the mini-program was published: after 2021-04-28 `getUserInfo` gives WeChat's anonymous user without a dialog
 * (`anonymous`); before, it asked the person and gave real data (`dialog`).
 */
export type UserInfoAge = 'anonymous' | 'dialog'

/** What the panel knows and sets of all this. */
export interface ProfileService {
  avatar: AvatarOutcome
  nickname: NicknameOutcome
  userInfo: UserInfoAge
}
