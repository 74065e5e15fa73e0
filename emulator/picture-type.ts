// What a picture is, by its first bytes: the kind and the size in pixels.

export interface PictureFacts {
  /** As wx.getImageInfo spells it. */
  type: 'png' | 'jpeg' | 'gif' | 'webp'
  width: number
  height: number
}

/** Undefined for what is no picture, whatever it is called. */
export function pictureFacts(bytes: Buffer): PictureFacts | undefined {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (text(0, 8) === '\x89PNG\r\n\x1a\n' && bytes.length >= 24)
    return { type: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  if (/^GIF8[79]a$/.test(text(0, 6)) && bytes.length >= 10)
    return { type: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return { type: 'webp', ...webpSize(bytes) }
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return { type: 'jpeg', ...jpegSize(bytes) }
  return undefined
}

/** The three ways a WebP says its size. https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(bytes: Buffer): { width: number; height: number } {
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X' && bytes.length >= 30)
    return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8L' && bytes.length >= 25) {
    const packed = bytes.readUInt32LE(21)
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
  }
  if (kind === 'VP8 ' && bytes.length >= 30)
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  return { width: 0, height: 0 }
}

/** The frame header stands behind any number of other segments. */
function jpegSize(bytes: Buffer): { width: number; height: number } {
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return { width: 0, height: 0 }
}
