// Faces that WeChat keeps: brought over to our own storage, because their addresses die when the person changes theirs.
import { type Deadline, within } from './deadline'
import { Refusal, sessionExpired } from './errors'
import { PICTURE_MAX_BYTES, pictureTypeOf } from './picture-type'
import type { Clock, Random, Storage, Weixin } from './ports'
import type { Stores } from './stores'
import { issueUpload, mediaTypeOf } from './uploads'
import { isAlive } from './users'

/** Of the time that is left: the name is saved also when the face never comes. */
const PATIENCE = 0.4

export interface FacePorts {
  clock: Clock
  random: Random
  stores: Stores
  storage: Storage
  deadline: Deadline
  face: Weixin['face']
}

/**
 * The path where the face lies now, issued and filled; undefined when it cannot be had, or is no picture: then the name
 * is kept without it. Never an address that a client could have chosen: only WeChat's own servers are asked.
 */
export const keepFace = async (ports: FacePorts, userId: string, address: string): Promise<string | undefined> => {
  const { clock, deadline, storage, stores } = ports
  const options = { maxBytes: PICTURE_MAX_BYTES, signal: deadline.signal }
  const patience = PATIENCE * (deadline.endsAt - clock.now())
  const bytes = await within(clock, patience, ports.face(address, options)).catch((failure: unknown) => {
    if (failure instanceof Refusal && failure.code === 'WECHAT_BUSY') return undefined
    throw failure
  })
  const type = bytes && pictureTypeOf(bytes)
  if (bytes === undefined || type === undefined) return undefined
  const upload = await issueUpload(ports, { userId, type, size: bytes.length, ours: true })
  const fileID = await storage.upload(upload.path, bytes, mediaTypeOf(type))
  // Written first, looked at second: a deletion that began in between has not seen the record, or not the file.
  if (!isAlive(await stores.users.find(userId))) {
    await storage.remove(fileID)
    await stores.uploads.remove(upload.id)
    throw sessionExpired('the user is gone')
  }
  return upload.path
}
