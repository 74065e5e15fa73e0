// Avatars: a picture that lies at an issued path becomes the user's, is judged by WeChat, and goes again.
import { AVATAR_WORDS } from './avatar-words'
import type { Deadline } from './deadline'
import type { OpenApi } from './open-api'
import { PICTURE_HEAD_BYTES, PICTURE_MAX_BYTES, pictureTypeOf } from './picture-type'
import type { Clock, Storage, Stores } from './ports'
import type { UploadRecord, UserAvatar } from './records'
import { eraseUpload, type FilePorts, uploadId } from './uploads'
import { isAlive } from './users'

export interface AvatarPorts {
  clock: Clock
  stores: Stores
  storage: Storage
  deadline: Deadline
  openApi: Pick<OpenApi, 'checkPicture'>
}

/** A picture that was looked at and may be saved. */
export interface Looked {
  upload: UploadRecord
  fileID: string
  url: string
}

const HOUR_MS = 3_600_000
/** WeChat's verdict comes within half an hour, or not at all. */
export const VERDICT_MS = 30 * 60_000
const ASK_SOON_MS = 60_000
const TIME_TO_ERASE_MS = 1000

/**
 * The picture at a path that was issued to this user: there, of the announced type by its first bytes, and not too large.
 * AVATAR_REJECTED otherwise, whoever's the path is.
 */
export const lookAtPicture = async (ports: AvatarPorts, userId: string, path: string): Promise<Looked> => {
  const { clock, stores, storage, deadline } = ports
  const id = uploadId(path)
  const upload = id === undefined ? undefined : await stores.uploads.find(id)
  if (upload?.userId !== userId || upload.path !== path) throw AVATAR_WORDS.notIssued()
  if (upload.state !== 'issued' || clock.now() >= upload.expiresAt) throw AVATAR_WORDS.tooLate()
  const fileID = await storage.fileIDOf(path)
  const url = await storage.urlOf(fileID)
  const head =
    url === undefined ? undefined : await storage.head(url, { bytes: PICTURE_HEAD_BYTES, signal: deadline.signal })
  if (url === undefined || head === undefined || head.size === 0) throw AVATAR_WORDS.nothingThere()
  if (head.size > PICTURE_MAX_BYTES) throw AVATAR_WORDS.tooLarge()
  if (pictureTypeOf(head.start) !== upload.type) throw AVATAR_WORDS.wrongType()
  return { upload, fileID, url }
}

/** The issued path is the picture of a user from here on; AVATAR_REJECTED when somebody else was quicker. */
export const takePicture = async ({ clock, stores }: AvatarPorts, { upload, fileID }: Looked): Promise<UserAvatar> => {
  if (!(await stores.uploads.move(upload.id, 'issued', 'saved', clock.now() + HOUR_MS))) throw AVATAR_WORDS.tooLate()
  return { path: upload.path, fileID, state: 'checking' }
}

/** It is not, after all: the same path may be saved by the next try. */
export const givePictureBack = async ({ stores }: AvatarPorts, { upload }: Looked): Promise<void> => {
  await stores.uploads.move(upload.id, 'saved', 'issued', upload.expiresAt)
}

const noteOf = (path: string) => `mediaCheck:unasked:${uploadId(path)}`

/** Notes that WeChat is to be asked, before the picture is anybody's: no death in between leaves one that nobody judges. */
export const noteForVerdict = async ({ clock, stores }: AvatarPorts, userId: string, path: string): Promise<void> => {
  const expiresAt = clock.now() + ASK_SOON_MS
  await stores.mediaChecks.add({ id: noteOf(path), userId, path, attempts: 0, expiresAt })
}

/** Asks WeChat to judge a picture that was just saved. What cannot be asked now, housekeeping asks by the note. */
export const askForVerdict = async (ports: AvatarPorts, userId: string, { path }: UserAvatar, url: string) => {
  const { clock, stores, openApi } = ports
  const { mediaChecks, users } = stores
  const traceId = await openApi.checkPicture(url).catch(() => undefined)
  if (traceId === undefined) return
  const expiresAt = clock.now() + VERDICT_MS
  await mediaChecks.add({ id: `mediaCheck:${traceId}`, userId, path, attempts: 1, expiresAt })
  await mediaChecks.remove(noteOf(path))
  // Written first, looked at second: a deletion that began in between has not seen what was written.
  if (!isAlive(await users.find(userId))) await mediaChecks.forget(userId)
}

/** Erases a file that is nobody's picture any more, or leaves it to housekeeping when the time is short. */
export const discard = async (ports: FilePorts & { deadline: Deadline }, path: string | undefined): Promise<void> => {
  const id = path === undefined ? undefined : uploadId(path)
  if (id === undefined || path === undefined) return
  const { clock, stores, deadline } = ports
  if (deadline.endsAt - clock.now() < TIME_TO_ERASE_MS) {
    await stores.uploads.doom(id, clock.now())
    return
  }
  const upload = await stores.uploads.find(id)
  // The doom is written before the file is touched, so a failure from there on is housekeeping's.
  if (upload) await eraseUpload(ports, upload).catch(() => undefined)
}
