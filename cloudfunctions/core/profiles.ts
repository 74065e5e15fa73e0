// Profiles: a nickname and a picture saved in one write, the last writer's whole; and taken away again.

import {
  type AvatarPorts,
  askForVerdict,
  discard,
  givePictureBack,
  type Looked,
  lookAtPicture,
  noteForVerdict,
  takePicture,
} from './avatars'
import { within } from './deadline'
import { Refusal, sessionExpired } from './errors'
import type { UserAvatar, UserRecord } from './records'
import { isSince } from './since'
import type { ProfileWrite } from './stores'
import { issuedPathOf, lookSoon } from './uploads'
import { isAlive, livingUser } from './users'

type Ports = Omit<AvatarPorts, 'openApi' | 'random' | 'environment'>

const ROUNDS = 5 // each is lost to another save of the same user
const TIME_TO_ANSWER_MS = 600 // an address for the picture is waited for as well
const TIME_TO_ASK_MS = 400 // less is not even tried

export interface Changes {
  /** Read and checked. */
  nickname?: string | null
  /** A path of ours, or null. */
  avatar?: string | null
}

/** Saves, and answers with the user. AVATAR_REJECTED before anything is written when the picture is not what it should be. */
export const saveProfile = async (
  ports: AvatarPorts,
  userId: string,
  { nickname, avatar }: Changes,
): Promise<UserRecord> => {
  const { users } = ports.stores
  const name = nickname === undefined ? {} : { nickname, nicknameAt: ports.clock.now() }
  if (avatar === undefined) return written(ports, userId, name)
  if (avatar === null) return written(ports, userId, { ...name, avatar })
  const before = await livingUser(users, userId)
  // The same save once more, because its answer was lost: the picture is in place already, itself or by its copy.
  if (before.avatar && issuedPathOf(before.avatar.path) === avatar) return written(ports, userId, name)
  const looked = await lookAtPicture(ports, userId, avatar)
  const taken = await takePicture(ports, looked)
  const saved = await inPlace(ports, userId, name, looked, taken)
  // The picture is saved, whatever becomes of the question: the note stands, and the answer does not wait for long.
  const patience = ports.deadline.endsAt - ports.clock.now() - TIME_TO_ANSWER_MS
  if (patience >= TIME_TO_ASK_MS) {
    await within(ports.clock, patience, askForVerdict(ports, userId, looked)).catch(() => undefined)
  }
  return saved
}

const inPlace = async (
  ports: AvatarPorts,
  userId: string,
  name: ProfileWrite,
  looked: Looked,
  avatar: UserAvatar,
): Promise<UserRecord> => {
  const { users, mediaChecks } = ports.stores
  try {
    await noteForVerdict(ports, userId, avatar.path)
    return await written(ports, userId, { ...name, avatar })
  } catch (failure) {
    if (failure instanceof Refusal && failure.code === 'SESSION_EXPIRED') {
      await discard(ports, userId, avatar.path)
      await mediaChecks.forget(userId)
      throw failure
    }
    // The answer may be lost and the write done: the user's record knows.
    const now = await users.find(userId)
    if (isAlive(now) && now.avatar?.path === avatar.path) return now
    await givePictureBack(ports, looked)
    throw failure
  }
}

/** What WeChat, or the person, wanted forgotten at this time; what was saved since is not what they meant. */
export const forgetProfile = async (
  ports: Ports,
  userId: string,
  { nickname, avatar }: { nickname: boolean; avatar: boolean },
  at: number,
): Promise<void> => {
  await written(ports, userId, (user) => ({
    ...(nickname && !isSince(user.nicknameAt, at) && { nickname: null }),
    ...(avatar && !isSince(user.avatar?.savedAt, at) && { avatar: null }),
  }))
}

/** `wanted` may depend on what is there: then it is written over nothing else. */
const written = async (
  ports: Ports,
  userId: string,
  wanted: ProfileWrite | ((user: UserRecord) => ProfileWrite),
): Promise<UserRecord> => {
  const { users } = ports.stores
  for (let round = 0; round < ROUNDS; round++) {
    const before = await livingUser(users, userId)
    const changes = typeof wanted === 'function' ? wanted(before) : wanted
    if (Object.keys(changes).length === 0) return before
    const { path } = before.avatar ?? {}
    const leaving = changes.avatar === undefined || changes.avatar?.path === path ? undefined : path
    if (leaving !== undefined) await lookSoon(ports, leaving)
    const named = typeof wanted === 'function' ? before : undefined
    if (!(await users.saveProfile(userId, changes, path, named))) continue
    if (leaving !== undefined) await discard(ports, userId, leaving)
    const after = await users.find(userId)
    if (!isAlive(after)) throw sessionExpired('the user is gone')
    return after
  }
  throw new Refusal('WECHAT_BUSY', 'the profile was being changed by others at the same time: try again')
}
