// Avatars: a picture that lies at an issued path becomes the user's, is judged by WeChat, and goes again.
import { AVATAR_WORDS } from './avatar-words'
import { judgeable } from './copies'
import type { Deadline } from './deadline'
import type { OpenApi } from './open-api'
import { PICTURE_HEAD_BYTES, PICTURE_MAX_BYTES, pictureTypeOf } from './picture-type'
import type { Clock, Environment, Random, Storage } from './ports'
import type { UploadRecord, UserAvatar } from './records'
import type { Stores } from './stores'
import { eraseUpload, type FilePorts, issuedPathOf, uploadAt, uploadId } from './uploads'
import { isAlive } from './users'

export interface AvatarPorts {
  clock: Clock
  random: Random
  stores: Stores
  storage: Storage
  deadline: Deadline
  environment: Pick<Environment, 'appid'>
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
const MOST_COPIES = 50 // and other paths of the same user: more than an hour brings

/**
 * The picture at a path that was issued to this user: there, of the announced type by its first bytes, and not too large.
 * AVATAR_REJECTED otherwise, whoever's the path is.
 */
export const lookAtPicture = async (ports: AvatarPorts, userId: string, path: string): Promise<Looked> => {
  const { clock, stores, storage, deadline } = ports
  const upload = await uploadAt(stores.uploads, path)
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
  const savedAt = clock.now()
  if (!(await stores.uploads.move(upload.id, 'issued', 'saved', savedAt + HOUR_MS))) throw AVATAR_WORDS.tooLate()
  return { path: upload.path, fileID, state: 'checking', savedAt }
}

/** It is not, after all: the same path may be saved by the next try. */
export const givePictureBack = async ({ stores }: AvatarPorts, { upload }: Looked): Promise<void> => {
  await stores.uploads.move(upload.id, 'saved', 'issued', upload.expiresAt)
}

const noteOf = (path: string) => `mediaCheck:unasked:${uploadId(path)}`

/** Notes that WeChat is to be asked, before the picture is anybody's: no death in between leaves one that nobody judges. */
export const noteForVerdict = async (
  { clock, stores, environment }: AvatarPorts,
  userId: string,
  path: string,
): Promise<void> => {
  const expiresAt = clock.now() + ASK_SOON_MS
  const appid = environment.appid()
  await stores.mediaChecks.add({ id: noteOf(path), userId, path, appid, attempts: 0, expiresAt })
}

/**
 * Asks WeChat to judge a picture that was just saved, or its copy. What cannot be asked now, housekeeping asks by the
 * note; a copy that nobody waits for any more it erases by its record.
 */
export const askForVerdict = async (ports: AvatarPorts, userId: string, { upload, url }: Looked): Promise<void> => {
  const { clock, stores, openApi, environment } = ports
  const { mediaChecks, users } = stores
  const { path } = upload
  const judged = await judgeable(ports, upload, url)
  if (judged === undefined) return
  const { copy } = judged
  const id = `mediaCheck:${await openApi.checkPicture(judged.url)}`
  const expiresAt = clock.now() + VERDICT_MS
  const whose = { userId, path, appid: environment.appid() }
  await mediaChecks.add({ id, ...whose, ...(copy !== undefined && { copy }), attempts: 1, expiresAt })
  await mediaChecks.remove(noteOf(path))
  // Written first, looked at second: a deletion that began in between has not seen what was written.
  if (!isAlive(await users.find(userId))) await mediaChecks.forget(userId)
}

type DiscardPorts = FilePorts & { deadline: Deadline }

/** Erases what is nobody's picture any more, with its copies, or leaves it to housekeeping when the time is short. */
export const discard = async (ports: DiscardPorts, userId: string, path: string): Promise<void> => {
  await discardFile(ports, path)
  // One that is not found or erased now ends by itself within the hour: no save fails for it.
  await discardCopies(ports, userId, path).catch(() => undefined)
}

const discardCopies = async (ports: DiscardPorts, userId: string, path: string): Promise<void> => {
  for (const one of await ports.stores.uploads.ofUser(userId, MOST_COPIES)) {
    if (one.path !== path && issuedPathOf(one.path) === issuedPathOf(path)) await discardFile(ports, one.path)
  }
}

const discardFile = async (ports: DiscardPorts, path: string): Promise<void> => {
  const id = uploadId(path)
  if (id === undefined) return
  const { clock, stores, deadline } = ports
  if (deadline.endsAt - clock.now() < TIME_TO_ERASE_MS) {
    await stores.uploads.doom(id, clock.now())
    return
  }
  const upload = await stores.uploads.find(id)
  // The doom is written before the file is touched, so a failure from there on is housekeeping's.
  if (upload) await eraseUpload(ports, upload).catch(() => undefined)
}
