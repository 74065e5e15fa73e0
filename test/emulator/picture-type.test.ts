// What a picture is, by its bytes: kinds, sizes, and what only calls itself one.
import { pictureFacts } from '../../emulator/picture-type'
import { ALBUM_NAMES, albumPicture, faceOf } from '../../emulator/pictures'

const bytes = (...parts: Array<string | number[] | Buffer>): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part))))
const RIFF = bytes('RIFF', [30, 0, 0, 0], 'WEBP')

test.each([
  ['png', faceOf('v1').bytes, { width: 132, height: 132 }],
  ['gif', bytes('GIF89a', [5, 0, 7, 1]), { width: 5, height: 263 }],
  [
    'jpeg',
    bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 17, 8, 1, 0, 2, 0, 3]),
    { width: 512, height: 256 },
  ],
  ['jpeg', bytes([0xff, 0xd8, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 17, 8, 0, 9, 0, 8, 3]), { width: 8, height: 9 }],
  ['webp', bytes(RIFF, 'VP8X', [10, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 49, 0, 0]), { width: 100, height: 50 }],
  ['webp', bytes(RIFF, 'VP8L', [9, 0, 0, 0, 0x2f, 0x03, 0x40, 0x01, 0x00]), { width: 4, height: 6 }],
  ['webp', bytes(RIFF, 'VP8 ', [10, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 16, 0, 9, 0]), { width: 16, height: 9 }],
] as const)('%s of any flavour has its size', (type, picture, size) => {
  expect(pictureFacts(picture)).toEqual({ type, ...size })
})

test.each([
  ['nothing', ''],
  ['text', 'GIF is a format'],
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a page', '<!doctype html>'],
  ['another RIFF', 'RIFF....WAVE'],
])('%s is no picture', (_, text) => {
  expect(pictureFacts(Buffer.from(text))).toBeUndefined()
})

test('the album has one picture over two megabytes, one that is none, and the same ones every time', () => {
  const found = ALBUM_NAMES.map((name) => albumPicture(name)?.bytes ?? Buffer.alloc(0))

  expect(found.filter(({ length }) => length > 2 * 1024 * 1024)).toHaveLength(1)
  expect(found.filter((picture) => pictureFacts(picture) === undefined)).toHaveLength(1)
  expect(ALBUM_NAMES.map((name) => albumPicture(name)?.bytes ?? Buffer.alloc(0))).toEqual(found)
  expect(albumPicture('toString')).toBeUndefined()
})
