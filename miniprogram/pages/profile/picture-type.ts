// What a picture is by its first bytes; a name and what an extension says prove nothing.
import type { Contract } from '../../auth/index'

type PictureType = Contract['avatarUpload']['request']['type']

/** So many bytes are enough to tell. */
export const HEAD_BYTES = 12

const startsWith = (bytes: Uint8Array, wanted: readonly number[], from = 0): boolean =>
  wanted.every((byte, at) => bytes[from + at] === byte)
const RIFF = [0x52, 0x49, 0x46, 0x46]
const WEBP = [0x57, 0x45, 0x42, 0x50]

/** Undefined for everything the server does not take. */
export const pictureType = (head: ArrayBuffer): PictureType | undefined => {
  const bytes = new Uint8Array(head)
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x47, 0x49, 0x46, 0x38])) return 'gif'
  return startsWith(bytes, RIFF) && startsWith(bytes, WEBP, 8) ? 'webp' : undefined
}
