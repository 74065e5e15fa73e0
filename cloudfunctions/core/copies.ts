// Copies: what a client of WeChat Cloud put in place it may write over, so a copy of our own is judged, and shown.
import type { Deadline } from './deadline'
import { PICTURE_MAX_BYTES, pictureTypeOf } from './picture-type'
import type { Clock, Random, Storage } from './ports'
import type { UploadRecord } from './records'
import type { Stores } from './stores'
import { mediaTypeOf, placeForCopy, uploadAt } from './uploads'
import { isAlive } from './users'

export interface CopyPorts {
  clock: Clock
  random: Random
  stores: Pick<Stores, 'uploads' | 'users'>
  storage: Storage
  deadline: Deadline
}

/** What WeChat is asked to judge: a picture at an address for a while, and the path of the copy if it is one. */
export interface Judgeable {
  url: string
  copy?: string
}

/** Twice as long as a verdict is waited for: then housekeeping erases a copy that is not in use. */
const COPY_MS = 3_600_000

/**
 * A picture that no client can write over: the saved one when our own hand put it there, else a copy, the one of `before`
 * if that still stands. Undefined when what lies there is no picture of this type any more, or nobody's.
 */
export const judgeable = async (
  ports: CopyPorts,
  saved: UploadRecord,
  url: string,
  before?: string,
): Promise<Judgeable | undefined> => {
  if (saved.ours) return { url }
  if (saved.userId === undefined) return undefined
  const standing = before === undefined ? undefined : await copyAt(ports, saved.userId, before)
  return standing ?? copied(ports, { ...saved, userId: saved.userId }, url)
}

const copyAt = async (ports: CopyPorts, userId: string, copy: string): Promise<Judgeable | undefined> => {
  const { storage } = ports
  if (!(await holdCopy(ports, userId, copy, COPY_MS))) return undefined
  const url = await storage.urlOf(await storage.fileIDOf(copy))
  return url === undefined ? undefined : { url, copy }
}

/** Whether the copy stands, and will for so long at least: housekeeping does not touch what is not overdue. */
export const holdCopy = async (
  { clock, stores }: Pick<CopyPorts, 'clock'> & { stores: Pick<Stores, 'uploads'> },
  userId: string,
  copy: string,
  ms: number,
): Promise<boolean> => {
  const record = await uploadAt(stores.uploads, copy)
  if (record?.userId !== userId || record.state !== 'saved' || clock.now() >= record.expiresAt) return false
  return stores.uploads.move(record.id, 'saved', 'saved', clock.now() + ms)
}

const copied = async (
  { clock, random, stores, storage, deadline }: CopyPorts,
  { userId, path, type }: UploadRecord & { userId: string },
  url: string,
): Promise<Judgeable | undefined> => {
  const { uploads, users } = stores
  // Whoever saved it may have written over it since: what counts is what is read now.
  const file = await storage.head(url, { bytes: PICTURE_MAX_BYTES, signal: deadline.signal })
  if (file === undefined || file.size !== file.start.length || pictureTypeOf(file.start) !== type) return undefined
  const { id, path: copy } = placeForCopy(random, path)
  const now = clock.now()
  const expiresAt = now + COPY_MS
  await uploads.add({ id, userId, path: copy, type, state: 'issued', createdAt: now, expiresAt })
  const fileID = await storage.upload(copy, file.start, mediaTypeOf(type))
  // Written first, looked at second: whoever replaced, removed or deleted meanwhile has not seen the record, or not the file.
  const isKept = await uploads.move(id, 'issued', 'saved', expiresAt)
  const user = await users.find(userId)
  if (isKept && isAlive(user) && user.avatar?.path === path) {
    const address = await storage.urlOf(fileID)
    return address === undefined ? undefined : { url: address, copy }
  }
  await storage.remove(fileID)
  await uploads.remove(id)
  return undefined
}
