// The small parts of the profile page: letters, first bytes, drafts, and the two ways a picture goes up.
import { createDrafts } from '../../miniprogram/pages/profile/drafts'
import { isTooLong, lettersOf, tidied } from '../../miniprogram/pages/profile/name'
import { pictureType } from '../../miniprogram/pages/profile/picture-type'
import { createPictures } from '../../miniprogram/pages/profile/pictures'
import { HEADS } from '../support/page-profile'

const { Segmenter } = Intl
const forgetSegmenter = () => void Reflect.deleteProperty(Intl, 'Segmenter')
afterEach(() => void Object.assign(Intl, { Segmenter }))

const LETTERS: [string, number][] = [
  ['', 0],
  ['小禾', 2],
  ['e\u0301', 1],
  ['👨‍👩‍👧‍👦', 1],
  ['👍🏽', 1],
  ['❤️', 1],
  ['🇨🇳🇫🇷', 2],
  ['🇨🇳a🇫🇷', 3],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1],
  ['小禾🌾', 3],
  ['👩🏽‍🚀到此一游', 5],
  ['1️⃣2️⃣', 2],
]

test.each(LETTERS)('"%s" looks like %i letters', (name, letters) => {
  expect(lettersOf(name)).toBe(letters)
})

test.each(LETTERS)('"%s" is %i letters also on a device that cannot count them by itself', (name, letters) => {
  forgetSegmenter()
  expect(lettersOf(name)).toBe(letters)
})

const HINDI = 'श्रीमती लक्ष्मी विश्वनाथन' // 25 code points, and far fewer letters

test('a name in any script is as long as it looks', () => {
  expect(isTooLong(HINDI)).toBe(false)
  expect(isTooLong('字'.repeat(20))).toBe(false)
  expect(isTooLong('字'.repeat(21))).toBe(true)
})

test('what a device cannot count is not refused by a guess: the server counts', () => {
  forgetSegmenter()
  expect(lettersOf(HINDI)).toBeGreaterThan(20)
  expect(isTooLong(HINDI)).toBe(false)
  expect(isTooLong('字'.repeat(21))).toBe(true)
})

test('a name is sent trimmed and composed', () => {
  expect(tidied('  Zoe\u0308 ')).toBe('Zoë')
  expect(tidied('小\u3000\u00a0禾')).toBe('小 禾') // as the server stores it
})

test.each(['png', 'jpeg', 'webp', 'gif'] as const)('%s is told by its first bytes', (kind) => {
  expect(pictureType(Uint8Array.from(HEADS[kind]).buffer)).toBe(kind)
})

test.each([
  ['an SVG', HEADS.svg],
  ['nothing', []],
  ['half a PNG', HEADS.png.slice(0, 7)],
  ['a sound in RIFF', [...HEADS.webp.slice(0, 8), 0x57, 0x41, 0x56, 0x45]],
])('%s is no picture', (_name, head) => {
  expect(pictureType(Uint8Array.from(head).buffer)).toBeUndefined()
})

test('what one user typed is not shown to another', () => {
  const drafts = createDrafts()
  drafts.keep('anna', { nickname: '安' })
  expect([drafts.of('anna'), drafts.of('boris')]).toEqual([{ nickname: '安' }, {}])
})

describe('a picture over HTTPS', () => {
  const place = { cloudPath: 'avatars/p.png', uploadUrl: '/avatar' }
  const send = (answer: { statusCode: number; data: string } | { errMsg: string }) => {
    const asked: object[] = []
    const uploadFile = (options: { success(it: object): void; fail(it: object): void; url: string }) => {
      const { success, fail, ...rest } = options
      asked.push(rest)
      if ('errMsg' in answer) fail(answer)
      else success(answer)
    }
    const device = { uploadFile } as unknown as WechatMiniprogram.Wx // the one member of it that is used here
    return { asked, sent: createPictures(device, 'https://a.example/api/').send('wxfile://tmp_1', place) }
  }

  test('goes to the address that was issued, with its path', async () => {
    const { asked, sent } = send({ statusCode: 200, data: '{"ok":true,"requestId":"r","data":{}}' })
    await sent
    expect(asked).toEqual([
      {
        url: 'https://a.example/api/avatar',
        filePath: 'wxfile://tmp_1',
        name: 'file',
        formData: { path: 'avatars/p.png' },
      },
    ])
  })

  test.each([
    [
      {
        statusCode: 413,
        data: '{"ok":false,"requestId":"r","error":{"code":"AVATAR_REJECTED","message":"","remedy":"ask"}}',
      },
      'AVATAR_REJECTED',
    ],
    [{ statusCode: 502, data: '<html>' }, 'WECHAT_BUSY'],
    [{ statusCode: 404, data: '' }, 'MISCONFIGURED'],
    [{ errMsg: 'uploadFile:fail timeout' }, 'TIMEOUT'],
    [{ errMsg: 'uploadFile:fail interrupted' }, 'NETWORK'],
  ])('%j is %s', async (answer, code) => {
    await expect(send(answer).sent).rejects.toMatchObject({ code })
  })
})
