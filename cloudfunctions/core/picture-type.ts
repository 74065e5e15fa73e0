// What kind of picture bytes are, by how they begin: a name or a header is only a claim.
import type { PictureType } from '../../typings/contract'

/** What a phone's picture has after WeChat cropped it, with room to spare. */
export const PICTURE_MAX_BYTES = 2 * 1024 * 1024

/** As many of the first bytes as `pictureTypeOf` looks at. */
export const PICTURE_HEAD_BYTES = 12

/** Undefined for whatever is none of these: a page, an SVG, nothing. */
export const pictureTypeOf = (start: Buffer): PictureType | undefined => {
  const text = start.toString('latin1', 0, PICTURE_HEAD_BYTES)
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (/^GIF8[79]a/.test(text)) return 'gif'
  if (/^RIFF[\s\S]{4}WEBP/.test(text)) return 'webp'
  return undefined
}
