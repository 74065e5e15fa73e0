// Uploads: paths issued for pictures, and files that are erased by what is written down about them.

import type { PictureType } from '../../typings/contract'
import { Refusal } from './errors'
import { takeThisHour } from './hourly'
import { PICTURE_MAX_BYTES } from './picture-type'
import type { Clock, Random, Storage } from './ports'
import type { UploadRecord } from './records'
import type { Stores, UploadStore } from './stores'

const PATH_BYTES = 16
/** How long an issued path may be filled and saved: a slow upload and a user who thinks again fit. */
const ISSUED_MS = 3_600_000
/** How soon housekeeping looks after a file that somebody is erasing at this moment. */
const SOON_MS = 60_000
const PAGE = 50
const AN_HOUR = 30 // of one user: each may lie in the storage for an hour

export const PATH = /^avatars\/([0-9a-f]{32})\.(png|jpg|webp|gif)$/

/** Of a copy: it ends like the path of what was copied, so whoever saved that one knows its picture by the address. */
const COPY = /^copies\/([0-9a-f]{32})\/(avatars\/[0-9a-f]{32}\.(?:png|jpg|webp|gif))$/

const ENDING: Readonly<Record<PictureType, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp', gif: 'gif' }

export const mediaTypeOf = (type: PictureType): string => `image/${type}`

/** Undefined when no path of ours is spelled like that. */
export const uploadId = (path: string): string | undefined => {
  const random = (PATH.exec(path) ?? COPY.exec(path))?.[1]
  return random === undefined ? undefined : `upload:${random}`
}

/** The path that was issued for a picture, also of one that is shown by its copy. */
export const issuedPathOf = (path: string): string => COPY.exec(path)?.[2] ?? path

/** A place of its own for a copy, which nobody knows before the file is there: so no client can be its creator. */
export const placeForCopy = (random: Random, path: string): { id: string; path: string } => {
  const name = random.bytes(PATH_BYTES).toString('hex')
  return { id: `upload:${name}`, path: `copies/${name}/${path}` }
}

/** What is on record of a path; undefined also when it is none of ours. */
export const uploadAt = async (uploads: UploadStore, path: string): Promise<UploadRecord | undefined> => {
  const id = uploadId(path)
  return id === undefined ? undefined : uploads.find(id)
}

export interface IssuePorts {
  clock: Clock
  random: Random
  stores: Pick<Stores, 'uploads' | 'counters'>
}

/**
 * Writes down a path before a byte of it exists: storage cannot be listed, so only what is on record can be erased.
 * RATE_LIMITED beyond thirty an hour and user. `ours`: no client is told the path before the bytes are there.
 */
export const issueUpload = async (
  ports: IssuePorts,
  { userId, type, size, ours }: { userId: string; type: PictureType; size: number; ours?: true },
): Promise<UploadRecord> => {
  if (size > PICTURE_MAX_BYTES) throw new Refusal('AVATAR_REJECTED', `a picture has at most ${PICTURE_MAX_BYTES} bytes`)
  const { clock, random, stores } = ports
  const { counters } = stores
  const why = 'too many pictures in an hour'
  await takeThisHour({ clock, counters }, { kind: 'avatarUpload', subject: userId, limit: AN_HOUR, why })
  const name = random.bytes(PATH_BYTES).toString('hex')
  const now = clock.now()
  const upload: UploadRecord = {
    id: `upload:${name}`,
    userId,
    path: `avatars/${name}.${ENDING[type]}`,
    type,
    state: 'issued',
    createdAt: now,
    ...(ours && { ours }),
    expiresAt: now + ISSUED_MS,
  }
  await stores.uploads.add(upload)
  return upload
}

export interface FilePorts {
  clock: Clock
  stores: Pick<Stores, 'uploads' | 'mediaChecks'>
  storage: Storage
}

/**
 * Erases the file, then what is on record of it. What dies in between is found again by its record, and so is what a
 * client is still sending to a path whose hour is not over: that record stays until then, nobody's.
 */
export const eraseUpload = async ({ clock, stores, storage }: FilePorts, upload: UploadRecord): Promise<void> => {
  const { id, path } = upload
  const { uploads } = stores
  const now = clock.now()
  // Nobody's from here on: a save under way can no more take it.
  if (!(await uploads.doom(id, now + SOON_MS))) return
  await storage.remove(await storage.fileIDOf(path))
  const openUntil = hourOf(upload)
  if (now < openUntil) await uploads.doom(id, openUntil)
  else await uploads.remove(id)
}

/** Until when somebody may be sending to the path. A doomed one may have been saved or not: its hour counts, to be safe. */
const hourOf = ({ state, createdAt, expiresAt }: UploadRecord): number => {
  if (state === 'saved') return 0
  return state === 'issued' ? expiresAt : createdAt + ISSUED_MS
}

/** The same, by the path. Nothing to do when nothing is on record of it. */
export const erasePath = async (ports: FilePorts, path: string): Promise<void> => {
  const upload = await uploadAt(ports.stores.uploads, path)
  if (upload) await eraseUpload(ports, upload)
}

/** Has housekeeping look after a saved file soon, said before it ceases to be in use: no death in between forgets it. */
export const lookSoon = async ({ clock, stores }: Omit<FilePorts, 'storage'>, path: string): Promise<void> => {
  const id = uploadId(path)
  if (id !== undefined) await stores.uploads.move(id, 'saved', 'saved', clock.now() + SOON_MS)
}

/**
 * Erases every file that was ever issued to the user, saved or not. Safe to do twice, and at once. A file that the
 * storage does not give up now is nobody's any more, and housekeeping's.
 */
export const eraseUploads = async (ports: FilePorts, userId: string): Promise<void> => {
  for (;;) {
    const page = await ports.stores.uploads.ofUser(userId, PAGE)
    for (const upload of page) {
      await eraseUpload(ports, upload).catch(async (failure: unknown) => {
        const left = await ports.stores.uploads.find(upload.id)
        if (left?.userId !== undefined) throw failure
      })
    }
    if (page.length < PAGE) return
  }
}
