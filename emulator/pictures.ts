// Pictures that exist nowhere: faces of the virtual users and a small album, made by arithmetic.

import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'

export interface Picture {
  name: string
  bytes: Buffer
}

/** What WeChat's check of pictures finds unfit: bytes that contain this text, wherever they stand. */
export const UNSAFE_MARK = 'emulator:unsafe-picture'

type Rgb = readonly [red: number, green: number, blue: number]
/** The colour at a place, both from 0 to 1. */
type Paint = (x: number, y: number) => Rgb

const SIZE = 132
const LARGE = 1024

/** The face of a person, always the same for the same account: a head on a ground of their own colour. */
export function faceOf(account: string): Picture {
  const hash = createHash('sha256').update(`face ${account}`).digest()
  const ground = colour((hash[0] ?? 0) / 255, 0.55, 0.62)
  const body = colour((hash[1] ?? 0) / 255, 0.3, 0.92)
  const paint: Paint = (x, y) => {
    const head = Math.hypot(x - 0.5, y - 0.4) < 0.19
    const shoulders = Math.hypot((x - 0.5) / 0.36, (y - 1) / 0.38) < 1
    return head || shoulders ? body : ground
  }
  return { name: `${account}.png`, bytes: png(SIZE, paint) }
}

/** WeChat's anonymous user has a grey face. */
export const greyFace = (): Picture => {
  const paint: Paint = (x, y) => {
    const inside = Math.hypot(x - 0.5, y - 0.4) < 0.19 || Math.hypot((x - 0.5) / 0.36, (y - 1) / 0.38) < 1
    return inside ? [250, 250, 250] : [204, 204, 204]
  }
  return { name: 'anonymous.png', bytes: png(SIZE, paint) }
}

const sky: Paint = (x, y) => [Math.round(90 + 120 * y), Math.round(140 + 60 * y), Math.round(230 - 40 * x)]
const hills: Paint = (x, y) => (y > 0.62 + 0.12 * Math.sin(x * 7) ? [64, 128, 84] : sky(x, y))
const sea: Paint = (_x, y) =>
  y > 0.5 ? [20, Math.round(90 + 60 * (1 - y)), 140] : [255, Math.round(150 + 80 * y), 120]

/** The album: two plain pictures, one over 2 MB, one whose bytes are no picture at all, one that WeChat finds unfit. */
const ALBUM: Readonly<Record<string, () => Picture>> = {
  hills: () => ({ name: 'hills.png', bytes: png(256, hills) }),
  sea: () => ({ name: 'sea.png', bytes: png(256, sea) }),
  large: () => ({ name: 'large.png', bytes: png(LARGE, noise()) }),
  renamed: () => ({
    name: 'renamed.png',
    bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  }),
  unsafe: () => ({
    name: 'unsafe.png',
    bytes: png(256, (x, y) => (x > y ? [180, 30, 40] : [40, 20, 30]), UNSAFE_MARK),
  }),
}
export const ALBUM_NAMES: readonly string[] = Object.keys(ALBUM)

/** What the camera sees. */
export const photo = (): Picture => ({
  name: 'photo.png',
  bytes: png(256, (x, y) => [Math.round(200 * x), 120, Math.round(200 * y)]),
})

const made = new Map<string, Picture>()
/** Undefined when the album has none of this name. */
export function albumPicture(name: string): Picture | undefined {
  const make = Object.hasOwn(ALBUM, name) ? ALBUM[name] : undefined
  if (make === undefined) return undefined
  const picture = made.get(name) ?? make()
  made.set(name, picture)
  return picture
}

/** Random-looking and always the same: it does not compress. */
function noise(): Paint {
  let state = 0x2545f491
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 0xff
  }
  return () => [next(), next(), next()]
}

/** https://www.w3.org/TR/png-3/: eight bits a channel, no alpha, every line unfiltered. */
function png(size: number, paint: Paint, text?: string): Buffer {
  const lines = Buffer.alloc(size * (size * 3 + 1))
  let at = 0
  for (let row = 0; row < size; row += 1) {
    at += 1
    for (let column = 0; column < size; column += 1) {
      for (const channel of paint((column + 0.5) / size, (row + 0.5) / size)) lines[at++] = channel
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(text === undefined ? [] : [chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'))]),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(8 + body.length)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), 4 + body.length)
  return framed
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** Hue, saturation and lightness, each from 0 to 1. */
function colour(hue: number, saturation: number, lightness: number): Rgb {
  const channel = (shift: number) => {
    const turn = (shift + hue * 12) % 12
    const spread = saturation * Math.min(lightness, 1 - lightness)
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}
